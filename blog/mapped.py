"""The whole site at a glance: which posts the others refer to, and which stand alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blog.drawing.scales import NARROW, WIDE, Tick
from blog.drawing.swarm import Disc, Spot, Swarm, Year, month_starts, swarm
from blog.models import CrossReference, Post
from blog.months import all_months
from blog.ranked import MOST_ALONE, MOST_JOINED, Ranking, Weight

MOST_LINES = 1500
# The most referred-to, which are numbered and named beside the picture.
NAMED = 9
LEAST_TO_BE_NAMED = 2
# On phones the marks are smaller.
SMALLER = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """From a mark to another that it is joined to."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
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
class Drawn:
    """A post for which there is room."""

    weight: Weight
    day: date


def site_map(ranked: Ranking, at: datetime) -> Map | None:
    """None for a site without a post. Four queries at the most."""
    if not ranked:
        return None
    drawn, posts = _drawn(ranked, at)
    pairs = _pairs([one.weight.pk for one in drawn if not one.weight.is_alone], at)
    years = _years(at)
    return Map(
        views=[
            _view("wide", drawn, years, posts, pairs, swarm(_spots(drawn), WIDE, years=years)),
            _view(
                "narrow",
                drawn,
                years,
                posts,
                (),
                swarm(_spots(drawn), NARROW, SMALLER, years=years),
            ),
        ],
        months=month_starts(),
        named=[posts[pk] for pk in _named(drawn)],
        total=len(ranked),
        joined=ranked.joined,
        alone=len(ranked) - ranked.joined,
        left_out=len(ranked) - len(drawn),
    )


def _drawn(ranked: Ranking, at: datetime) -> tuple[list[Drawn], Mapping[int, Post]]:
    end = ranked.joined
    weights = [*ranked[: min(end, MOST_JOINED)], *ranked[end : end + MOST_ALONE]]
    posts = Post.objects.published(at).named().in_bulk([one.pk for one in weights])
    days = ((one, posts[one.pk].dated_on) for one in weights)
    return [Drawn(one, day) for one, day in days if day], posts


def _years(at: datetime) -> Counter[int]:
    """How many posts each has, drawn or not."""
    counts: Counter[int] = Counter()
    for first, count in all_months(at):
        counts[first.year] += count
    return counts


def _spots(drawn: Sequence[Drawn]) -> list[Spot]:
    return [Spot(one.day, None if one.weight.is_alone else one.weight.referred) for one in drawn]


def _named(drawn: Sequence[Drawn]) -> list[int]:
    most = [one.weight for one in drawn[:NAMED]]
    return [one.pk for one in most if one.referred >= LEAST_TO_BE_NAMED]


def _pairs(posts: Sequence[int], at: datetime) -> list[tuple[int, int]]:
    rows = CrossReference.objects.public(at).filter(post__in=posts, target__in=posts)
    pairs = rows.order_by("-post_id", "target_id").values_list("post_id", "target_id").distinct()
    return [(post, target or 0) for post, target in pairs[:MOST_LINES] if post != target]


def _view(
    name: str,
    drawn: Sequence[Drawn],
    years: Mapping[int, int],
    posts: Mapping[int, Post],
    pairs: Sequence[tuple[int, int]],
    found: Swarm,
) -> View:
    labels = {pk: str(n) for n, pk in enumerate(_named(drawn), start=1)}
    lines = _lines(drawn, pairs, found)

    def marked(disc: Disc) -> Marked:
        one = drawn[disc.number].weight
        y = found.places[disc.number][1]
        return Marked(disc, y, posts[one.pk], _told(one), labels.get(one.pk, ""), lines[one.pk])

    rows = [Row(one, years[one.year], [marked(disc) for disc in one.discs]) for one in found.years]
    return View(name, found.height, rows)


def _lines(
    drawn: Sequence[Drawn], pairs: Sequence[tuple[int, int]], found: Swarm
) -> Mapping[int, list[Line]]:
    place = {drawn[number].weight.pk: at for number, at in found.places.items()}
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
