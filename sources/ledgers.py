"""Whole ledgers, read in bulk: two queries however many claims there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from django.db.models import QuerySet

from publication.compiled import compiled
from sources import ledger
from sources.models import Claim, Report, Ruling


@dataclass(frozen=True)
class Ledger:
    """A claim with everything that was ever entered about it, struck lines included."""

    claim: Claim
    reports: Sequence[Report]
    """By the day on which they were said, each with its origin, source and outlet."""
    rulings: Sequence[Ruling]

    @cached_property
    def lines(self) -> list[ledger.Line]:
        return [report.line() for report in self.reports]

    @cached_property
    def decisions(self) -> list[ledger.Ruling]:
        return [ruling.counted() for ruling in self.rulings]

    def standing(self, said_by: date, recorded_by: datetime) -> ledger.Verdict:
        return ledger.standing(self.lines, self.decisions, said_by, recorded_by)

    def now(self, at: datetime, zone: tzinfo) -> ledger.Verdict:
        return self.standing(at.astimezone(zone).date(), at)

    def path(
        self, written: ledger.Verdict, since: datetime, until: datetime, zone: tzinfo
    ) -> list[ledger.Change]:
        return list(
            ledger.path(
                self.lines, self.decisions, written=written, since=since, until=until, zone=zone
            )
        )

    def course(self, until: date, recorded_by: datetime) -> list[ledger.Step]:
        return list(ledger.course(self.lines, self.decisions, until, recorded_by))

    def counted(self, said_by: date, recorded_by: datetime) -> list[Report]:
        """The reports that count then."""
        pairs = zip(self.reports, self.lines, strict=True)
        return [report for report, line in pairs if line.is_counted(said_by, recorded_by)]


def ledgers_of(claims: Iterable[Claim]) -> Mapping[int, Ledger]:
    """By the claims' ids; nothing is asked where there are none."""
    claims = list(claims)
    if not claims:
        return {}
    reports: dict[int, list[Report]] = defaultdict(list)
    rulings: dict[int, list[Ruling]] = defaultdict(list)
    ids = tuple(claim.pk for claim in claims)
    for report in _reports(ids):
        reports[report.claim_id].append(report)
    for ruling in _rulings(ids):
        rulings[ruling.claim_id].append(ruling)
    return {claim.pk: Ledger(claim, reports[claim.pk], rulings[claim.pk]) for claim in claims}


@compiled
def _reports(claims: tuple[int, ...]) -> QuerySet[Report]:
    lines = Report.objects.filter(claim__in=claims).with_origins()
    return lines.select_related("source__outlet").by_day()


@compiled
def _rulings(claims: tuple[int, ...]) -> QuerySet[Ruling]:
    return Ruling.objects.filter(claim__in=claims)
