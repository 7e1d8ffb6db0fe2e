"""Blocks and raw HTML: the part of a rendering that knows nothing about targets."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from blog.markup import grammar
from blog.markup.marks import Document
from blog.markup.raw_html import VOID, Tag, opening, pieces
from blog.markup.reading import alt_text
from blog.markup.sanitising import TAGS, raw_attributes

Tokens = Sequence[Token]
ALIGNMENT = {"text-align:right": "num", "text-align:center": "centre"}
SCROLL = '<div class="scroll" tabindex="0" role="region" aria-label="Table">'
# How far back a closing tag looks for its opening: deep nesting is not worth more.
REACH = 100


class Elements(RendererHTML):
    def __init__(self, document: Document, aliases: Mapping[str, str]) -> None:
        super().__init__()
        self.aliases: dict[str, list[str]] = {}
        for old, present in aliases.items():
            self.aliases.setdefault(present, []).append(old)
        self.heading_shift = heading_shift(document)
        self.closings: list[str] = []
        self.paragraph_closings: list[str] = []
        self.raw_open: list[tuple[str, str]] = []
        self.in_figure = False

    @abstractmethod
    def link(self, url: str, title: str = "") -> tuple[str, str]:
        """The start and end of a link."""

    @abstractmethod
    def shown_at(self, url: str) -> str | None:
        """The address at which a picture of the site's own is shown; None for any other."""

    @abstractmethod
    def picture(self, url: str, alt: str, attrs: Mapping[str, str]) -> str: ...

    def flow(self, tokens: Tokens) -> str:
        return self.render(tokens, grammar.WITH_MARKS.options, {})

    def footnote_text(self, tokens: Tokens) -> tuple[str, bool]:
        """A footnote's text, and whether it needs blocks: one paragraph is a run of text."""
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            return self.flow(tokens), True
        return f"{self._begun('span', tokens[0])}{self.flow(tokens[1:2])}</span>", False

    # Paragraphs: their ids, and the ids they used to have

    def _begun(self, tag: str, token: Token) -> str:
        if (passage := token.meta.get("passage")) is None:
            return opening(tag, {})
        return opening(tag, {"id": passage.id}) + self._alias_spans(passage.id)

    def _alias_spans(self, name: str) -> str:
        olds = self.aliases.get(name, ())
        return "".join(f'<span id="{escape(old)}" class="alias"></span>' for old in olds)

    def paragraph_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        if token.hidden and "passage" not in token.meta:
            self.paragraph_closings.append("\n")
            return ""
        self.in_figure = self._is_figure(tokens[idx + 1])
        tag = "figure" if self.in_figure else "p"
        self.paragraph_closings.append(f"</{tag}>\n")
        return self._begun(tag, token)

    def paragraph_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        self.in_figure = False
        return self.paragraph_closings.pop()

    def ordered_list_open(
        self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        start = {name: str(value) for name, value in tokens[idx].attrs.items()}
        return opening("ol", start) + "\n"

    def list_item_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self._begun("li", tokens[idx])

    def heading_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return self._begun(self._heading(tokens[idx]), tokens[idx])

    def heading_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{self._heading(tokens[idx])}>\n"

    def _heading(self, token: Token) -> str:
        return f"h{min(int(token.tag[1]) + self.heading_shift, 6)}"

    def lead_in(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<span class="lead-in">{escape(tokens[idx].content, quote=False)}</span>'

    def flag(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return ""

    # Tables

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        name = tokens[idx].meta["passage"].id
        return f"{SCROLL}{self._alias_spans(name)}{opening('table', {'id': name})}\n"

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def td_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        name = ALIGNMENT.get(str(tokens[idx].attrs.get("style", "")))
        return opening(tokens[idx].tag, {"class": name} if name else {})

    th_open = td_open

    # Pictures

    def _is_figure(self, inline: Token) -> bool:
        """A picture alone in its paragraph, with a title, is a figure with its caption."""
        children = inline.children or []
        return (
            len(children) == 1
            and children[0].type == "image"
            and bool(children[0].attrs.get("title"))
            and self.shown_at(str(children[0].attrs["src"])) is not None
        )

    def image(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        title = str(token.attrs.get("title", ""))
        if self.in_figure:
            caption = f"<figcaption>{escape(title, quote=False)}</figcaption>"
            return self.picture(str(token.attrs["src"]), alt_text(token), {}) + caption
        attrs = {"title": title} if title else {}
        return self.picture(str(token.attrs["src"]), alt_text(token), attrs)

    # Raw HTML: written anew, tag by tag, so that nothing half open swallows what follows

    def renderInline(  # noqa: N802 - the library's name
        self, tokens: Tokens, options: OptionsDict, env: EnvType
    ) -> str:
        """A run of text closes the tags that it opens."""
        outer, self.raw_open = self.raw_open, []
        html = super().renderInline(tokens, options, env) + self._close_from(0)
        self.raw_open = outer
        return html

    def html_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "".join(
            self._tag(piece) if isinstance(piece, Tag) else piece.source.replace("<", "&lt;")
            for piece in pieces(tokens[idx].content)
        )

    html_block = html_inline

    def _tag(self, tag: Tag) -> str:
        name = "h2" if tag.name == "h1" else tag.name
        if tag.is_closing:
            return self._raw_closing(name)
        attrs = raw_attributes(name, tag.attrs)
        if name == "img":
            src, alt = attrs.pop("src", "").strip(), attrs.pop("alt", "")
            return self.picture(src, alt, attrs)
        if name == "a":
            return self._raw_link(attrs)
        if name not in TAGS:
            return ""
        if name in VOID:
            return opening(name, attrs)
        start, end = (SCROLL, "</table></div>") if name == "table" else ("", f"</{name}>")
        self.raw_open.append((name, end))
        return start + opening(name, attrs)

    def _raw_link(self, attrs: Mapping[str, str]) -> str:
        url = attrs.get("href", "").strip()
        start, end = self.link(url, attrs.get("title", "")) if url else ("", "")
        self.raw_open.append(("a", end))
        return start

    def _raw_closing(self, name: str) -> str:
        """Close the tag and what it still holds. What raw HTML did not open it cannot close."""
        last = len(self.raw_open) - 1
        for index in range(last, max(last - REACH, -1), -1):
            if self.raw_open[index][0] == name:
                return self._close_from(index)
        return ""

    def _close_from(self, index: int) -> str:
        closings = "".join(closing for _, closing in reversed(self.raw_open[index:]))
        del self.raw_open[index:]
        return closings


def heading_shift(document: Document) -> int:
    """The highest heading that the text uses becomes h2: h1 is the page's headline."""
    levels = [int(token.tag[1]) for token in document.tokens if token.type == "heading_open"]
    return 2 - min(levels, default=2)
