"""How fast a thing is, in operations per second, and against a floor of the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is to the bare view (or None where there is no floor)."""

    what: str
    posts: int
    per_second: float
    ratio: float | None = None


def against(
    operation: Callable[[], object], floor: Callable[[], object], *, rounds: int = 15
) -> tuple[float, float]:
    """Operations per second of processor time, and their ratio to the floor.

    Both are measured in turns, so that a busy machine slows both alike; the medians count.
    """
    rates = [(_rate(operation), _rate(floor)) for _ in range(rounds + 1)][1:]
    rate = statistics.median(one for one, _ in rates)
    return rate, rate / statistics.median(other for _, other in rates)


def _rate(operation: Callable[[], object], *, seconds: float = 0.1) -> float:
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds or not count:
        operation()
        count += 1
    return count / (time.process_time() - start)


def table(figures: list[Figure], conditions: str) -> str:
    """The figures as text, aligned; a ratio below 1 is slower than the bare view."""
    head = f"{'':44}{'posts':>8}{'per second':>14}{'to bare view':>15}"
    lines = [conditions, "", head, "-" * len(head)]
    for one in figures:
        ratio = "" if one.ratio is None else f"1/{1 / one.ratio:.1f}"
        lines.append(f"{one.what:44}{one.posts:>8}{one.per_second:>14,.1f}{ratio:>15}")
    return "\n".join(lines)
