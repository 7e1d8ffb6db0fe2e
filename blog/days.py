"""How a claim stood on a past day: the day that an address asks for, and the ways on from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sources.ledger import Step

NO_DAY = "“{}” is not a day. Give one as year, month and day: {}."
NOT_YET = "That day has not come yet. This is how it stands today."


@dataclass(frozen=True)
class Asked:
    """The day to tell of: the one asked for, or today with a word on why not that one."""

    day: date
    is_past: bool = False
    problem: str = ""


def asked_for(text: str, today: date) -> Asked:
    """`text` is what the address has as its day; empty where it has none."""
    if not text.strip():
        return Asked(today)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return Asked(today, problem=NO_DAY.format(text.strip()[:40], today.isoformat()))
    if day > today:
        return Asked(today, problem=NOT_YET)
    return Asked(day, is_past=day < today)


@dataclass(frozen=True)
class Ways:
    """The moves of a standing around a day, each the day from which it stood so."""

    since: Step | None = None
    before: Step | None = None
    after: Step | None = None


def ways(course: Sequence[Step], day: date) -> Ways:
    """`course` goes on to today, whatever the day."""
    past = [step for step in course if step.on <= day]
    later = [step for step in course if step.on > day]
    return Ways(
        since=past[-1] if past else None,
        before=past[-2] if len(past) > 1 else None,
        after=later[0] if later else None,
    )
