"""What a text holds once it is parsed: marks, pictures, flags, paragraphs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token


class Kind(StrEnum):
    """What a post does to the post it refers to (CiTO's terms, in our words)."""

    BACKGROUND = "background"
    EXTENDS = "extends"
    UPDATES = "updates"
    CORRECTS = "corrects"
    QUALIFIES = "qualifies"
    DISAGREES = "disagrees"
    SEE_ALSO = "see-also"


class FlagReason(StrEnum):
    """Why something that looks like a mark stayed as typed, or did nothing."""

    IN_CODE = "in-code"
    IN_LINK_TEXT = "in-link-text"
    IN_ALT_TEXT = "in-alt-text"
    IN_HTML = "in-html"
    UNKNOWN_KIND = "unknown-kind"
    BAD_SLUG = "bad-slug"
    GLUED = "glued"
    UNCLOSED = "unclosed"
    BAD_CITATION = "bad-citation"
    UNDEFINED_FOOTNOTE = "undefined-footnote"
    UNUSED_FOOTNOTE = "unused-footnote"
    REPEATED_FOOTNOTE = "repeated-footnote"


@dataclass(frozen=True, slots=True)
class Reference:
    """`[[slug]]`, `[[slug#para|words]]`, `[[updates::slug|words]]`."""

    slug: str
    kind: Kind
    words: str
    target_paragraph: str
    source: str
    line: int
    sentence: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Claim:
    """`[[claim::slug|words]]`: the words rest on a claim, or speak of it."""

    slug: str
    words: str
    source: str
    line: int
    sentence: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One source within a bracket; `label` is CSL's name of the locator ("page")."""

    key: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = ""
    locator_shown: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One bracket, `[see @a, p. 3; @b]`, which makes one note."""

    items: tuple[CitedItem, ...]
    source: str
    line: int
    sentence: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link, an autolink, or `<a href>` in raw HTML (`is_html`)."""

    url: str
    words: str
    line: int
    sentence: str
    paragraph: str
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    alt: str
    title: str
    line: int
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the author should look at; `remedy` says what to do about it."""

    reason: FlagReason
    source: str
    line: int
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    text: str
    line: int


Mark = Reference | Claim | Citation | Link


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text. Marks are in reading order: a footnote's where it is first referred to."""

    text: str
    marks: tuple[Mark, ...]
    images: tuple[Image, ...]
    flags: tuple[Flag, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: int
    words: int
    plain_text: str
    tokens: tuple[Token, ...] = field(repr=False, compare=False)
    footnote_tokens: Mapping[str, tuple[Token, ...]] = field(repr=False, compare=False)

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Reference))

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Claim))

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Citation))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Link))
