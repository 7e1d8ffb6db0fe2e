"""Making announced changes of a standing anew, and telling where they differ from ledgers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sources.models import Claim, StandingChange
from sources.models.changes import announce, called_for, content_of

A_BATCH = 200


@dataclass(frozen=True)
class Drift:
    """One way in which what was announced of a claim differs from its ledger."""

    claim: Claim
    what: str

    def __str__(self) -> str:
        return f"claim {self.claim.slug}: {self.what}"


def claims() -> Iterator[Claim]:
    return Claim.objects.order_by("pk").iterator(chunk_size=A_BATCH)


def rebuild(claim: Claim) -> None:
    """Changes that are as they should be keep their ids: feeds and worklists know them."""
    with transaction.atomic():
        announce(claim)


def drifts(claim: Claim) -> Iterator[Drift]:
    """What `rebuild` would change. Reads only."""
    stored = {row.at: row for row in claim.changes.all()}
    for row in called_for(claim):
        known = stored.pop(row.at, None)
        if known is None:
            yield Drift(claim, f"{_told(row)} is in the ledger, and was not announced")
        elif content_of(known) != content_of(row):
            yield Drift(claim, f"{_told(known)} was announced, and is not so in the ledger")
    for row in stored.values():
        yield Drift(claim, f"{_told(row)} was announced, and is not in the ledger")


def all_drifts() -> Iterator[Drift]:
    for claim in claims():
        yield from drifts(claim)


def _told(change: StandingChange) -> str:
    return f"“{change.was_words} → {change.words}”, {_minute(change.at)}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
