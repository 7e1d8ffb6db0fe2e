"""What a post assumes, as readers are told it: when written, now, and the way between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from blog.models import Assumption, ClaimMention, Post
from publication.compiled import compiled
from publication.models import Publication
from sources.ledger import Change, Verdict
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim, Report

# How many lines of a ledger a preview tells.
LINES_OF_A_PREVIEW = 3


@dataclass(frozen=True)
class Assumed:
    """One assumption, and what has become of it."""

    row: Assumption
    ledger: Ledger
    written: Verdict
    now: Verdict
    path: Sequence[Change]

    @property
    def claim(self) -> Claim:
        return self.row.claim

    @property
    def has_moved(self) -> bool:
        return self.written.mark != self.now.mark

    @property
    def last(self) -> Change | None:
        return self.path[-1] if self.path else None


@dataclass(frozen=True)
class Preview:
    """A claim of which the text speaks: how it stands, and the last lines of its ledger."""

    claim: Claim
    now: Verdict
    reports: Sequence[Report]


@dataclass(frozen=True)
class Assumptions:
    """Of one post. False where it assumes nothing and never did."""

    every: Sequence[Assumed]
    previews: Sequence[Preview]

    def __bool__(self) -> bool:
        return bool(self.every)

    @property
    def standing(self) -> list[Assumed]:
        return [one for one in self.every if one.row.dropped_at is None]

    @property
    def dropped(self) -> list[Assumed]:
        return [one for one in self.every if one.row.dropped_at is not None]

    @property
    def moved(self) -> list[Assumed]:
        """Those whose standing is not that of the day of writing; the last to move first."""
        moved = [one for one in self.standing if one.has_moved and one.last]
        return sorted(moved, key=lambda one: one.last.at if one.last else one.row.made_at)[::-1]


def assumptions_of(
    post: Post,
    at: datetime,
    publication: Publication,
    *,
    typed: Sequence[Assumption] | None = None,
    mentions: Sequence[ClaimMention] | None = None,
) -> Assumptions:
    """Four queries at the most, however many assumptions and reports there are.

    A preview hands over what is `typed`, and the `mentions` of a text that is not saved.
    """
    rows = _assumptions(post.pk) if typed is None else list(typed)
    spoken_of = (
        ClaimMention.objects.of_posts([post]).filter(claim__isnull=False).select_related("claim")
        if mentions is None
        else mentions
    )
    claims = {row.claim.pk: row.claim for row in [*rows, *spoken_of] if row.claim}
    ledgers = ledgers_of(claims.values())
    mentioned = dict.fromkeys(row.claim_id for row in spoken_of if row.claim_id in ledgers)
    return Assumptions(
        every=[assumed(row, post, ledgers[row.claim_id], at, publication) for row in rows],
        previews=[_preview(ledgers[pk], at, publication) for pk in mentioned if pk],
    )


@compiled
def _assumptions(post: int) -> QuerySet[Assumption]:
    return Assumption.objects.filter(post=post).select_related("claim")


def assumed(
    row: Assumption, post: Post, ledger: Ledger, at: datetime, publication: Publication
) -> Assumed:
    """When written: said by the day of the facts, recorded by the moment of publication."""
    zone = publication.zone
    since = min(row.published_at(post), at)
    known_at = min(post.known_at or since, since)
    written = ledger.standing(known_at.astimezone(zone).date(), since)
    return Assumed(
        row=row,
        ledger=ledger,
        written=written,
        now=ledger.now(at, zone),
        path=ledger.path(written, since, at, zone),
    )


def _preview(ledger: Ledger, at: datetime, publication: Publication) -> Preview:
    """The first line of a ledger and the last ones: how it began and what was said last."""
    counted = ledger.counted(at.astimezone(publication.zone).date(), at)
    kept = LINES_OF_A_PREVIEW - 1
    shown = counted if len(counted) <= LINES_OF_A_PREVIEW else [counted[0], *counted[-kept:]]
    return Preview(ledger.claim, ledger.now(at, publication.zone), shown)
