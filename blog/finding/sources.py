"""Finding sources by key, title, outlet or author, as in `[@`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from blog.finding.excerpts import marked_words
from blog.roles import type_of_user
from publication.words import whole_words
from sources.models import Source
from sources.names import full_name

LIMIT = 8
# The latest sources, among which is looked.
MOST = 20_000
IN_KEY, BY_AUTHOR, IN_TITLE, IN_OUTLET = 5.0, 4.0, 3.0, 2.0
FIELDS = ("pk", "citekey", "title", "original_title", "container_title", "authors")


@dataclass(frozen=True)
class FoundSource:
    key: str
    title_html: str
    """Escaped; what matches is in <mark>."""
    outlet: str
    authors: str
    date_words: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def find_sources(query: str, user: type_of_user, *, limit: int = LIMIT) -> list[FoundSource]:
    """Sources that have every word of the query, likeliest first; an empty one finds the latest.

    A source is a record of the whole desk and says nothing of the posts that use it.
    """
    if not user.has_perm("sources.view_source"):
        return []
    words = whole_words(query)
    ranked = _ranked(words, limit)
    found = Source.objects.with_outlet().in_bulk(ranked)
    return [_found(found[pk], words) for pk in ranked]


def _ranked(words: Sequence[str], limit: int) -> list[int]:
    newest = Source.objects.citable().order_by("-pk")
    if not words:
        return list(newest.values_list("pk", flat=True)[:limit])
    scores: dict[int, float] = {}
    rows = newest.values_list(*FIELDS, "outlet__name", "outlet__native_name")[:MOST]
    for pk, key, title, original, container, authors, outlet, native in rows.iterator():
        points = score(
            words,
            (
                (IN_KEY, key),
                (BY_AUTHOR, " ".join(map(full_name, authors))),
                (IN_TITLE, f"{title} {original}"),
                (IN_OUTLET, f"{outlet or ''} {native or ''} {container}"),
            ),
        )
        if points:
            scores[pk] = points
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit]


def score(words: Sequence[str], fields: Sequence[tuple[float, str]]) -> float:
    """The best place of each word; 0 unless every word has one."""
    having = [(weight, whole_words(text)) for weight, text in fields if text]
    total = 0.0
    for word in words:
        best = max(
            (w for w, ones in having if any(one.startswith(word) for one in ones)), default=0.0
        )
        if not best:
            return 0.0
        total += best
    return total


def _found(source: Source, words: Sequence[str]) -> FoundSource:
    return FoundSource(
        key=source.citekey,
        title_html=marked_words(source.title or source.citekey, words),
        outlet=source.outlet.name if source.outlet else source.container_title,
        authors=", ".join(map(full_name, source.authors)),
        date_words=source.issued_on.text(),
    )
