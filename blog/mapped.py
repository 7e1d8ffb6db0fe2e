"""The whole site at a glance: which posts the others refer to, and which stand alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from blog.drawing.scales import NARROW, WIDE, Tick
from blog.drawing.swarm import Disc, Spot, Swarm, Year, month_starts, swarm
from blog.models import CrossReference, Post

# What the picture holds: of posts that are joined to others the most referred to, of those that
# stand alone the newest. The table has them all.
MOST_JOINED = 600
MOST_ALONE = 300
MOST_LINES = 1500
# The most referred-to, which are numbered and named beside the picture.
NAMED = 9
LEAST_TO_BE_NAMED = 2
# On phones the marks are smaller.
SMALLER = 0.75


def weighed(at: datetime) -> QuerySet[Any, Any]:
    """Published posts, those first to which most others refer, then the newest.

    Annotated with `referred_count` and `reference_count`, the posts to which they refer.
    """
    posts = (
        Post.objects.published(at)
        .named()
        .annotate(
            referred_count=_joined(at, "target", "post"),
            reference_count=_joined(at, "post", "target"),
        )
    )
    return posts.order_by("-referred_count", "-reference_count", "-published_at", "-pk")


def _joined(at: datetime, own: str, others: str) -> Coalesce:
    """How many others: a post that refers to itself is none."""
    rows = CrossReference.objects.public(at).filter(**{own: OuterRef("pk")})
    counted = rows.exclude(post=F("target")).order_by().values(own)
    return Coalesce(Subquery(counted.annotate(n=Count(others, distinct=True)).values("n")), 0)


@dataclass(frozen=True)
class Line:
    """From a mark to another that it is joined to."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Marked:
    """A post that is joined to others, where it stands in the picture."""

    disc: Disc
    y: float
    post: Post
    told: str
    label: str
    lines: Sequence[Line]

    @property
    def is_referred_to(self) -> bool:
        return self.told.startswith("Referred")


@dataclass(frozen=True)
class Row:
    """A year, with all that it published: drawn or not."""

    year: Year
    count: int
    marks: Sequence[Marked]


@dataclass(frozen=True)
class View:
    name: str
    height: int
    rows: Sequence[Row]


@dataclass(frozen=True)
class Map:
    views: Sequence[View]
    months: Sequence[Tick]
    named: Sequence[Post]
    total: int
    joined: int
    alone: int
    left_out: int
    """Posts for which there was no room."""


@dataclass(frozen=True)
class Weight:
    """What is known of every post before any is read."""

    pk: int
    day: date
    referred: int
    refers: int

    @property
    def is_alone(self) -> bool:
        return not (self.referred or self.refers)


def site_map(at: datetime) -> Map | None:
    """None for a site without a post. Three queries."""
    weights = _weights(at)
    if not weights:
        return None
    joined = [one for one in weights if not one.is_alone]
    alone = [one for one in weights if one.is_alone]
    drawn = [*joined[:MOST_JOINED], *alone[:MOST_ALONE]]
    posts = Post.objects.published(at).named().in_bulk([one.pk for one in joined[:MOST_JOINED]])
    pairs = _pairs(posts, at)
    return Map(
        views=[
            _view("wide", drawn, weights, posts, pairs, swarm(_spots(drawn), WIDE)),
            _view("narrow", drawn, weights, posts, (), swarm(_spots(drawn), NARROW, SMALLER)),
        ],
        months=month_starts(),
        named=[posts[pk] for pk in _named(drawn)],
        total=len(weights),
        joined=len(joined),
        alone=len(alone),
        left_out=len(weights) - len(drawn),
    )


def _weights(at: datetime) -> list[Weight]:
    """Of every published post, in the order of `weighed`."""
    rows = weighed(at).values_list("pk", "dated_on", "referred_count", "reference_count")
    return [Weight(*row) for row in rows]


def _spots(drawn: Sequence[Weight]) -> list[Spot]:
    return [Spot(one.day, None if one.is_alone else one.referred) for one in drawn]


def _named(drawn: Sequence[Weight]) -> list[int]:
    return [one.pk for one in drawn[:NAMED] if one.referred >= LEAST_TO_BE_NAMED]


def _pairs(posts: Mapping[int, Post], at: datetime) -> list[tuple[int, int]]:
    rows = CrossReference.objects.public(at).filter(post__in=posts, target__in=posts)
    pairs = rows.order_by("-post_id").values_list("post_id", "target_id").distinct()
    return [(post, target or 0) for post, target in pairs[:MOST_LINES] if post != target]


def _view(
    name: str,
    drawn: Sequence[Weight],
    weights: Sequence[Weight],
    posts: Mapping[int, Post],
    pairs: Sequence[tuple[int, int]],
    found: Swarm,
) -> View:
    counts = Counter(one.day.year for one in weights)
    labels = {pk: str(n) for n, pk in enumerate(_named(drawn), start=1)}
    lines = _lines(drawn, pairs, found)

    def marked(disc: Disc) -> Marked:
        one = drawn[disc.number]
        y = found.places[disc.number][1]
        return Marked(disc, y, posts[one.pk], _told(one), labels.get(one.pk, ""), lines[one.pk])

    rows = [Row(one, counts[one.year], [marked(disc) for disc in one.discs]) for one in found.years]
    return View(name, found.height, rows)


def _lines(
    drawn: Sequence[Weight], pairs: Sequence[tuple[int, int]], found: Swarm
) -> Mapping[int, list[Line]]:
    place = {drawn[number].pk: at for number, at in found.places.items()}
    lines: dict[int, list[Line]] = defaultdict(list)
    for post, target in pairs:
        line = Line(*place[post], *place[target])
        lines[post].append(line)
        lines[target].append(line)
    return lines


def _told(one: Weight) -> str:
    referred = f"Referred to by {one.referred}" if one.referred else ""
    refers = f"{'refers' if referred else 'Refers'} to {one.refers}" if one.refers else ""
    return ", ".join(filter(None, [referred, refers]))
