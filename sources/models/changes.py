"""Keeping the announced changes of a standing in step with the ledger."""

from collections.abc import Iterable
from typing import Any

from publication.models import Publication
from sources import ledger
from sources.models.claims import Claim, StandingChange

CONTENT = ("at", "was", "was_contested", "standing", "is_contested", "because")


def announce(claim: Claim) -> None:
    """Make the rows of one claim equal to what its ledger says. Call inside a transaction.

    Rows keep their ids, since feeds and worklists know them. Whoever enters a line at the same
    time waits for the claim's row.
    """
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    stored = {row.at: row for row in claim.changes.all()}
    for row in called_for(claim):
        known = stored.pop(row.at, None)
        row.pk = known.pk if known else None
        if known is None or content_of(known) != content_of(row):
            row.save()
    StandingChange.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()


def called_for(claim: Claim) -> Iterable[StandingChange]:
    """The rows, unsaved, that a ledger calls for."""
    zone = Publication.current().zone
    for change in ledger.announced(claim.lines(), claim.decisions(), zone):
        yield StandingChange(
            claim=claim,
            at=change.at,
            was=change.before.standing.value,
            was_contested=change.before.is_contested,
            standing=change.after.standing.value,
            is_contested=change.after.is_contested,
            because=ledger.because(change.after),
        )


def content_of(row: StandingChange) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)
