"""How fast a thing is, in operations per second, and against a floor of the same run."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is to the bare view (or None where there is no floor)."""

    what: str
    posts: int
    per_second: float
    ratio: float | None = None

    @property
    def compared(self) -> float:
        """What can be compared between runs: the ratio, where there is one."""
        return self.per_second if self.ratio is None else self.ratio


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


def _told(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio > 1 else f"1/{1 / ratio:.1f}"


def table(
    figures: list[Figure], conditions: str, before: Mapping[tuple[str, int], float] | None = None
) -> str:
    """The figures as text, aligned; a ratio below 1 is slower than the bare view.

    The last column is how it compares with the run `before`, where there was one.
    """
    head = f"{'':44}{'posts':>8}{'per second':>14}{'to bare view':>15}{'before':>9}"
    lines = [conditions, "", head, "-" * len(head)]
    for one in figures:
        ratio = _told(one.ratio) if one.ratio else ""
        earlier = (before or {}).get((one.what, one.posts))
        change = f"{one.compared / earlier - 1:+.0%}" if earlier else ""
        row = f"{one.what:44}{one.posts:>8}{one.per_second:>14,.1f}{ratio:>15}{change:>9}"
        lines.append(row)
    return "\n".join(lines)
