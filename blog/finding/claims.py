"""Finding claims by words of their statement or slug, as in `[[claim::`; and origins by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from blog.finding.excerpts import marked_words
from blog.finding.sources import LIMIT, MOST, score
from blog.roles import type_of_user
from publication.words import whole_words
from sources.models import Claim, Origin

IN_SLUG, IN_STATEMENT = 3.0, 2.0
IN_NAME, IN_BODY = 3.0, 2.0

Fields = Sequence[tuple[float, str]]


@dataclass(frozen=True)
class FoundClaim:
    slug: str
    statement_html: str
    """Escaped; what matches is in <mark>."""
    standing: str


@dataclass(frozen=True)
class FoundOrigin:
    pk: int
    name: str
    name_html: str
    is_named: bool
    body: str


def find_claims(query: str, user: type_of_user, *, limit: int = LIMIT) -> list[FoundClaim]:
    """Claims that have every word of the query, likeliest first; an empty one finds the latest.

    A claim is a record of the whole desk and says nothing of the posts that rest on it.
    """
    if not user.has_perm("sources.view_claim"):
        return []
    words = whole_words(query)
    rows = Claim.objects.order_by("-pk").values_list("pk", "slug", "statement")[:MOST]
    ranked = _ranked(
        words,
        ((pk, ((IN_SLUG, slug), (IN_STATEMENT, statement))) for pk, slug, statement in rows),
        limit,
    )
    found = Claim.objects.with_standing().in_bulk(ranked)
    return [
        FoundClaim(
            found[pk].slug, marked_words(found[pk].statement, words), found[pk].standing_words
        )
        for pk in ranked
    ]


def find_origins(query: str, user: type_of_user, *, limit: int = LIMIT) -> list[FoundOrigin]:
    """Origins by their name and the body they speak for, likeliest first."""
    if not user.has_perm("sources.view_origin"):
        return []
    words = whole_words(query)
    rows = Origin.objects.order_by("-pk").values_list("pk", "name", "body__name")[:MOST]
    ranked = _ranked(
        words,
        ((pk, ((IN_NAME, name), (IN_BODY, body or ""))) for pk, name, body in rows),
        limit,
    )
    found = Origin.objects.with_body().in_bulk(ranked)
    return [_origin(found[pk], words) for pk in ranked]


def _origin(origin: Origin, words: Sequence[str]) -> FoundOrigin:
    return FoundOrigin(
        pk=origin.pk,
        name=str(origin),
        name_html=marked_words(str(origin), words),
        is_named=origin.is_named,
        body=origin.body.name if origin.body else "",
    )


def _ranked(words: Sequence[str], rows: Iterable[tuple[int, Fields]], limit: int) -> list[int]:
    """Their ids, those first that have the words where they count most, then the newest."""
    if not words:
        return [pk for pk, _ in islice(rows, limit)]
    scores = {pk: points for pk, fields in rows if (points := score(words, fields))}
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit]
