"""Where in a text its marks stand, so that the post screen can change one of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from blog.markup import Citation, Claim, Document, Image, Reference

CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)")
WITHOUT_ALT = re.compile(r"!\[\s*\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A line, from 1, and a column in UTF-16 units, as a browser counts them; None: not found.

    `source` is what stands there, as typed.
    """

    line: int
    column: int | None
    source: str

    def as_json(self) -> dict[str, object]:
        return {"line": self.line, "column": self.column, "source": self.source}


def places_of_marks(document: Document) -> list[Place | None]:
    """The place of each mark of the document, in its order; None for links."""
    lines = Lines(document.text)
    return [
        lines.find(mark.line, mark.source)
        if isinstance(mark, Reference | Citation | Claim)
        else None
        for mark in document.marks
    ]


def places_without_alt(document: Document) -> Iterator[tuple[Image, Place]]:
    """The pictures that say nothing to who cannot see them, and where to say it."""
    lines = Lines(document.text)
    for image in document.images:
        if image.alt.strip():
            continue
        found = None if image.is_html else lines.match(image.line, WITHOUT_ALT)
        yield image, found or Place(image.line, None, "")


class Lines:
    """The lines of a text, with what stands in code blotted out; each place is found once."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.after: dict[int, int] = defaultdict(int)

    def find(self, line: int, source: str) -> Place:
        """A mark may run over several lines: its place is where it begins."""
        return self.match(line, re.compile(re.escape(source))) or Place(line, None, source)

    def match(self, line: int, wanted: re.Pattern[str]) -> Place | None:
        height = wanted.pattern.count("\n") + 1
        lines = self.lines[line - 1 : line - 1 + height]
        found = wanted.search("\n".join(map(_without_code, lines)), self.after[line])
        if found is None:
            return None
        self.after[line] = found.end()
        return Place(line, utf16("\n".join(lines)[: found.start()]), found[0])


def _without_code(line: str) -> str:
    return CODE.sub(lambda code: "\0" * len(code[0]), line)


def utf16(text: str) -> int:
    """How many units a browser counts in a text."""
    return len(text) + sum(1 for character in text if character > "\uffff")
