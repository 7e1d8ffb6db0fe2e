"""Texts out of front matter: one, several, without tags, as a slug."""

import html
import re
from collections.abc import Iterable, Mapping

from blog.importing.front_matter import Value
from blog.markup import nfc, slug_problem, slugify

LONGEST_NAME = 200
# A slug must stay short enough for a suffix.
LONGEST_SLUG = 190
# The tags that titles and excerpts carry; `<T>` and the like stay.
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|i|kbd|mark|p|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>",
    re.I,
)
NOT_IN_SLUG = re.compile(r"[^\w.-]+")


def clean_slug(text: str) -> str:
    """The nearest allowed slug to a file's name; "" when nothing of it can stay."""
    text = NOT_IN_SLUG.sub("-", nfc(text)).lstrip("._-").rstrip("-")[:LONGEST_SLUG]
    return text if text and slug_problem(text) is None else slugify(text)[:LONGEST_SLUG]


def without_tags(text: str) -> str:
    return " ".join(html.unescape(INLINE_TAG.sub("", text)).split())


def listed(values: Mapping[str, Value], keys: Iterable[str]) -> Iterable[str]:
    for key in keys:
        value = values.get(key, "")
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and item.strip():
                yield item.strip()


def text_at(values: Mapping[str, Value], keys: Iterable[str]) -> str:
    """The first of the keys that holds a text."""
    found = (values[key] for key in keys if values.get(key))
    return next((value.strip() for value in found if isinstance(value, str)), "")
