"""One walk over the tokens of a flow (the body, or one footnote): what it holds, in order."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
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
NEWLINE = re.compile("\n")
BREAKS = frozenset(BREAK_NAMES.split())


@dataclass(slots=True)
class Found:
    """A mark, with the place in its passage from which its words and sentence are read."""

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
    reader = Reader(tokens)
    for index, token in enumerate(tokens):
        if handle := BLOCKS.get(token.type):
            handle(reader, token, index)
    return reader.flow


class Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.flow = Flow()
        self.passage = Passage(line=1)
        self.in_table = False
        self.open: list[Found] = []
        self.line = 1
        self.newlines: list[int] = []

    # Blocks

    def paragraph(self, token: Token, index: int) -> None:
        """In a tight list the item bears the id: its paragraph has no element of its own."""
        before = self.tokens[index - 1] if index else token
        is_in_item = token.hidden and before.type == "list_item_open"
        self._begin(token, before if is_in_item else token)

    def table(self, token: Token, index: int) -> None:
        self._begin(token, token)
        self.in_table = True

    def table_end(self, token: Token, index: int) -> None:
        self.in_table = False

    def row_end(self, token: Token, index: int) -> None:
        self.passage.divide()

    def cell_end(self, token: Token, index: int) -> None:
        if self.tokens[index + 1].type != "tr_close":
            self.passage.add(" · ")

    def inline(self, token: Token, index: int) -> None:
        self._count_lines(token)
        self.passage.source += token.content
        for child in token.children or ():
            if handle := INLINES.get(child.type):
                handle(self, child)
        self._close_all()

    def code(self, token: Token, index: int) -> None:
        self._begin(token, None)
        self._count_lines(token, skipped=1 if token.type == "fence" else 0)
        self.passage.add(token.content)
        self._flag_literal(token.content, FlagReason.IN_CODE)

    def html_block(self, token: Token, index: int) -> None:
        self._begin(token, None)
        self._count_lines(token)
        self.html(token)
        self._close_all()
        self._flag_literal(token.content, FlagReason.IN_HTML)

    def _begin(self, token: Token, bearer: Token | None) -> None:
        """Start a passage; its id will stand on the element of `bearer`."""
        self.passage = Passage(line=_line(token), takes_id=bearer is not None)
        self.flow.passages.append(self.passage)
        if bearer is not None:
            bearer.meta["passage"] = self.passage

    # What stands in a line

    def text(self, token: Token) -> None:
        self.passage.add(token.content)

    def soft_break(self, token: Token) -> None:
        self.passage.add(" ")

    def hard_break(self, token: Token) -> None:
        self.passage.divide()

    def code_inline(self, token: Token) -> None:
        self.passage.add(token.content)
        self._flag_literal(token.content, FlagReason.IN_CODE, token.meta.get("at", 0))

    def link(self, token: Token) -> None:
        self._open(token, token.meta.get("at", 0), str(token.attrs.get("href", "")))

    def reference(self, token: Token) -> None:
        self._open(token, token.meta["at"])
        if token.meta["is_bare"]:
            self.passage.add(token.meta["slug"])

    def link_end(self, token: Token) -> None:
        self._close(is_html=False)

    def citation(self, token: Token) -> None:
        here = self.passage.length
        line = self._line_at(token.meta["at"])
        self.flow.found.append(Found(token, self.passage, line, here, here))

    def note_call(self, token: Token) -> None:
        self.flow.found.append(NoteCall(token.meta["label"]))

    def image(self, token: Token) -> None:
        line, alt = self._line_at(token.meta.get("at", 0)), alt_text(token)
        title = str(token.attrs.get("title", ""))
        self.flow.images.append(Image(str(token.attrs["src"]), alt, title, line))
        self.passage.add(alt)
        self._flags_in(token, line)

    def flag(self, token: Token) -> None:
        self._flag(token, self._line_at(token.meta["at"]))

    def html(self, token: Token) -> None:
        for piece in pieces(token.content):
            if isinstance(piece, Tag):
                self._tag(token, piece, token.meta.get("at", 0) + piece.at)
            else:
                self.passage.add(piece.shown)

    # Marks that have an end; those of raw HTML close apart from those of Markdown

    def _open(self, token: Token, at: int, url: str = "", *, is_html: bool = False) -> None:
        start, line = self.passage.length, self._line_at(at)
        found = Found(token, self.passage, line, start, url=url, is_html=is_html)
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

    def _tag(self, token: Token, tag: Tag, at: int) -> None:
        if tag.name in BREAKS and not self.in_table:
            self.passage.divide()
        if tag.name == "a" and tag.is_closing:
            self._close(is_html=True)
        elif tag.name == "a" and tag.attrs.get("href", "").strip():
            self._open(token, at, tag.attrs["href"].strip(), is_html=True)
        elif tag.name == "img" and not tag.is_closing:
            self._raw_image(tag.attrs, self._line_at(at))

    def _raw_image(self, attrs: dict[str, str], line: int) -> None:
        alt = attrs.get("alt", "")
        url, title = attrs.get("src", "").strip(), attrs.get("title", "")
        self.flow.images.append(Image(url, alt, title, line, is_html=True))
        self.passage.add(alt)

    # Flags and lines

    def _flags_in(self, image: Token, line: int) -> None:
        for child in image.children or ():
            if child.type == "flag":
                self._flag(child, line)
            self._flags_in(child, line)

    def _flag(self, token: Token, line: int) -> None:
        meta = token.meta
        self.flow.flags.append(Flag(meta["reason"], meta["source"], line, meta["remedy"]))

    def _flag_literal(self, text: str, reason: FlagReason, offset: int = 0) -> None:
        """Flag what looks like a mark in code or raw HTML."""
        for at, source in marks_in(text):
            line = self._line_at(offset + at)
            self.flow.flags.append(Flag(reason, source, line, REMEDIES[reason]))

    def _count_lines(self, token: Token, skipped: int = 0) -> None:
        self.line = _line(token) + skipped
        self.newlines = [found.start() for found in NEWLINE.finditer(token.content)]

    def _line_at(self, at: int) -> int:
        return self.line + bisect_left(self.newlines, at)


BLOCKS: dict[str, Callable[[Reader, Token, int], None]] = {
    "paragraph_open": Reader.paragraph,
    "heading_open": Reader.paragraph,
    "table_open": Reader.table,
    "table_close": Reader.table_end,
    "tr_close": Reader.row_end,
    "td_close": Reader.cell_end,
    "th_close": Reader.cell_end,
    "inline": Reader.inline,
    "html_block": Reader.html_block,
    "fence": Reader.code,
    "code_block": Reader.code,
}
INLINES: dict[str, Callable[[Reader, Token], None]] = {
    "text": Reader.text,
    "softbreak": Reader.soft_break,
    "hardbreak": Reader.hard_break,
    "code_inline": Reader.code_inline,
    "link_open": Reader.link,
    "link_close": Reader.link_end,
    "reference_open": Reader.reference,
    "reference_close": Reader.link_end,
    "claim_open": Reader.reference,
    "claim_close": Reader.link_end,
    "citation": Reader.citation,
    "footnote_ref": Reader.note_call,
    "image": Reader.image,
    "html_inline": Reader.html,
    "flag": Reader.flag,
}


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
