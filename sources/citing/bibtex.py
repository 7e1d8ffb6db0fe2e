"""BibTeX, in the fields of biblatex: whole dates, addresses, and letters of every script."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sources.citing.items import Item, day, names, text
from sources.dates import PartialDate
from sources.names import family_of

# The entry type of each CSL type; what is not here is "misc".
TYPES = {
    "article": "online",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "online",
}
SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
CONTAINERS = {
    "article": "journaltitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "online": "organization",
}
PLAIN = {
    "title": ("title", "original-title"),
    "publisher": ("publisher",),
    "location": ("publisher-place",),
    "volume": ("volume",),
    "number": ("issue", "number"),
    "edition": ("edition",),
    "type": ("genre",),
    "eventtitle": ("event-title",),
    "isbn": ("ISBN",),
    "language": ("language",),
    "abstract": ("abstract",),
    "note": ("note",),
}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
# In an address nothing may be escaped, and these cannot stand.
NOT_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in '{}\\^`<>"'}
NOT_IN_KEYS = re.compile(r"[^\w.:+/-]+")


def to_bibtex(items: Iterable[Item]) -> str:
    """A file of them. A key that BibTeX cannot read has its odd signs made into hyphens."""
    taken: set[str] = set()
    return "\n".join(_entry(item, _key(item, taken)) for item in items)


def _entry(item: Item, key: str) -> str:
    kind = TYPES.get(text(item, "type"), "misc")
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item, kind))
    return f"@{kind}{{{key},\n{fields}}}\n"


def _key(item: Item, taken: set[str]) -> str:
    wished = NOT_IN_KEYS.sub("-", text(item, "id")).strip("-") or "source"
    key, number = wished, 1
    while key.casefold() in taken:
        number += 1
        key = f"{wished}-{number}"
    taken.add(key.casefold())
    return key


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    if authors := names(item, "author"):
        yield "author", " and ".join(map(_name, authors))
    if container := text(item, "container-title"):
        yield CONTAINERS.get(kind, "howpublished"), escaped(container)
    for name, variables in PLAIN.items():
        if value := text(item, *variables):
            yield name, escaped(value)
    if page := text(item, "page"):
        yield "pages", escaped(re.sub(r"\s*[-–]+\s*", "--", page))
    yield from _dates(item)
    for name, variable in (("url", "URL"), ("doi", "DOI")):
        if value := text(item, variable):
            yield name, "".join(value.split()).translate(NOT_IN_ADDRESSES)
    if subtype := SUBTYPES.get(text(item, "type")):
        yield "entrysubtype", subtype


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    issued, accessed = day(item, "issued"), day(item, "accessed")
    if issued.year is not None:
        yield "date", _date(issued) + ("~" if issued.is_circa else "")
    elif issued.words:
        yield "year", escaped(issued.words)
    if accessed.year is not None:
        yield "urldate", _date(accessed)


def _date(date: PartialDate) -> str:
    """ISO 8601 as far as the day is known; years before the year 0 take a sign."""
    year = date.year or 0
    parts = [f"{'-' if year < 0 else ''}{abs(year):04d}"]
    parts += [f"{part:02d}" for part in (date.month, date.day) if part]
    return "-".join(parts)


def _name(name: Mapping[str, Any]) -> str:
    """ "Family, Jr., Given"; an institution in braces, so that nothing in it parts it."""
    family, given = family_of(name), str(name.get("given") or "")
    if name.get("literal") or not given:
        return f"{{{escaped(str(name.get('literal') or family))}}}"
    parts = filter(None, [family, str(name.get("suffix") or ""), given])
    return ", ".join(_guarded(escaped(" ".join(part.split()))) for part in parts)


def _guarded(part: str) -> str:
    """What would part a name, or two of them, where it stands in braces does not."""
    return f"{{{part}}}" if re.search(r",|\band\b", part, re.IGNORECASE) else part


def escaped(words: str) -> str:
    """So that TeX prints what is written, whatever is written."""
    return "".join(SPECIAL.get(sign, sign) for sign in words)
