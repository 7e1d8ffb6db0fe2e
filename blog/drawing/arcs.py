"""Posts on an axis of time, and an arc from each to every other that it refers to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from blog.drawing.scales import HIGH, LOW, Canvas, Scale, Tick, scaled, spread, ticks

# A dot without a number takes that many pixels, where there are so many.
DOTTED = 6
# The label of several posts, such as "101–114", takes that many.
GATHERED = 48
# The room for labels, and for what is told of a mark: on small screens in three lines.
BELOW = {False: 94, True: 112}
# An arc between neighbours is still seen.
LOWEST = 7


class Stroke(StrEnum):
    """How an arc is drawn: by what the reference does to the earlier post."""

    PLAIN = "plain"
    FIRM = "firm"
    BROKEN = "broken"


@dataclass(frozen=True)
class Joined:
    """The post of one number refers to that of another; numbers are from 0, oldest first."""

    post: int
    target: int
    stroke: Stroke = Stroke.PLAIN


@dataclass(frozen=True)
class Arc:
    """The upper half of an ellipse around a point of the axis."""

    cx: float
    rx: float
    ry: int
    stroke: Stroke


@dataclass
class Mark:
    """What is pointed at: a post, or on small screens several that stand close together."""

    first: int
    last: int
    dots: Sequence[float]
    x: float
    """Where its label stands."""
    label: str = ""
    arcs: list[Arc] = field(default_factory=list)
    """Those that begin or end at one of its posts."""
    gap: float = 0

    @property
    def left(self) -> float:
        """Where the area begins by which it is pointed at."""
        return round(self.dots[0] - self.gap / 2, 2)

    @property
    def width(self) -> float:
        return round(self.dots[-1] - self.dots[0] + self.gap, 2)

    @property
    def is_one(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True)
class Drawing:
    marks: Sequence[Mark]
    arcs: Sequence[Arc]
    ticks: Sequence[Tick]
    scale: Scale
    canvas: Canvas
    height: int
    """Of what stands above the axis."""
    is_dense: bool
    """Too many posts for numbers: dots alone."""

    @property
    def axis(self) -> int:
        """How far down the axis stands: below the arcs, or below the dots where there is none."""
        return max((arc.ry for arc in self.arcs), default=12) + 8

    @property
    def radius(self) -> float:
        """Of a dot: where there are many, so that each can still be told from the next."""
        if not self.is_dense:
            return 5
        return max(1.2, min(2.5, round(self.marks[0].gap * self.canvas.width / 160, 1)))

    @property
    def total(self) -> int:
        """With the labels, and what is told of a mark that is pointed at."""
        return self.axis + BELOW[self.canvas.gathers]


def draw(
    moments: Sequence[datetime],
    references: Collection[Joined],
    *,
    canvas: Canvas,
    height: int,
    until: datetime | None = None,
    offset: int = 0,
) -> Drawing:
    """Of posts in the order of time, the first of which has the number `offset` + 1."""
    is_dense = canvas.share(canvas.mark) * (len(moments) - 1) > HIGH - LOW
    gap = canvas.share(DOTTED if is_dense else canvas.mark)
    scale = scaled(moments, until or moments[-1], gap)
    places = scale.places[: len(moments)]
    marks = _marks(places, canvas, offset, is_dense=is_dense)
    arcs = _arcs(places, references, height)
    owner = {n: mark for mark in marks for n in range(mark.first, mark.last + 1)}
    for one, arc in zip(references, arcs, strict=True):
        for mark in {id(mark): mark for mark in (owner[one.post], owner[one.target])}.values():
            mark.arcs.append(arc)
    return Drawing(marks, arcs, ticks(scale, canvas), scale, canvas, height, is_dense)


def _marks(places: Sequence[float], canvas: Canvas, offset: int, *, is_dense: bool) -> list[Mark]:
    """One for each post; on a small screen one for all that stand within the room of a label."""
    if not is_dense:
        gap = canvas.share(canvas.mark)
        return [Mark(n, n, [x], x, str(offset + n + 1), gap=gap) for n, x in enumerate(places)]
    gap = _least_gap(places)
    if not canvas.gathers:
        return [Mark(n, n, [x], x, gap=gap) for n, x in enumerate(places)]
    groups = _gathered(places, canvas.share(GATHERED))
    middles = [(places[group[0]] + places[group[-1]]) / 2 for group in groups]
    half = canvas.share(GATHERED / 2)
    labels_at = spread(middles, canvas.share(GATHERED), half, 100 - half)
    return [
        Mark(group[0], group[-1], [places[n] for n in group], x, _label(group, offset), gap=gap)
        for group, x in zip(groups, labels_at, strict=True)
    ]


def _gathered(places: Sequence[float], room: float) -> list[range]:
    """Runs of numbers, each of which begins at least so far from the one before."""
    begins: list[int] = []
    for number, place in enumerate(places):
        if not begins or place - places[begins[-1]] >= room:
            begins.append(number)
    return [range(*pair) for pair in zip(begins, [*begins[1:], len(places)], strict=True)]


def _least_gap(places: Sequence[float]) -> float:
    return min((right - left for left, right in pairwise(places)), default=DOTTED)


def _label(group: Sequence[int], offset: int) -> str:
    first, last = offset + group[0] + 1, offset + group[-1] + 1
    return str(first) if first == last else f"{first}–{last}"


def _arcs(places: Sequence[float], references: Collection[Joined], height: int) -> list[Arc]:
    """The widest is as high as there is room; the others by their width."""
    spans = [sorted((places[one.post], places[one.target])) for one in references]
    widest = max((right - left for left, right in spans), default=0) or 1
    return [
        Arc(
            cx=round((left + right) / 2, 2),
            rx=round((right - left) / 2, 2),
            ry=max(LOWEST, round(height * (right - left) / widest)),
            stroke=one.stroke,
        )
        for one, (left, right) in zip(references, spans, strict=True)
    ]
