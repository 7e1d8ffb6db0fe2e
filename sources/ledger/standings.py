"""What a ledger adds up to: one pure function, and its explanation as data.

The rule is DESIGN's: independent origins are counted, not outlets; an origin's latest
position counts; two unnamed origins of one body are one, until an editor tells them apart.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sources.ledger.terms import SUPPORTING, Line, Origin, Ruling, Stance, Standing


@dataclass(frozen=True, slots=True)
class Verdict:
    """A standing and everything that it rests on."""

    standing: Standing
    is_contested: bool = False
    support: tuple[tuple[Origin, ...], ...] = ()
    """The independent origins, earliest first; those that count as one stand together."""
    denied_by: tuple[Origin, ...] = ()
    confirmed_by: tuple[Origin, ...] = ()
    """Origins that confirm what is their own act."""
    repeats: int = 0
    ruling: Ruling | None = None

    @property
    def mark(self) -> tuple[Standing, bool]:
        """All of it that is a change when it changes."""
        return self.standing, self.is_contested

    @property
    def words(self) -> str:
        """ "corroborated", "corroborated, contested"."""
        return in_words(self.standing, is_contested=self.is_contested)


UNREPORTED = Verdict(Standing.UNREPORTED)


def in_words(standing: str, *, is_contested: bool) -> str:
    return f"{standing}, contested" if is_contested else str(standing)


def standing(
    lines: Iterable[Line], rulings: Iterable[Ruling], said_by: date, recorded_by: datetime
) -> Verdict:
    """What was said by the end of a day, as far as it had been recorded by a moment.

    The order of the lines does not matter.
    """
    counted = [line for line in lines if line.is_counted(said_by, recorded_by)]
    positions = [_position(some) for some in _by_origin(counted)]
    supporting = [one for one in positions if one.supports]
    groups = _independent(supporting, recorded_by)
    confirming = tuple(one.origin for one in supporting if one.settles)
    denying = tuple(one.origin for one in positions if one.denies)
    ruling = _in_force(rulings, said_by, recorded_by)
    return Verdict(
        standing=ruling.standing if ruling else _added_up(len(groups), bool(confirming)),
        is_contested=bool(denying),
        support=groups,
        denied_by=denying,
        confirmed_by=confirming,
        repeats=sum(line.stance is Stance.REPEATS for line in counted),
        ruling=ruling,
    )


def _added_up(origins: int, is_settled: bool) -> Standing:
    if is_settled:
        return Standing.CONFIRMED
    if origins > 1:
        return Standing.CORROBORATED
    return Standing.REPORTED if origins else Standing.UNREPORTED


@dataclass(frozen=True, slots=True)
class Position:
    """Where one origin stands: both at once only where it said both on one day."""

    origin: Origin
    since: date
    supports: bool
    denies: bool
    settles: bool


def _by_origin(lines: Iterable[Line]) -> list[Sequence[Line]]:
    """The lines of each origin; origins by the day of their first line, then by name.

    Not by key alone, so that the same ledger reads the same on every site.
    """
    each: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        each[line.origin.key].append(line)
    return sorted(each.values(), key=_precedence)


def _precedence(lines: Sequence[Line]) -> tuple[date, str, str]:
    origin = lines[0].origin
    return _first_day(lines), origin.name, str(origin.key)


def _first_day(lines: Iterable[Line]) -> date:
    return min(line.said_to for line in lines)


def _position(lines: Sequence[Line]) -> Position:
    """A retraction takes away what the origin had supported up to its day, and nothing else."""
    retracted = max(
        (line.said_to for line in lines if line.stance is Stance.RETRACTS), default=date.min
    )
    support = [line for line in lines if line.stance in SUPPORTING and line.said_to > retracted]
    denials = [line for line in lines if line.stance is Stance.DENIES]
    supported = max((line.said_to for line in support), default=None)
    denied = max((line.said_to for line in denials), default=None)
    standing_support = [line for line in support if denied is None or line.said_to >= denied]
    return Position(
        origin=lines[0].origin,
        since=_first_day(lines),
        supports=bool(standing_support),
        denies=denied is not None and (supported is None or denied >= supported),
        settles=any(
            line.stance is Stance.CONFIRMS and line.has_authority for line in standing_support
        ),
    )


def _independent(
    positions: Iterable[Position], recorded_by: datetime
) -> tuple[tuple[Origin, ...], ...]:
    groups: dict[Hashable, list[Origin]] = defaultdict(list)
    for one in positions:
        groups[_counted_as(one.origin, recorded_by)].append(one.origin)
    return tuple(tuple(group) for group in groups.values())


def _counted_as(origin: Origin, recorded_by: datetime) -> Hashable:
    """Unnamed origins of an unknown body count as one, too: nobody can tell that they are two."""
    is_apart = origin.told_apart_at is not None and origin.told_apart_at <= recorded_by
    if origin.is_named or is_apart:
        return "origin", origin.key
    return "body", origin.body


def _in_force(rulings: Iterable[Ruling], said_by: date, recorded_by: datetime) -> Ruling | None:
    """The last one that has not been lifted."""
    standing_ones = [one for one in rulings if one.is_in_force(said_by, recorded_by)]
    return max(
        standing_ones, key=lambda one: (one.ruled_on, one.recorded_at, str(one.key)), default=None
    )
