"""Claims as readers find them: which there are, in what order, and on whose word they rest.

What no published post assumes or speaks of has no page and counts nowhere: neither such a claim,
nor the origins, sources and outlets that only such claims know.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from blog.cited import is_cited
from blog.models import Assumption, ClaimMention, Post, Story, public_claims
from publication.compiled import compiled
from sources.ledger import Standing
from sources.models import (
    Claim,
    Origin,
    OriginQuerySet,
    Outlet,
    Report,
    ReportQuerySet,
    Source,
    SourceQuerySet,
    StandingChange,
)
from sources.models.claims import ClaimQuerySet

# In the order of the index: what is known best, then what is open, then what fell.
RANKED = (
    Standing.CONFIRMED,
    Standing.CORROBORATED,
    Standing.REPORTED,
    Standing.UNRESOLVED,
    Standing.REFUTED,
    Standing.UNREPORTED,
)
# How many lines the page of a source or outlet tells; the rest is on the claims' own pages.
CARRIED_AT_MOST = 100


def has_claims(at: datetime | None = None) -> bool:
    """Whether there is any claim for readers. One query that ends with the first it finds."""
    return bool(_any_claim(at or timezone.now()))


@compiled
def _any_claim(at: datetime) -> QuerySet[Claim, int]:
    assumed = Assumption.objects.public(at).filter(claim=OuterRef("pk"))
    spoken_of = ClaimMention.objects.public(at).filter(claim=OuterRef("pk"))
    claims = Claim.objects.filter(Exists(assumed) | Exists(spoken_of))
    return claims.order_by().values_list("pk", flat=True)[:1]


# --- The index ------------------------------------------------------------------------


def listed_claims(by: str, at: datetime) -> ClaimQuerySet:
    """By "story", "standing", or the moment when it last "moved".

    Each with its standing, `post_count` (posts that rest on it) and the name of its `story`.
    """
    claims = public_claims(at).with_standing(at).annotate(post_count=_post_count(at))
    if by == "moved":
        return claims.order_by(F("moved_at").desc(nulls_last=True), "statement", "pk")
    if by == "standing":
        ranks = [When(standing_now=one.value, then=rank) for rank, one in enumerate(RANKED)]
        rank = Case(*ranks, default=len(RANKED), output_field=IntegerField())
        return claims.annotate(rank=rank).order_by("rank", "statement", "pk")
    story = _stories_at(at, OuterRef("pk")).order_by("name", "pk")[:1]
    return claims.annotate(
        story=Subquery(story.values("name")), story_slug=Subquery(story.values("slug"))
    ).order_by(F("story").asc(nulls_last=True), "story_slug", "statement", "pk")


def _post_count(at: datetime) -> Coalesce:
    resting = Assumption.objects.public(at).standing().filter(claim=OuterRef("pk")).order_by()
    counted = resting.values("claim").annotate(n=Count("post", distinct=True)).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _stories_at(at: datetime, claim: OuterRef | int) -> QuerySet[Story]:
    """The stories, of those that have a page, to which a claim belongs."""
    inner = OuterRef(claim) if isinstance(claim, OuterRef) else claim
    posts = Post.objects.published(at).filter(story=OuterRef("pk"))
    filed = Story.claims.through.objects.filter(story=OuterRef("pk"), claim=inner)
    assumed = Assumption.objects.public(at).filter(post__story=OuterRef("pk"), claim=inner)
    spoken_of = ClaimMention.objects.public(at).filter(post__story=OuterRef("pk"), claim=inner)
    return Story.objects.filter(
        Exists(posts), Exists(filed) | Exists(assumed) | Exists(spoken_of)
    ).order_by("name", "pk")


def stories_of(claim: Claim, at: datetime) -> QuerySet[Story]:
    return _stories_at(at, claim.pk)


def with_last_change(claims: Iterable[Claim], at: datetime) -> list[Claim]:
    """The same claims, each with `change`: how it last moved, or None. One query."""
    claims = list(claims)
    changes = StandingChange.objects.filter(claim__in=claims).announced(at)
    last = {change.claim_id: change for change in changes.order_by("at")}
    for claim in claims:
        claim.change = last.get(claim.pk)  # type: ignore[attr-defined]
    return claims


# --- Who spoke, and through whom ------------------------------------------------------


def public_reports(at: datetime) -> ReportQuerySet:
    """The lines of the ledgers that readers can see, as far as their day has come."""
    return Report.objects.filter(
        claim__in=public_claims(at), recorded_at__lte=at, said_to__lte=timezone.localdate(at)
    )


def origins_on_record(at: datetime) -> OriginQuerySet:
    """Those that have a page: struck lines stay on record, too."""
    return Origin.objects.filter(pk__in=public_reports(at).order_by().values("origin"))


def shown_sources(at: datetime) -> SourceQuerySet:
    """Those that have a page: a published post cites them, or they carry a public claim."""
    carrying = Exists(public_reports(at).filter(source=OuterRef("pk")))
    return Source.objects.with_outlet().filter(Q(is_cited(at)) | Q(carrying, is_not_a_source=False))


def shown_outlets(at: datetime) -> QuerySet[Outlet]:
    return Outlet.objects.filter(Exists(shown_sources(at).filter(outlet=OuterRef("pk"))))


@dataclass(frozen=True)
class Carried:
    """A claim, and the lines of its ledger that came through one source or outlet."""

    claim: Claim
    reports: list[Report]


def carried(reports: ReportQuerySet, at: datetime) -> list[Carried]:
    """By claim, the one spoken of last first. Two queries."""
    newest = reports.with_origins().order_by("-said_to", "-pk")[:CARRIED_AT_MOST]
    lines: dict[Claim, list[Report]] = defaultdict(list)
    for report in with_claims(newest, at):
        lines[report.claim].append(report)
    return [Carried(claim, some) for claim, some in lines.items()]


def with_claims(reports: Iterable[Report], at: datetime) -> list[Report]:
    """The same lines, each with its claim as that stands now. One query."""
    reports = list(reports)
    claims = Claim.objects.with_standing(at).in_bulk({report.claim_id for report in reports})
    for report in reports:
        report.claim = claims[report.claim_id]
    return reports
