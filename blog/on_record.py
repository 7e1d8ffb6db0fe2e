"""What an origin is on record with, and how that fared: in words, without a score."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from blog.claimed import RANKED, public_reports
from blog.models import public_claims
from sources.ledger import SUPPORTING, Stance, Standing
from sources.ledger.explaining import number
from sources.models import Claim, Origin, Report, ReportQuerySet


def reports_of(origin: Origin, at: datetime) -> ReportQuerySet:
    """Newest first, with what a row of the page tells."""
    reports = public_reports(at).filter(origin=origin).select_related("source__outlet")
    return reports.order_by("-said_to", "-said_from", "-recorded_at", "-pk")


def fared(origin: Origin, at: datetime) -> list[str]:
    """A sentence on the claims it supported, another on those it denied. Two queries."""
    found = {
        "supported": _how_many(_claims_with(origin, at, SUPPORTING), at),
        "denied": _how_many(_claims_with(origin, at, {Stance.DENIES}), at),
    }
    return [_sentence(did, counts) for did, counts in found.items() if counts]


def _claims_with(
    origin: Origin, at: datetime, stances: set[Stance] | frozenset[Stance]
) -> QuerySet[Claim]:
    """Where its word still stands: not struck, and not taken back on that day or later."""
    said = Report.objects.unstruck().filter(
        origin=origin, recorded_at__lte=at, said_to__lte=timezone.localdate(at)
    )
    taken_back = said.filter(
        claim=OuterRef("claim"), said_to__gte=OuterRef("said_to"), stance=Stance.RETRACTS.value
    )
    standing = said.filter(
        ~Exists(taken_back), claim=OuterRef("pk"), stance__in=[one.value for one in stances]
    )
    return public_claims(at).filter(Exists(standing))


def _how_many(claims: QuerySet[Claim], at: datetime) -> Mapping[str, int]:
    standings = Claim.objects.with_standing(at).filter(pk__in=claims.order_by().values("pk"))
    found = (getattr(claim, "standing_now", None) for claim in standings.only("pk"))
    return Counter(standing or Standing.UNREPORTED.value for standing in found)


def _sentence(did: str, counts: Mapping[str, int]) -> str:
    """ "Of the four claims that it supported, three are now corroborated and one is refuted."."""
    told = [(counts[one], one.value) for one in RANKED if counts.get(one)]
    total = sum(counts.values())
    if total == 1:
        return f"The one claim that it {did} is now {told[0][1]}."
    if len(told) == 1:
        return f"All {number(total)} claims that it {did} are now {told[0][1]}."
    (many, word), *others = told
    parts = [f"{number(many)} {_is(many)} now {word}"]
    parts += [f"{number(count)} {_is(count)} {standing}" for count, standing in others]
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"Of the {number(total)} claims that it {did}, {listed}."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
