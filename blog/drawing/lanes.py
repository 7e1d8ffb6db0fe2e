"""What became of a claim, on the axis of its story: a lane below the posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from blog.drawing.scales import HIGH, LOW, Canvas, Scale, spread

# A mark and the paper around it.
ROOM = 17


@dataclass(frozen=True)
class Turn:
    """From a moment on a claim stands so."""

    at: datetime
    standing: str
    is_contested: bool = False


@dataclass(frozen=True)
class Shape:
    x: float
    standing: str
    is_contested: bool


@dataclass(frozen=True)
class Lane:
    shapes: Sequence[Shape]
    strokes: Sequence[float]
    """Where a post rests on the claim."""
    begins: float


def lane(turns: Sequence[Turn], resting: Iterable[int], scale: Scale, canvas: Canvas) -> Lane:
    """Of turns in the order of time; `resting` are numbers of posts, from 0.

    What was known before the story began stands at its beginning, as it stood then.
    """
    begun = scale.moments[0]
    before = [turn for turn in turns if turn.at <= begun][-1:]
    shown = [*before, *(turn for turn in turns if turn.at > begun)]
    places = spread([scale(turn.at) for turn in shown], canvas.share(ROOM), LOW, HIGH)
    shapes = [
        Shape(x, turn.standing, turn.is_contested) for x, turn in zip(places, shown, strict=True)
    ]
    strokes = sorted({scale.places[number] for number in resting})
    return Lane(shapes, strokes, min([*places[:1], *strokes[:1]], default=LOW))
