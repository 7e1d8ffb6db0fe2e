"""Time across a picture, in hundredths of its width."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Room at either edge, for half a mark and half a number.
LOW, HIGH = 2.5, 97.5
# The pixels that a letter of a label takes, about.
LETTER = 6.6
# How far apart the ticks of an axis may be: in days, then in months.
DAYS = (1, 2, 7)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)
# From this many days on an axis tells months.
FEW_DAYS = 45


@dataclass(frozen=True)
class Canvas:
    """The least width, in pixels, at which a picture must be legible."""

    width: int
    ticks: int
    """How many labels its axis has room for."""
    mark: int = 24
    """How wide a square one mark takes, its number included."""
    gathers: bool = False
    """Posts that have no room for a number of their own are pointed at together."""

    def share(self, pixels: float) -> float:
        return 100 * pixels / self.width


# A phone of 320 pixels without its edges, and the least screen that is none.
NARROW = Canvas(288, ticks=4, gathers=True)
WIDE = Canvas(560, ticks=8)
# Beside the name of a story, for the eye alone.
SMALL = Canvas(200, ticks=0, mark=5)


def spread(
    wanted: Sequence[float], gap: float, low: float = LOW, high: float = HIGH
) -> list[float]:
    """The places nearest to those wanted, which ascend, that keep a gap and the bounds.

    Where there is no room for the gap it shrinks. (Isotonic regression, by pooling neighbours
    that are in one another's way.)
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    pools: list[tuple[float, int]] = []
    for index, place in enumerate(wanted):
        total, count = place - index * gap, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            earlier, many = pools.pop()
            total, count = total + earlier, count + many
        pools.append((total, count))
    highest = high - gap * (len(wanted) - 1)
    free = [min(max(total / n, low), highest) for total, n in pools for _ in range(n)]
    return [round(place + index * gap, 2) for index, place in enumerate(free)]


@dataclass(frozen=True)
class Scale:
    """Where moments stand. It stretches where posts crowd, so that their order always holds."""

    moments: Sequence[datetime]
    places: Sequence[float]

    def __call__(self, moment: datetime) -> float:
        """Between the places of its neighbours; at the edge, when it is beyond all of them."""
        index = bisect_right(self.moments, moment)
        if index == 0:
            return self.places[0]
        if index == len(self.moments):
            return self.places[-1]
        before, after = self.moments[index - 1], self.moments[index]
        way = (moment - before) / (after - before)
        low, high = self.places[index - 1], self.places[index]
        return round(low + way * (high - low), 2)


def scaled(moments: Sequence[datetime], until: datetime, gap: float) -> Scale:
    """The scale from the first of these moments, which ascend, to `until`."""
    span = (max(until, moments[-1]) - moments[0]) / timedelta(seconds=1)
    since = [(moment - moments[0]) / timedelta(seconds=1) for moment in moments]
    wanted = [LOW + (HIGH - LOW) * (past / span if span else 0.5) for past in since]
    places = spread(wanted, gap)
    if until > moments[-1] and places[-1] < HIGH:
        return Scale([*moments, until], [*places, HIGH])
    return Scale(moments, places)


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


def ticks(scale: Scale, canvas: Canvas) -> list[Tick]:
    """The beginnings of days, months or years, as many as there is room for."""
    first, last = scale.moments[0], scale.moments[-1]
    is_short = (last - first).days < FEW_DAYS
    found: list[Tick] = []
    end, before = 0.0, None
    for day in _days_of(first.date(), last.date(), canvas.ticks):
        x = scale(max(first, datetime(day.year, day.month, day.day, tzinfo=first.tzinfo)))
        label = _day_label(day, before) if is_short else _month_label(day, before)
        width = canvas.share(LETTER * len(label) + 10)
        if x >= end and x + width <= 100:
            found.append(Tick(x, label))
            end, before = x + width, day
    return found


def _days_of(first: date, last: date, most: int) -> list[date]:
    """The closest set of regular days, from the first one's month or day, that is few enough."""
    if (last - first).days < FEW_DAYS:
        for step in DAYS:
            if len(days := list(_every_days(first, last, step))) <= most:
                return days
    for step in MONTHS:
        if len(days := list(_every_months(first, last, step))) <= most:
            return days
    return []


def _every_days(first: date, last: date, step: int) -> Iterator[date]:
    numbers = range(first.toordinal(), last.toordinal() + 1)
    return (date.fromordinal(number) for number in numbers if number % step == 1 % step)


def _every_months(first: date, last: date, step: int) -> Iterator[date]:
    """With the month in which it begins, whose label then stands at the edge."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    for number in range(begin, end + 1):
        if number % step == 0 or (number == begin and step == 1):
            yield date(number // 12, number % 12 + 1, 1)


def _day_label(day: date, before: date | None) -> str:
    """ "17 November", then "18", until another month begins."""
    is_same = before is not None and before.month == day.month
    return str(day.day) if is_same else f"{day.day} {day:%B}"


def _month_label(day: date, before: date | None) -> str:
    """ "November 2024", then "December", then "2025"."""
    if day.month == 1:
        return str(day.year)
    is_same = before is not None and before.year == day.year
    return f"{day:%B}" if is_same else f"{day:%B} {day.year}"
