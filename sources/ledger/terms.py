"""The terms of the ledger: what is entered in it, and what it can add up to."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stance(StrEnum):
    """What an origin does to a claim with one report."""

    REPORTS = "reports"
    REPEATS = "repeats"
    CORROBORATES = "corroborates"
    CONFIRMS = "confirms"
    CONCEDES = "concedes"
    DENIES = "denies"
    DECLINES = "declines"
    RETRACTS = "retracts"


class Standing(StrEnum):
    """What the ledger adds up to at a moment; "contested" is a second mark beside any of them."""

    UNREPORTED = "unreported"
    REPORTED = "reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNRESOLVED = "unresolved"


SUPPORTING = frozenset(
    {Stance.REPORTS, Stance.CORROBORATES, Stance.CONFIRMS, Stance.CONCEDES},
)
# What an editor may rule; the rest is for the ledger to say.
RULED = (Standing.CONFIRMED, Standing.REFUTED, Standing.UNRESOLVED)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose word it is, as far as counting needs to know."""

    key: Hashable
    name: str = ""
    is_named: bool = True
    body: Hashable = None
    """The body that an unnamed origin speaks for; None where it is not known."""
    told_apart_at: datetime | None = None
    """When an editor recorded why this one is not the same as others of its body."""


@dataclass(frozen=True, slots=True)
class Line:
    """One report: on a day between two, this origin took this stance. It counts from the later."""

    key: Hashable
    origin: Origin
    stance: Stance
    said_from: date
    said_to: date
    recorded_at: datetime
    struck_at: datetime | None = None
    has_authority: bool = False
    """The matter is this origin's own act, so that its confirmation settles it."""

    def is_counted(self, said_by: date, recorded_by: datetime) -> bool:
        return (
            self.said_to <= said_by
            and self.recorded_at <= recorded_by
            and not (self.struck_at and self.struck_at <= recorded_by)
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an editor decided, from a day on, until it is lifted."""

    key: Hashable
    standing: Standing
    ruled_on: date
    recorded_at: datetime
    reason: str = ""
    lifted_on: date | None = None
    lifted_at: datetime | None = None
    """The moment at which the lifting was recorded."""

    def is_in_force(self, said_by: date, recorded_by: datetime) -> bool:
        if self.ruled_on > said_by or self.recorded_at > recorded_by:
            return False
        if self.lifted_on is None or self.lifted_at is None:
            return True
        return self.lifted_on > said_by or self.lifted_at > recorded_by
