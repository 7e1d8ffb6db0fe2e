"""A search: what is asked for, among what, in which order; and what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import nlargest

from blog.models import Card
from blog.searching.asking import Question
from blog.searching.hits import WHOLE_TEXTS, Hit, Kind, Tally
from blog.searching.narrowing import Narrowing
from blog.searching.nearest import questions_near
from blog.searching.passages import nearness
from blog.searching.posts import post_hits
from blog.searching.records import claim_hits, source_hits

# So many of the best are looked at more closely, and put in order again.
LOOKED_AT = 60
PLACES = {kind: -place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Search:
    """Everything that an address of the page of results says."""

    question: Question = field(default_factory=Question)
    narrowing: Narrowing = field(default_factory=Narrowing)
    kind: Kind | None = None
    """Everything where it is None."""
    is_by_date: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.question or self.narrowing.chosen)

    def looks_for(self, kind: Kind) -> bool:
        """Where no word is asked for, only posts are listed, unless others are wanted."""
        if kind is Kind.POST:
            return self.kind in (None, kind)
        if self.narrowing.is_of_posts_alone:
            return False
        return self.kind is kind or (self.kind is None and bool(self.question))


@dataclass(frozen=True)
class Found:
    """What was found; by another question, where this one finds nothing."""

    hits: Sequence[Hit]
    """The best, in order: as many as were asked for."""
    tally: Tally
    """Of everything."""
    question: Question
    is_instead: bool = False

    def stories(self) -> list[tuple[int, int]]:
        """Ids, and in how many of the posts: most first."""
        return self.tally.stories.most_common()

    def years(self) -> list[tuple[str, int]]:
        """The years of the posts, latest first."""
        return sorted(self.tally.years.items(), reverse=True)


def find(search: Search, at: datetime, *, most: int) -> Found:
    """What readers can see at that moment and have been asked for, and `most` of it in order."""
    if search.is_empty:
        return Found([], Tally(), search.question)
    found = _found(search, at, most)
    if found.tally.total or not search.question:
        return found
    for question in questions_near(search.question, at):
        instead = _found(replace(search, question=question), at, most)
        if instead.tally.total:
            return replace(instead, is_instead=True)
    return found


def _found(search: Search, at: datetime, most: int) -> Found:
    question, tally = search.question, Tally()
    every = tally.counting(_hits(search, at))
    if search.is_by_date or not question.terms:
        return Found(nlargest(most, every, key=_newness), tally, question)
    best = nlargest(max(most, LOOKED_AT), every, key=_rank)
    closer = sorted(_looked_at(question, best[:LOOKED_AT]), key=_rank, reverse=True)
    return Found((closer + best[LOOKED_AT:])[:most], tally, question)


def _hits(search: Search, at: datetime) -> Iterator[Hit]:
    question, narrowing = search.question, search.narrowing
    if search.looks_for(Kind.POST):
        yield from post_hits(question, narrowing.posts(at))
    if search.looks_for(Kind.CLAIM):
        yield from claim_hits(question, narrowing, at)
    if search.looks_for(Kind.SOURCE):
        yield from source_hits(question, narrowing, at)


def _rank(hit: Hit) -> tuple[int, int, str, int]:
    return hit.points, PLACES[hit.kind], hit.day, hit.pk


def _newness(hit: Hit) -> tuple[str, int, int]:
    return hit.day, hit.pk, PLACES[hit.kind]


def _looked_at(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The same with points for words that stand together in a post."""
    posts = [hit.pk for hit in hits if hit.kind is Kind.POST]
    cards = Card.objects.filter(pk__in=posts).values_list("pk", "lines")
    near = {pk: nearness(question, lines) for pk, lines in cards.iterator(WHOLE_TEXTS)}
    return [
        hit._replace(points=hit.points + near.get(hit.pk, 0)) if hit.kind is Kind.POST else hit
        for hit in hits
    ]
