"""What a search can be narrowed to: only what readers can see anyway."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from blog.claimed import shown_outlets, shown_sources
from blog.filed import with_posts
from blog.markup import fold
from blog.models import Author, Post, Story, Topic
from blog.months import all_months
from blog.searching.narrowing import Narrowing

# How each choice is told, before the name of what was chosen; and the way to do without it.
WORDS: Mapping[str, tuple[str, str]] = {
    "story": ("in the story", "any story"),
    "topic": ("on the topic", "any topic"),
    "author": ("by", "any author"),
    "year": ("of", "any year"),
    "source": ("citing", "any source"),
    "outlet": ("citing", "any outlet"),
    "refers": ("referring to", "any post"),
}


@dataclass(frozen=True)
class Chosen:
    """One thing to which a search is narrowed."""

    name: str
    words: str
    value: str
    any: str


def chosen(narrowing: Narrowing, at: datetime) -> Iterator[Chosen]:
    """By the names of what readers can see; otherwise as the address has it."""
    for field, value in narrowing.chosen.items():
        name = _named(field, value, at) or value
        words, anything = WORDS[field]
        yield Chosen(field, words, name, anything)


def _named(field: str, value: str, at: datetime) -> str:
    ways: dict[str, Callable[[datetime], QuerySet[Any]]] = {
        "story": partial(with_posts, Story),
        "topic": partial(with_posts, Topic),
        "author": partial(with_posts, Author),
        "outlet": shown_outlets,
    }
    found: object = None
    if field in ways:
        found = ways[field](at).filter(slug=value).first()
    elif field == "source":
        found = shown_sources(at).filter(citekey=value).first()
    elif field == "refers":
        found = Post.objects.published(at).filter(slugs__folded=fold(value)).named().first()
    return str(found) if found else ""


def choices(at: datetime) -> dict[str, Any]:
    """Stories, topics and authors that have a public post, and the years from first to last."""
    return {
        "all_stories": with_posts(Story, at),
        "all_topics": with_posts(Topic, at),
        "all_authors": with_posts(Author, at),
        "all_years": _years(at),
    }


def _years(at: datetime) -> list[str]:
    years = [month.year for month, _ in all_months(at)]
    return [str(year) for year in range(years[-1], years[0] - 1, -1)] if years else []
