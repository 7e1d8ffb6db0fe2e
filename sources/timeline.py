"""A ledger told in the order in which things were said: its lines, its rulings, its moves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString

from sources.bibliography import note_html
from sources.ledger import SUPPORTING, Stance, Step, standing
from sources.ledgers import Ledger
from sources.models import Report, Ruling

# What a line did to the claim; whose word it was stands behind it.
DID = {
    Stance.REPORTS: "Reported by",
    Stance.REPEATS: "Repeated by",
    Stance.CORROBORATES: "Corroborated by",
    Stance.CONFIRMS: "Confirmed by",
    Stance.CONCEDES: "Conceded by",
    Stance.DENIES: "Denied by",
    Stance.DECLINES: "Declined to comment:",
    Stance.RETRACTS: "Retracted by",
}
FIRST = "First reported by"
# The first word of it says more than "first" where it settles or concedes the matter.
MAY_BE_FIRST = frozenset({Stance.REPORTS, Stance.CORROBORATES})
# What never moves a standing.
IDLE = frozenset({Stance.REPEATS, Stance.DECLINES})


@dataclass(frozen=True)
class Row:
    """Something said, ruled or lifted on a day; `step` where the standing moved by it."""

    on: date
    recorded_at: datetime
    report: Report | None = None
    ruling: Ruling | None = None
    is_lifting: bool = False
    is_first: bool = False
    step: Step | None = None

    @property
    def did(self) -> str:
        if self.report is None:
            return ""
        return FIRST if self.is_first else DID[Stance(self.report.stance)]

    @property
    def is_struck(self) -> bool:
        return self.report is not None and self.report.is_struck

    @property
    def entered_on(self) -> date | None:
        """The day on which it was recorded, where that is another."""
        day = timezone.localdate(self.recorded_at)
        return day if day != self.on else None

    @property
    def source_html(self) -> SafeString:
        """Through what it came, on whose word by this line's own account."""
        if self.report is None or self.report.source is None:
            return SafeString("")
        entry = self.report.source.entry()
        if self.report.attribution:
            entry = replace(entry, attribution=self.report.attribution, attributed_to="")
        return note_html(entry)

    @property
    def may_move(self) -> bool:
        return not self.is_struck and not (self.report and self.report.stance in IDLE)


def timeline(ledger: Ledger, until: date, recorded_by: datetime) -> list[Row]:
    """Everything said or decided by the end of a day, as recorded by a moment, earliest first.

    Struck lines are among it: they stay, with their reason.
    """
    rows = [*_lines(ledger), *_decisions(ledger)]
    known = [row for row in rows if row.on <= until and row.recorded_at <= recorded_by]
    known.sort(key=lambda row: (row.on, row.recorded_at))
    return _moved(known, ledger.course(until, recorded_by), recorded_by)


def _lines(ledger: Ledger) -> Iterator[Row]:
    unstruck = (one for one in ledger.reports if not one.is_struck and one.stance in SUPPORTING)
    first = next(unstruck, None)
    for report in ledger.reports:
        is_first = report is first and report.stance in MAY_BE_FIRST
        yield Row(report.said_to, report.recorded_at, report=report, is_first=is_first)


def _decisions(ledger: Ledger) -> Iterator[Row]:
    for ruling in ledger.rulings:
        yield Row(ruling.ruled_on, ruling.recorded_at, ruling=ruling)
        if ruling.lifted_on and ruling.lifted_at:
            yield Row(ruling.lifted_on, ruling.lifted_at, ruling=ruling, is_lifting=True)


def _moved(rows: Sequence[Row], steps: Iterable[Step], recorded_by: datetime) -> list[Row]:
    """The rows, each move with what caused it."""
    told = list(rows)
    for step in steps:
        index = _cause(rows, step, recorded_by)
        if index is not None:
            told[index] = replace(told[index], step=step)
    return told


def _cause(rows: Sequence[Row], step: Step, recorded_by: datetime) -> int | None:
    """The first of its day with which all that stands above comes to the new standing."""
    causes = [index for index, row in enumerate(rows) if row.on == step.on and row.may_move]
    for index in causes[:-1]:
        above = rows[: index + 1]
        lines = [row.report.line() for row in above if row.report]
        rulings = [row.ruling.counted() for row in above if row.ruling]
        if standing(lines, rulings, step.on, recorded_by).mark == step.verdict.mark:
            return index
    return causes[-1] if causes else None
