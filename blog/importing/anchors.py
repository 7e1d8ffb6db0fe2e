"""Links to a place in a text, `#heading-words`: led to the paragraph that stands there here.

GitHub, kramdown, Hugo and the others each make an address of a heading's words in their own way.
They differ in signs alone, so that letters and digits decide.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from blog.importing.scanning import Place, readdressed
from blog.markup import Document, fold, nfc, parse

HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]")
UNDERLINE = re.compile(r"^[ \t>]*(?:=+|-+)[ \t]*$")
NAMED_PLACE = re.compile(r"""<\w+\b[^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)""", re.I)
FIRST_LETTER = re.compile("[A-Za-z]")
# Before the names that a heading has where only English letters count.
LATIN = "latin:"
COUNTED = re.compile(r"^(?P<words>.+?)[-_](?P<number>\d{1,3})$")
# Kept by programs, not by authors; nobody misses them.
OF_PROGRAMS = re.compile(r"(?:fn|fnref|footnote|comments?|respond|disqus|top|toc|p-)\b|!", re.I)


def places_of(document: Document, ids: Mapping[str, int]) -> dict[str, str]:
    """Paragraph ids by what may follow the `#`: ids given by the author, words of headings."""
    lines = document.text.split("\n")
    first = [(paragraph.line, paragraph.id) for paragraph in document.paragraphs]
    found: dict[str, str] = {}
    for name, line in (*ids.items(), *_named(lines)):
        if at := next((identity for number, identity in first if number >= line), ""):
            found.setdefault(f"#{nfc(name)}", at)
    for paragraph in document.paragraphs:
        if _is_heading(lines, paragraph.line):
            for words in _spellings(paragraph.text):
                _add(found, words, paragraph.id)
            _add(found, f"{LATIN}{_latin(paragraph.text)}", paragraph.id)
    return found


def _named(lines: list[str]) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(lines, 1):
        for name in NAMED_PLACE.findall(line) if "<" in line else ():
            yield name, number


def _is_heading(lines: list[str], number: int) -> bool:
    line = lines[number - 1] if number <= len(lines) else ""
    return bool(HEADING.match(line)) or (
        number < len(lines) and bool(UNDERLINE.match(lines[number]))
    )


def _spellings(text: str) -> Iterator[str]:
    """With all its words; kramdown leaves out what stands before the first letter."""
    yield _gist(text)
    without = _gist(re.sub(r"^[\W\d_]+", "", text))
    if without != _gist(text):
        yield without


def _latin(text: str) -> str:
    """As plain kramdown names a heading: without any letter that English has not."""
    start = FIRST_LETTER.search(text)
    kept = re.sub(r"[^a-z0-9]", "", text[start.start() :].lower()) if start else ""
    return kept or "section"


def _add(found: dict[str, str], words: str, identity: str) -> None:
    """The second heading of the same words is `words-1`."""
    key, number = words, 0
    while key in found and found[key] != identity:
        number += 1
        key = f"{words}/{number}"
    if words:
        found[key] = identity


def _gist(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def place(places: Mapping[str, str], fragment: str) -> str:
    """The paragraph that a fragment means; "" when it means none."""
    name = nfc(unquote(fragment))
    exact = places.get(f"#{name}") or places.get(_gist(name))
    counted = COUNTED.match(name)
    tries = [f"{LATIN}{_gist(name)}"]
    if counted:
        key = f"{_gist(counted['words'])}/{int(counted['number'])}"
        tries = [key, *tries, f"{LATIN}{key}"]
    return exact or next((places[key] for key in tries if key in places), "")


@dataclass(slots=True)
class Anchors:
    """The places of every text of a folder; a text is read only when a link asks for it."""

    bodies: Mapping[str, str]
    ids: Callable[[str], Mapping[str, int]]
    key_of: Callable[[str, str], str]
    """The file whose post an address means in another file; "" for none."""
    known: dict[str, tuple[Mapping[str, str], frozenset[str]]] = field(default_factory=dict)

    def settled(self, key: str, amiss: Callable[[str, Place], None]) -> tuple[str, list[str]]:
        """A text with its fragments led home, and what became of each.

        `amiss` is told of those that lead nowhere.
        """
        outcomes: list[str] = []

        def address(url: str, at: Place) -> str | None:
            path, _, fragment = url.partition("#")
            target = (self.key_of(path, key) if path else key) if fragment else ""
            if not target:
                return None
            places, present = self._of(target)
            if fragment in present:
                return None
            found = place(places, fragment)
            outcomes.append(f"{url} {found}")
            if not found and not OF_PROGRAMS.match(fragment):
                amiss(url, at)
            return f"{path}#{found}" if found else None

        body = self.bodies[key]
        return (readdressed(body, address) if "#" in body else body), outcomes

    def _of(self, key: str) -> tuple[Mapping[str, str], frozenset[str]]:
        if key not in self.known:
            document = parse(self.bodies[key])
            ids = frozenset(paragraph.id for paragraph in document.paragraphs)
            self.known[key] = places_of(document, self.ids(key)), ids
        return self.known[key]
