"""What is measured: a figure with its unit, what it is held against, and what it should be."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """What the ratio, or the value where there is none, is to be."""

    limit: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}"

    def is_met_by(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit


def least(limit: float) -> Target:
    return Target(limit, is_least=True)


most = Target


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is to its floor, or None where there is no floor."""

    what: str
    posts: int
    value: float
    ratio: float | None = None
    unit: str = "a second"
    target: Target | None = None

    @property
    def compared(self) -> float:
        """What can be compared between runs: the ratio, where there is one."""
        return self.value if self.ratio is None else self.ratio

    @property
    def is_met(self) -> bool | None:
        return self.target.is_met_by(self.compared) if self.target else None


# How much dearer a thing may be in the largest archive than in the smallest.
GROWTH = {"saving a post": 1.5, "searching for a rare word": 3.0}
GROWTH_OF_PAGES = 1.2
PAGES = ("post page", "front page", "page: ")


def growth(figures: list[Figure]) -> list[Figure]:
    """The largest archive against the smallest: how many times the processor time of one, each as
    a multiple of its floor, where it has one: the machine may have become slower in between."""
    sizes = sorted({one.posts for one in figures if may_grow_by(one)})
    if len(sizes) < 2:
        return []
    at = {(one.what, one.posts): one.compared for one in figures}
    return [
        Figure(
            f"{one.what}, against {sizes[0]:,}",
            sizes[-1],
            one.compared / at[one.what, sizes[-1]],
            unit="times",
            target=most(limit),
        )
        for one in figures
        if one.posts == sizes[0] and (limit := may_grow_by(one)) and at.get((one.what, sizes[-1]))
    ]


def may_grow_by(figure: Figure) -> float | None:
    """None for what does not tell how often a second a thing can be done."""
    if figure.unit != "a second":
        return None
    return GROWTH.get(figure.what) or (GROWTH_OF_PAGES if figure.what.startswith(PAGES) else None)


# How often a second of processor time a thing can be done, and beside it its floor.
Turn = tuple[float, float]


def against(operation: Callable[[], object], floor: Callable[[], object]) -> Turn:
    """Operations per second of processor time, and their ratio to the floor."""
    return medians(turns(operation, floor, rounds=15))


def turns(
    operation: Callable[[], object], floor: Callable[[], object], *, rounds: int
) -> list[Turn]:
    """Of one and the other, so that a busy machine slows both alike.

    The first turn, which finds what is kept for a generation, does not count.
    """
    return [(_rate(operation), _rate(floor)) for _ in range(rounds + 1)][1:]


def medians(turns: list[Turn]) -> Turn:
    """Of the rates, and of their ratios: each is held against what it stands beside."""
    rate = statistics.median(one for one, _ in turns)
    return rate, statistics.median(one / other for one, other in turns)


def _rate(operation: Callable[[], object], *, seconds: float = 0.1) -> float:
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds or not count:
        operation()
        count += 1
    return count / (time.process_time() - start)
