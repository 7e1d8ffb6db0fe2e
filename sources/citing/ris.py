"""RIS: one tag a line, `TY` first and `ER` last."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sources.citing.items import Item, day, names, text
from sources.names import line_from_name

# What is not here is GEN. Zotero reads NEWS and BLOG back as what they were.
TYPES = {
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "article-journal": "JOUR",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "VIDEO",
    "paper-conference": "CONF",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
PLAIN = {
    "TI": ("title", "original-title"),
    "T2": ("container-title",),
    "PB": ("publisher",),
    "CY": ("publisher-place",),
    "VL": ("volume",),
    "IS": ("issue", "number"),
    "ET": ("edition",),
    "M3": ("genre",),
    "SN": ("ISBN", "ISSN"),
    "DO": ("DOI",),
    "UR": ("URL",),
    "LA": ("language",),
    "AB": ("abstract",),
    "N1": ("note",),
}


def to_ris(items: Iterable[Item]) -> str:
    """A file of them, with the line ends that the format asks for."""
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in _lines(item))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(text(item, "type"), "GEN")
    yield "ID", text(item, "id")
    for name in names(item, "author"):
        yield "AU", _name(name)
    for tag, variables in PLAIN.items():
        if value := text(item, *variables):
            yield tag, value
    yield from _dates(item)
    yield from _pages(text(item, "page"))
    yield "ER", ""


def _name(name: Mapping[str, Any]) -> str:
    """ "Family, Given"; an institution whole: a comma in it would part it in two."""
    return line_from_name(name).strip("{}").rstrip(", ")


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    issued, accessed = day(item, "issued"), day(item, "accessed")
    if issued.year:
        yield "PY", f"{issued.year:04d}"
    if issued.text():
        parts = [_padded(issued.year, 4), _padded(issued.month, 2), _padded(issued.day, 2)]
        yield "DA", "/".join([*parts, issued.words.replace("/", " ")])
    if accessed.year:
        parts = [_padded(accessed.year, 4), _padded(accessed.month, 2), _padded(accessed.day, 2)]
        yield "Y2", "/".join([*parts, ""])


def _padded(number: int | None, width: int) -> str:
    return f"{number:0{width}d}" if number is not None else ""


def _pages(page: str) -> Iterator[tuple[str, str]]:
    first, _, last = page.replace("–", "-").partition("-")
    if first:
        yield "SP", first.strip()
    if last.strip("- "):
        yield "EP", last.strip("- ")
