"""Who wrote a post, in all the forms in which front matter says so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blog.importing.front_matter import Value
from blog.importing.values import LONGEST_NAME, clean_slug, text_at, without_tags
from blog.markup import slugify

AUTHORS = ("authors", "author", "byline", "by")
TWO_NAMES = re.compile(r"\s*(?:;|\s&\s|\sand\s|\sund\s|\sі\s|\sта\s)\s*")
# What Markdown adds to a name: `Jane ([@jane](https://…))`, `[Jane](https://…)`.
HANDLE = re.compile(r"\s*\(\[?@[^()\[\]]*(?:\]\([^()]*\))?\)")
LINKED = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    slug: str = ""
    bio: str = ""


def people(values: Mapping[str, Value]) -> Iterable[Person]:
    """The authors in order, each once."""
    key = next((key for key in AUTHORS if values.get(key)), None)
    seen: set[str] = set()
    for person in _people(values[key]) if key else ():
        if person.name and slugify(person.name) not in seen:
            seen.add(slugify(person.name))
            yield person


def _people(value: Value) -> Iterable[Person]:
    if isinstance(value, list):
        for item in value:
            yield from _people(item) if isinstance(item, dict) else [_person(item)]
    elif isinstance(value, dict):
        yield _described_person(value)
    else:
        yield from map(_person, _split_names(_bare(value)))


def _person(value: Value) -> Person:
    return Person(_bare(value)[:LONGEST_NAME] if isinstance(value, str) else "")


def _bare(name: str) -> str:
    return LINKED.sub(r"\1", HANDLE.sub("", without_tags(name)))


def _described_person(value: Mapping[str, Value]) -> Person:
    lowered = {key.lower(): item for key, item in value.items()}
    name = text_at(lowered, ("name", "display_name", "full_name", "title", "slug", "id"))
    slug = clean_slug(text_at(lowered, ("slug", "id", "username")))
    return Person(_bare(name)[:LONGEST_NAME], slug, text_at(lowered, ("bio", "about")))


def _split_names(text: str) -> list[str]:
    """Several names in one text. "Doe, Jane" is one name; "Jane Doe, John Roe" are two."""
    names: list[str] = []
    for part in TWO_NAMES.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        names += (
            pieces if all(" " in piece for piece in pieces) or len(pieces) > 2 else [part.strip()]
        )
    return names
