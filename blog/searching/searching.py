"""A search: what is asked for, among what, in which order; and what was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from blog.models import Card
from blog.searching.asking import Question
from blog.searching.hits import Hit, Kind
from blog.searching.narrowing import Narrowing
from blog.searching.nearest import questions_near
from blog.searching.passages import nearness
from blog.searching.posts import post_hits
from blog.searching.records import claim_hits, source_hits

# So many of the best are looked at more closely, and put in order again.
LOOKED_AT = 60
AT_ONCE = 5
KINDS = tuple(Kind)


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
    """What was found, best first; by another question, where this one finds nothing."""

    hits: Sequence[Hit]
    question: Question
    is_instead: bool = False

    def counts(self) -> Counter[Kind]:
        return Counter(hit.kind for hit in self.hits)

    def stories(self) -> list[tuple[int, int]]:
        """Ids, and in how many of the posts: most first."""
        return Counter(hit.story for hit in self.hits if hit.story).most_common()

    def years(self) -> list[tuple[str, int]]:
        """The years of the posts, latest first."""
        counts = Counter(hit.day[:4] for hit in self.hits if hit.kind is Kind.POST)
        return sorted(counts.items(), reverse=True)


def find(search: Search, at: datetime) -> Found:
    """What readers can see at that moment and have been asked for."""
    if search.is_empty:
        return Found([], search.question)
    hits = _hits(search, at)
    if hits or not search.question:
        return Found(hits, search.question)
    for question in questions_near(search.question, at):
        if hits := _hits(replace(search, question=question), at):
            return Found(hits, question, is_instead=True)
    return Found([], search.question)


def _hits(search: Search, at: datetime) -> list[Hit]:
    question, narrowing = search.question, search.narrowing
    found: list[Hit] = []
    if search.looks_for(Kind.POST):
        found += post_hits(question, narrowing.posts(at))
    if search.looks_for(Kind.CLAIM):
        found += claim_hits(question, narrowing, at)
    if search.looks_for(Kind.SOURCE):
        found += source_hits(question, narrowing, at)
    found.sort(key=attrgetter("day", "pk"), reverse=True)
    if search.is_by_date or not question.terms:
        return found
    found.sort(key=_rank)
    return sorted(_looked_at(question, found[:LOOKED_AT]), key=_rank) + found[LOOKED_AT:]


def _rank(hit: Hit) -> tuple[int, int]:
    return -hit.points, KINDS.index(hit.kind)


def _looked_at(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The same with points for words that stand together in a post."""
    posts = [hit.pk for hit in hits if hit.kind is Kind.POST]
    cards = Card.objects.filter(pk__in=posts).values_list("pk", "lines")
    # Whole texts: never more than a few at once.
    near = {pk: nearness(question, lines) for pk, lines in cards.iterator(AT_ONCE)}
    return [
        hit._replace(points=hit.points + near.get(hit.pk, 0)) if hit.kind is Kind.POST else hit
        for hit in hits
    ]
