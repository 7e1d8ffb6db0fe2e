"""How a standing moved: by the days on which things were said, and by when we recorded them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sources.ledger.standings import UNREPORTED, Verdict, standing
from sources.ledger.terms import Line, Ruling


@dataclass(frozen=True, slots=True)
class Change:
    """From a moment on (a day, in the zone of the site) the standing is another."""

    at: datetime
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """The standing from a day on."""

    on: date
    verdict: Verdict


def announced(lines: Sequence[Line], rulings: Sequence[Ruling], zone: tzinfo) -> Iterator[Change]:
    """Every change as readers could know of it: by the moment at which it was recorded.

    So a line that is dated back is announced once, on the day of its entry. What is dated
    ahead counts from the beginning of its day.
    """
    before = UNREPORTED
    for moment in moments(lines, rulings, zone):
        after = standing(lines, rulings, moment.astimezone(zone).date(), moment)
        if after.mark != before.mark:
            yield Change(moment, before, after)
        before = after


def path(
    lines: Sequence[Line],
    rulings: Sequence[Ruling],
    *,
    written: Verdict,
    since: datetime,
    until: datetime,
    zone: tzinfo,
) -> Iterator[Change]:
    """From what a post was written on to what is known now, change by change.

    The first may be of the moment of publication itself, where the facts were "as known" earlier.
    """
    before = written
    later = [at for at in moments(lines, rulings, zone) if since < at <= until]
    for moment in [since, *later]:
        after = standing(lines, rulings, moment.astimezone(zone).date(), moment)
        if after.mark != before.mark:
            yield Change(moment, before, after)
        before = after


def course(
    lines: Sequence[Line], rulings: Sequence[Ruling], until: date, recorded_by: datetime
) -> Iterator[Step]:
    """How the standing moved by the days on which things were said, as recorded by a moment."""
    before = UNREPORTED
    for day in sorted(day for day in _days(lines, rulings) if day <= until):
        after = standing(lines, rulings, day, recorded_by)
        if after.mark != before.mark:
            yield Step(day, after)
        before = after


def moments(lines: Iterable[Line], rulings: Iterable[Ruling], zone: tzinfo) -> list[datetime]:
    """When anything was entered, struck, ruled, lifted or told apart, or came due."""
    found: set[datetime | None] = set()
    for line in lines:
        found |= {line.recorded_at, line.struck_at, line.origin.told_apart_at}
        found.add(_due(line.said_to, line.recorded_at, zone))
    for ruling in rulings:
        found |= {ruling.recorded_at, ruling.lifted_at}
        found.add(_due(ruling.ruled_on, ruling.recorded_at, zone))
        if ruling.lifted_on and ruling.lifted_at:
            found.add(_due(ruling.lifted_on, ruling.lifted_at, zone))
    return sorted(moment for moment in found if moment is not None)


def _days(lines: Iterable[Line], rulings: Iterable[Ruling]) -> set[date]:
    days = {line.said_to for line in lines} | {ruling.ruled_on for ruling in rulings}
    return days | {ruling.lifted_on for ruling in rulings if ruling.lifted_on}


def _due(day: date, recorded_at: datetime, zone: tzinfo) -> datetime | None:
    """The first moment of a day that had not come when it was recorded."""
    dawn = datetime.combine(day, time.min, tzinfo=zone)
    return dawn if dawn > recorded_at else None
