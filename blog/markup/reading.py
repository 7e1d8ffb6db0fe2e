"""One walk over the tokens of a flow (the body, or one footnote): what it holds, in order."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from blog.markup.literal import REMEDIES, marks_in
from blog.markup.marks import Flag, FlagReason, Image
from blog.markup.passages import Passage
from blog.markup.raw_html import Tag, pieces

BREAK_NAMES = """
    address article aside blockquote br dd details div dl dt figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul
"""
BREAKS = frozenset(BREAK_NAMES.split())


@dataclass(slots=True)
class Found:
    """A mark, where it stands in its passage; `words` of a bare mark are what it shows."""

    token: Token
    passage: Passage
    line: int
    start: int
    end: int = -1
    url: str = ""
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class NoteCall:
    label: str


@dataclass(slots=True)
class Flow:
    passages: list[Passage] = field(default_factory=list)
    found: list[Found | NoteCall] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


def read(tokens: Sequence[Token]) -> Flow:
    reader = _Reader()
    for index, token in enumerate(tokens):
        reader.block(tokens, index, token)
    return reader.flow


class _Reader:
    def __init__(self) -> None:
        self.flow = Flow()
        self.passage = Passage(line=1)
        self.in_table = False
        self.open: list[Found] = []
        self.line = 1
        self.newlines: list[int] = []

    def block(self, tokens: Sequence[Token], index: int, token: Token) -> None:
        match token.type:
            case "table_open":
                self._begin(token, token)
                self.in_table = True
            case "table_close":
                self.in_table = False
            case "tr_close":
                self.passage.divide()
            case "td_close" | "th_close":
                if tokens[index + 1].type != "tr_close":
                    self.passage.add(" · ")
            case "paragraph_open" | "heading_open":
                self._begin(token, _bearer(tokens, index))
            case "inline":
                self._inline(token)
            case "html_block":
                self._begin(token, None)
                self._at_lines(token)
                self._html(token, 0)
                self._close_all()
                self._flag_literal(token.content, FlagReason.IN_HTML)
            case "fence" | "code_block":
                self._begin(token, None)
                self._at_lines(token, 1 if token.type == "fence" else 0)
                self.passage.add(token.content)
                self._flag_literal(token.content, FlagReason.IN_CODE)

    def _begin(self, token: Token, bearer: Token | None) -> None:
        """Start a passage; its id will stand on the element of `bearer`."""
        self.passage = Passage(line=_line(token), takes_id=bearer is not None)
        self.flow.passages.append(self.passage)
        if bearer is not None:
            bearer.meta["passage"] = self.passage

    def _inline(self, token: Token) -> None:
        self._at_lines(token)
        self.passage.source += token.content
        for child in token.children or ():
            self._child(child)
        self._close_all()

    def _child(self, token: Token) -> None:
        match token.type:
            case "text":
                self.passage.add(token.content)
            case "softbreak":
                self.passage.add(" ")
            case "hardbreak":
                self.passage.divide()
            case "code_inline":
                self.passage.add(token.content)
                self._flag_literal(token.content, FlagReason.IN_CODE, self.line)
            case "link_open":
                self._open(token, str(token.attrs.get("href", "")))
            case "link_close" | "reference_close":
                self._close(is_html=False)
            case "reference_open":
                self._open(token)
                if token.meta["is_bare"]:
                    self.passage.add(token.meta["slug"])
            case "citation":
                self._point(token)
            case "footnote_ref":
                self.flow.found.append(NoteCall(token.meta["label"]))
            case "image":
                self._image(token)
            case "html_inline":
                self._html(token, token.meta.get("at", 0))
            case "flag":
                self._flag(token)

    def _open(self, token: Token, url: str = "", at: int | None = None) -> None:
        line = self._line_at(token.meta.get("at", 0) if at is None else at)
        found = Found(token, self.passage, line, self.passage.length, url=url)
        found.is_html = at is not None
        self.flow.found.append(found)
        self.open.append(found)

    def _close(self, *, is_html: bool) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].is_html == is_html:
                self.open.pop(index).end = self.passage.length
                return

    def _close_all(self) -> None:
        while self.open:
            self.open.pop().end = self.passage.length

    def _point(self, token: Token) -> None:
        here = self.passage.length
        line = self._line_at(token.meta["at"])
        self.flow.found.append(Found(token, self.passage, line, here, here))

    def _image(self, token: Token) -> None:
        line = self._line_at(token.meta.get("at", 0))
        alt = alt_text(token)
        title = str(token.attrs.get("title", ""))
        self.flow.images.append(Image(str(token.attrs["src"]), alt, title, line))
        self.passage.add(alt)
        self._flags_in(token, line)

    def _flags_in(self, token: Token, line: int) -> None:
        for child in token.children or ():
            if child.type == "flag":
                self._flag(child, line)
            self._flags_in(child, line)

    def _html(self, token: Token, offset: int) -> None:
        for piece in pieces(token.content):
            if isinstance(piece, Tag):
                self._tag(token, piece, offset + piece.at)
            else:
                self.passage.add(piece.shown)

    def _tag(self, token: Token, tag: Tag, at: int) -> None:
        if tag.name in BREAKS and not self.in_table:
            self.passage.divide()
        if tag.name == "a" and tag.is_closing:
            self._close(is_html=True)
        elif tag.name == "a" and "href" in tag.attrs:
            self._open(token, tag.attrs["href"].strip(), at)
        elif tag.name == "img" and not tag.is_closing:
            src, alt = tag.attrs.get("src", "").strip(), tag.attrs.get("alt", "")
            title = tag.attrs.get("title", "")
            self.flow.images.append(Image(src, alt, title, self._line_at(at), is_html=True))
            self.passage.add(alt)

    def _flag(self, token: Token, line: int = 0) -> None:
        meta = token.meta
        at = line or self._line_at(meta["at"])
        self.flow.flags.append(Flag(meta["reason"], meta["source"], at, meta["remedy"]))

    def _flag_literal(self, text: str, reason: FlagReason, line: int = 0) -> None:
        for at, source in marks_in(text):
            where = line or self._line_at(at)
            self.flow.flags.append(Flag(reason, source, where, REMEDIES[reason]))

    def _at_lines(self, token: Token, skipped: int = 0) -> None:
        self.line = _line(token) + skipped
        self.newlines = [at for at, character in enumerate(token.content) if character == "\n"]

    def _line_at(self, at: int) -> int:
        return self.line + bisect_left(self.newlines, at)


def _bearer(tokens: Sequence[Token], index: int) -> Token:
    """The element that bears a paragraph's id: in a tight list that is its item."""
    before = tokens[index - 1] if index else None
    is_first = before is not None and before.type == "list_item_open"
    return before if tokens[index].hidden and is_first and before else tokens[index]


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def alt_text(token: Token) -> str:
    """A picture's description as text, without the markup that was in it."""
    out = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type == "image":
            out.append(alt_text(child))
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
    return "".join(out)
