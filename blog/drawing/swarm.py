"""All posts of a site as marks: a row for each year, larger the more a post is referred to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from blog.drawing.scales import Canvas, Tick, spread

# The part of the width that the names of the years leave.
LEFT, RIGHT = 14.0, 99.0
# Pixels between marks, between the axis and the band of those that stand alone, between rows.
APART, BAND, BETWEEN = 1, 18, 26
ALONE_APART = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A post by its day and by how many others refer to it; None for one that stands alone."""

    day: date
    weight: int | None


@dataclass(frozen=True, slots=True)
class Disc:
    number: int
    """Of the spot it stands for."""
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Year:
    year: int
    axis: int
    """How far down the picture its axis stands."""
    discs: Sequence[Disc]
    alone: Sequence[float]


@dataclass(frozen=True)
class Swarm:
    years: Sequence[Year]
    height: int
    places: Mapping[int, tuple[float, float]]
    """Where the disc of a spot stands in the whole picture."""


def swarm(
    spots: Sequence[Spot], canvas: Canvas, size: float = 1.0, *, years: Iterable[int] = ()
) -> Swarm:
    """The newest year first, those of `years` also without a mark.

    `size` makes all marks smaller or larger.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, spot in enumerate(spots):
        numbers[spot.day.year].append(number)
    drawn, down = [], 0
    for year in sorted({*numbers, *years}, reverse=True):
        discs = _piled(numbers[year], spots, canvas, size)
        alone = sorted(_across(spots[n].day) for n in numbers[year] if spots[n].weight is None)
        axis = down + round(max((disc.y + disc.r for disc in discs), default=BAND))
        strokes = spread(alone, canvas.share(ALONE_APART), LEFT, RIGHT)
        drawn.append(Year(year, axis, discs, strokes))
        down = axis + BAND + BETWEEN
    places = {disc.number: (disc.x, year.axis - disc.y) for year in drawn for disc in year.discs}
    return Swarm(drawn, down - BETWEEN, places)


def month_starts() -> list[Tick]:
    """Where the quarters of every year begin."""
    days = [date(2023, month, 1) for month in (1, 4, 7, 10)]
    return [Tick(_across(day), f"{day:%B}") for day in days]


def radius(weight: int) -> float:
    """The area grows with the number of posts that refer to it."""
    return round(3 * sqrt(weight), 1) if weight else 2


def _across(day: date) -> float:
    gone = (day - date(day.year, 1, 1)).days / 366
    return round(LEFT + (RIGHT - LEFT) * gone, 2)


def _piled(
    numbers: Sequence[int], spots: Sequence[Spot], canvas: Canvas, size: float
) -> list[Disc]:
    """Each on its day, the large ones on the axis, the others as low as those let them."""
    heavy = [(spots[n].weight or 0, n) for n in numbers if spots[n].weight is not None]
    discs: list[Disc] = []
    for weight, number in sorted(heavy, key=lambda one: (-one[0], spots[one[1]].day, one[1])):
        x, r = _across(spots[number].day), round(radius(weight) * size, 1)
        discs.append(Disc(number, x, _lowest(x, r, discs, canvas), r))
    return discs


def _lowest(x: float, r: float, discs: Sequence[Disc], canvas: Canvas) -> float:
    """How far above the axis a new disc stands so that it touches none of the others."""
    taken = []
    for disc in discs:
        aside = abs(disc.x - x) * canvas.width / 100
        if aside < (reach := disc.r + r + APART):
            up = sqrt(reach**2 - aside**2)
            taken.append((disc.y - up, disc.y + up))
    y = r + APART
    for low, high in sorted(taken):
        if low < y < high:
            y = high
    return round(y, 1)
