"""Notes: one numbering for citations and footnotes, and what a citation's note says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from markdown_it import MarkdownIt

from blog.markup.marks import Citation, CitedItem
from blog.markup.targets import CitationTarget

EMPHASIS = MarkdownIt("zero").enable(["emphasis", "escape", "entity", "balance_pairs"])
TAGS = re.compile(r"<[^<>]*>")
CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Note:
    """One note; `html` is a run of text, or blocks (`is_block`) when a footnote has several."""

    number: int
    id: str
    ref_ids: tuple[str, ...]
    html: str
    is_block: bool = False
    keys: tuple[str, ...] = ()
    """The sources that the note cites."""


@dataclass(slots=True)
class Numbered:
    """A note that has its number; its text is written once the body is done."""

    number: int
    write: Callable[[], tuple[str, bool]]
    keys: list[str] = field(default_factory=list)
    ref_ids: list[str] = field(default_factory=list)

    def call(self) -> str:
        """The figure, each time the note is called, with an id of its own."""
        ref = f"r{self.number}" + (f"-{len(self.ref_ids) + 1}" if self.ref_ids else "")
        self.ref_ids.append(ref)
        return (
            f'<a class="ref" id="{ref}" href="#n{self.number}" role="doc-noteref"'
            f' aria-label="Note {self.number}">{self.number}</a>'
        )


def is_resolved(citation: Citation, targets: Mapping[str, CitationTarget]) -> bool:
    """A bracket makes a note as soon as one of its keys is known."""
    return any(item.key in targets for item in citation.items)


def citation_note(citation: Citation, targets: Mapping[str, CitationTarget]) -> str:
    """What a note says: its sources in one sentence, then where each comes from."""
    sentence = cited(citation, targets)
    if citation.items[0].prefix:
        sentence = sentence[:1].upper() + sentence[1:]
    if not _is_closed(sentence):
        sentence += "."
    found = (targets.get(item.key) for item in citation.items)
    return " ".join([sentence, *(each.after_html for each in found if each and each.after_html)])


def cited(citation: Citation, targets: Mapping[str, CitationTarget]) -> str:
    """The sources of a bracket in a row, as they stand in a note or in a footnote's own text."""
    parts = [_item(item, targets.get(item.key)) for item in citation.items]
    return "; ".join([*(part.removesuffix(".") for part in parts[:-1]), parts[-1]])


def _item(item: CitedItem, target: CitationTarget | None) -> str:
    if target is None:
        return escape(f"[{'-' if item.suppress_author else ''}@{item.key}]", quote=False)
    note = target.note_html_without_author if item.suppress_author else target.note_html
    note = note or target.note_html
    if item.locator or item.suffix:
        note = note.removesuffix(".")
    if item.prefix:
        note = f"{_inline(item.prefix)} {note}"
    if item.locator:
        note = f"{note}, {escape(item.locator_shown, quote=False)}"
    if item.suffix:
        note += _inline(item.suffix) if item.suffix[0] in ",.:" else f" {_inline(item.suffix)}"
    return note


def _is_closed(html: str) -> bool:
    return bool(CLOSED.search(unescape(TAGS.sub("", html)).rstrip()))


def _inline(text: str) -> str:
    return str(EMPHASIS.renderInline(text))
