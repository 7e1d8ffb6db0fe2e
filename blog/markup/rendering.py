"""render(): a Document and its targets become HTML."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import quote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from blog.markup import grammar
from blog.markup.addresses import is_local, is_outside, may_be_linked
from blog.markup.elements import Elements
from blog.markup.figures import after_punctuation
from blog.markup.leadin import with_lead_in
from blog.markup.marks import Citation, Claim, Document, Reference
from blog.markup.notes import Note, Numbered, citation_note, cited, is_resolved
from blog.markup.parsing import parse
from blog.markup.raw_html import opening
from blog.markup.sanitising import sanitise
from blog.markup.slugs import fold
from blog.markup.targets import (
    ClaimTarget,
    ImageTarget,
    LinkState,
    LinkTarget,
    ReferenceTarget,
    Targets,
)

Tokens = Sequence[Token]
UNRESOLVED = '<span class="unresolved">', "</span>"
OUTSIDE_REL = "external noopener"
LAZY = {"loading": "lazy", "decoding": "async"}
UNMEASURED = ImageTarget()


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    notes: tuple[Note, ...]


def render(
    document: Document,
    targets: Targets,
    *,
    flag_unresolved: bool = False,
    lead_in: bool = False,
    aliases: Mapping[str, str] | None = None,
) -> Rendered:
    """The page's HTML and its notes. `aliases` leads ids that paragraphs had to those they have."""
    page = Page(document, targets, flag_unresolved, aliases or {})
    tokens = with_lead_in(document.tokens) if lead_in else document.tokens
    html = sanitise(page.flow(tokens))
    return Rendered(html, page.written_notes())


def render_plain(text: str, *, with_marks: bool = False) -> str:
    """CommonMark's own rendering, unsanitised: for the conformance test, never for a page."""
    document = parse(text, with_marks=with_marks)
    return RendererHTML().render(document.tokens, grammar.PLAIN.options, {})


class Page(Elements):
    """One rendering: how each mark becomes what a reader sees."""

    def __init__(
        self,
        document: Document,
        targets: Targets,
        flag_unresolved: bool,
        aliases: Mapping[str, str],
    ) -> None:
        super().__init__(document, aliases)
        self.document = document
        self.targets = targets
        self.flag_unresolved = flag_unresolved
        self.footnotes: dict[str, Numbered] = {}
        self.notes: list[Numbered] = []
        self.unwritten: deque[Numbered] = deque()
        self.note_in_hand: Numbered | None = None

    # A reference: [[slug|words]] → <a class="x" href="…">words</a>

    def reference_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        mark: Reference = tokens[idx].meta["mark"]
        target = self.targets.reference(mark.slug)
        if target.url is None:
            return self._unresolved(mark)
        self.closings.append("</a>")
        title = "" if mark.words else escape(target.title or mark.slug)
        return opening("a", {"class": "x", "href": address(target, mark), **target.attrs}) + title

    # A claim: [[claim::slug|words]] → <a class="cl" href="…">words</a> and, in words, how it stands

    def claim_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        mark: Claim = tokens[idx].meta["mark"]
        target = self.targets.claims.get(fold(mark.slug))
        if target is None:
            return self._unresolved(mark)
        self.closings.append(f"</a>{standing(target)}")
        shown = "" if mark.words else escape(target.statement.rstrip("."), quote=False)
        return opening("a", {"class": "cl", "href": target.url}) + shown

    def claim_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.closings.pop()

    def _unresolved(self, mark: Reference | Claim) -> str:
        """A draft, or nothing at all: the words, or the slug that was typed, and never a title."""
        start, end = UNRESOLVED if self.flag_unresolved else ("", "")
        self.closings.append(end)
        return start + ("" if mark.words else escape(mark.slug, quote=False))

    def reference_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.closings.pop()

    def renderInline(  # noqa: N802 - the library's name
        self, tokens: Tokens, options: OptionsDict, env: EnvType
    ) -> str:
        return super().renderInline(
            after_punctuation(tokens, self._is_figure_of_note), options, env
        )

    def _is_figure_of_note(self, token: Token) -> bool:
        return (
            token.type == "citation"
            and self.note_in_hand is None
            and is_resolved(token.meta["mark"], self.targets.citations)
        )

    # A citation: [@key, p. 3] → the figure of a note; within a note, its text.

    def citation(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        mark: Citation = tokens[idx].meta["mark"]
        gap: str = tokens[idx].meta["gap"]
        if not is_resolved(mark, self.targets.citations):
            start, end = UNRESOLVED if self.flag_unresolved else ("", "")
            return gap + start + escape(mark.source, quote=False) + end
        keys = [item.key for item in mark.items]
        if self.note_in_hand:
            self.note_in_hand.keys += keys
            return gap + cited(mark, self.targets.citations).removesuffix(".")
        return self._numbered(partial(self._citation_note, mark), keys).call()

    def _citation_note(self, mark: Citation) -> tuple[str, bool]:
        return citation_note(mark, self.targets.citations), False

    def footnote_ref(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        label: str = tokens[idx].meta["label"]
        if label not in self.footnotes:
            self.footnotes[label] = self._numbered(partial(self._footnote, label))
        return self.footnotes[label].call()

    def _numbered(
        self, write: Callable[[], tuple[str, bool]], keys: Sequence[str] = ()
    ) -> Numbered:
        note = Numbered(len(self.notes) + 1, write, list(keys))
        self.notes.append(note)
        self.unwritten.append(note)
        return note

    def _footnote(self, label: str) -> tuple[str, bool]:
        return self.footnote_text(self.document.footnote_tokens[label])

    def written_notes(self) -> tuple[Note, ...]:
        """The notes in order; writing one may call another, which then gets the next number."""
        texts = []
        while self.unwritten:
            self.note_in_hand = self.unwritten.popleft()
            html, is_block = self.note_in_hand.write()
            texts.append((sanitise(html), is_block))
        return tuple(
            Note(
                note.number,
                f"n{note.number}",
                tuple(note.ref_ids),
                html,
                is_block,
                tuple(dict.fromkeys(note.keys)),
            )
            for note, (html, is_block) in zip(self.notes, texts, strict=True)
        )

    # A link, in Markdown or in raw HTML.

    def link_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        attrs = tokens[idx].attrs
        start, end = self.link(str(attrs.get("href", "")), str(attrs.get("title", "")))
        self.closings.append(end)
        return start

    def link_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.closings.pop()

    def link(self, url: str, title: str = "") -> tuple[str, str]:
        """The start and end of a link; both are empty where only the words remain."""
        target = self.targets.links.get(url) or default_link(url)
        titled = {"title": title} if title else {}
        match target.state:
            case LinkState.DEAD:
                return "", ""
            case LinkState.OWN:
                attrs = {"class": "x", "href": target.url or url, **titled, **target.attrs}
            case LinkState.OUTSIDE:
                attrs = {"class": "out", "href": url, "rel": OUTSIDE_REL, **titled, **target.attrs}
            case LinkState.PLAIN:
                attrs = {"href": target.url or url, **titled, **target.attrs}
        return opening("a", attrs), "</a>"

    # A picture: ours is shown, another host's becomes a link (readers ask no other host).

    def shown_at(self, url: str) -> str | None:
        target = self.targets.links.get(url)
        if target and target.state is LinkState.OWN:
            return target.url or url
        return url if is_local(url) else None

    def picture(self, url: str, alt: str, attrs: Mapping[str, str]) -> str:
        if src := self.shown_at(url):
            target = self.targets.images.get(url, UNMEASURED)
            img = {"src": src, "alt": alt, **measures(target, attrs), **attrs}
            return in_sources(target, opening("img", img | LAZY))
        if not is_outside(url):
            return escape(alt, quote=False)
        words = f"Picture: {escape(alt or attrs.get('title', '') or url, quote=False)}"
        start, end = ("", "") if self.is_in_link() else self.link(url)
        return start + words + end

    def is_in_link(self) -> bool:
        return "</a>" in self.closings or ("a", "</a>") in self.raw_open


def address(target: ReferenceTarget, mark: Reference) -> str:
    url = target.url or ""
    return f"{url}#{quote(mark.target_paragraph)}" if mark.target_paragraph else url


def standing(target: ClaimTarget) -> str:
    """A shape and a word; the brackets make it readable where no style comes along."""
    names = ["st", f"s-{target.standing}", *(["s-contested"] if target.is_contested else [])]
    words = f"{target.standing}, contested" if target.is_contested else target.standing
    return f' <span class="{escape(" ".join(names))}">({escape(words)})</span>'


def measures(target: ImageTarget, attrs: Mapping[str, str]) -> dict[str, str]:
    """So that the text does not jump when the picture comes; what an author wrote stands."""
    if not target.width or "width" in attrs or "height" in attrs:
        return {}
    return {"width": str(target.width), "height": str(target.height)}


def in_sources(target: ImageTarget, img: str) -> str:
    if not target.sources:
        return img
    sources = "".join(opening("source", dict(source)) for source in target.sources)
    return f"<picture>{sources}{img}</picture>"


def default_link(url: str) -> LinkTarget:
    """How a link shows about which the caller says nothing."""
    if is_outside(url):
        return LinkTarget(LinkState.OUTSIDE)
    return LinkTarget(LinkState.PLAIN if may_be_linked(url) else LinkState.DEAD)
