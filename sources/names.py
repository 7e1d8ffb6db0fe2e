"""Names of authors: CSL's objects, and the lines in which they are typed.

One name a line: "Family, Given"; "Family, Given, Jr." with a suffix; a line without a comma is a
name taken whole ("Federal Wire"); braces keep a comma inside it ("{Ministry of Defence, Poland}").
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sources.wordlists import words

Name = dict[str, Any]

NAME_PARTS = words(
    "family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering "
    "literal parse-names"
)
_FLAGS = frozenset({"comma-suffix", "static-ordering", "parse-names"})


class ReadableJSON(json.JSONEncoder):
    """JSON in its own letters, so that SQLite finds «Зеленський» in what is stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


def names_from_lines(text: str, known: Iterable[Mapping[str, Any]] = ()) -> list[Name]:
    """The names typed; a line that says what a known name says keeps that name's finer parts."""
    by_line = {line_from_name(name): dict(name) for name in known}
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [by_line.get(line) or _name_from_line(line) for line in lines if line.strip(" ,{}")]


def lines_from_names(names: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(line_from_name(name) for name in names)


def line_from_name(name: Mapping[str, Any]) -> str:
    if literal := _part(name, "literal"):
        return f"{{{literal}}}" if "," in literal or literal.startswith("{") else literal
    line = f"{family_of(name)}, {_given(name)}".strip()
    suffix = _part(name, "suffix")
    return f"{line}, {suffix}" if suffix else line


def family_of(name: Mapping[str, Any]) -> str:
    """What a name is filed under: the family name with its particle, or the whole name."""
    family = " ".join(filter(None, (_part(name, "non-dropping-particle"), _part(name, "family"))))
    return family or _part(name, "literal") or ""


def full_name(name: Mapping[str, Any]) -> str:
    """The name as it is said: given name first."""
    said = " ".join(filter(None, (_given(name), family_of(name)))) or _part(name, "literal")
    suffix = _part(name, "suffix")
    return (
        f"{said}, {suffix}" if suffix and name.get("comma-suffix") else f"{said} {suffix}".strip()
    )


def clean_names(value: object) -> list[Name]:
    """Only what CSL knows of names, in the shapes it asks for; the rest is dropped."""
    names = value if isinstance(value, list) else []
    return [name for name in map(_clean_name, names) if name]


def name_problem(value: object) -> str | None:
    """What is wrong with a stored list of names, or None."""
    if not isinstance(value, list) or not all(isinstance(name, dict) for name in value):
        return "Names are a list of objects such as {“family”: “Doe”, “given”: “Jane”}."
    if clean_names(value) != value:
        return f"A name has only these parts, in words: {', '.join(sorted(NAME_PARTS))}."
    return None


def _clean_name(name: object) -> Name:
    if isinstance(name, str):
        return {"literal": " ".join(name.split())} if name.strip() else {}
    if not isinstance(name, dict):
        return {}
    parts = {k: v for k, v in name.items() if k in NAME_PARTS}
    words = {k: v for k, v in parts.items() if isinstance(v, str) and v.strip()}
    flags = {k: v for k, v in parts.items() if k in _FLAGS and isinstance(v, bool | int)}
    return words | flags if words.keys() & {"family", "given", "literal"} else {}


def _name_from_line(line: str) -> Name:
    if line.startswith("{") and line.endswith("}"):
        return {"literal": line[1:-1].strip()}
    parts = [part.strip() for part in line.split(",", 2)]
    if len(parts) == 1:
        return {"literal": line}
    return {k: v for k, v in zip(("family", "given", "suffix"), parts, strict=False) if v}


def _given(name: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (_part(name, "given"), _part(name, "dropping-particle"))))


def _part(name: Mapping[str, Any], part: str) -> str:
    value = name.get(part)
    return " ".join(value.split()) if isinstance(value, str) else ""
