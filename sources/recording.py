"""What is done to a ledger as a whole: a line is struck, a ruling lifted, two origins told apart.

Entering a line or a ruling is saving it; nothing is deleted.
"""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from publication.models import Publication
from sources.models import Claim, Origin, Report, Ruling
from sources.models.changes import announce


class RecordingRefused(Exception):  # noqa: N818
    """Nothing was done. The text is for the person who asked."""


def today() -> date:
    """The day that it is where the site is."""
    return timezone.now().astimezone(Publication.current().zone).date()


def strike(report: Report, because: str, by: AbstractBaseUser | None) -> None:
    """From now on the line counts as absent. Raises RecordingRefused."""
    if not because.strip():
        raise RecordingRefused("Say to readers why this line is struck.")
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        if row.is_struck:
            raise RecordingRefused("This line is struck already.")
        row.struck_at, row.struck_because = timezone.now(), because.strip()
        row.struck_by = by  # type: ignore[assignment]
        row.save()
    report.refresh_from_db()


def lift(ruling: Ruling, because: str, by: AbstractBaseUser | None) -> None:
    """From today on the ledger speaks for itself again. Raises RecordingRefused."""
    if not because.strip():
        raise RecordingRefused("Say to readers why this ruling is lifted.")
    with transaction.atomic():
        row = Ruling.objects.select_for_update().get(pk=ruling.pk)
        if row.is_lifted:
            raise RecordingRefused("This ruling is lifted already.")
        row.lifted_on, row.lifted_at = today(), timezone.now()
        row.lifted_because, row.lifted_by = because.strip(), by  # type: ignore[assignment]
        row.save()
    ruling.refresh_from_db()


def tell_apart(origin: Origin, because: str, by: AbstractBaseUser | None) -> None:
    """From now on this unnamed origin counts by itself, in every ledger. For good.

    Raises RecordingRefused.
    """
    if not because.strip():
        raise RecordingRefused("Say to readers how you know that it is somebody else.")
    with transaction.atomic():
        row = Origin.objects.select_for_update().get(pk=origin.pk)
        if row.is_named:
            raise RecordingRefused("A named origin counts by itself already.")
        if row.told_apart_at is None:
            row.told_apart_at = timezone.now()
        row.told_apart_because, row.told_apart_by = because.strip(), by  # type: ignore[assignment]
        row.save()
        announce_all(origin)
    origin.refresh_from_db()


def announce_all(origin: Origin) -> None:
    """The ledgers in which an origin speaks, brought up to date."""
    for claim in Claim.objects.filter(reports__origin=origin).distinct().order_by("pk"):
        announce(claim)
