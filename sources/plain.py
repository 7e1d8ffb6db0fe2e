"""Origins and claims as plain objects, as an export writes them and `sources.loading` reads them.

Everything is named by slugs, citekeys and numbers, never by ids. Who did it is the site's own.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from sources.models import Claim, Origin, Report, Ruling

Item = dict[str, Any]

# What is a text in the row and in the object alike.
TEXTS_OF_ORIGIN = ("slug", "name", "note", "told_apart_because")
TEXTS_OF_CLAIM = ("slug", "statement", "would_confirm", "note")
TEXTS_OF_REPORT = (
    "stance", "relayed_through", "said_words", "attribution", "anonymity_reason", "quotation",
    "note", "struck_because",
)  # fmt: skip
TEXTS_OF_RULING = ("standing", "reason", "lifted_because")


def plain_origins(zone: ZoneInfo) -> Iterator[Item]:
    for origin in Origin.objects.select_related("body", "told_to").order_by("pk"):
        yield _texts(origin, TEXTS_OF_ORIGIN) | {
            "is_named": origin.is_named,
            "body": origin.body.slug if origin.body else None,
            "told_to": origin.told_to.slug if origin.told_to else None,
            "told_apart_at": _moment(origin.told_apart_at, zone),
        }


def plain_claims(zone: ZoneInfo) -> Iterator[Item]:
    """Each with its whole ledger, the lines in the order of their entry."""
    claims = Claim.objects.order_by("pk").prefetch_related(
        "former_slugs",
        "former_statements",
        Prefetch("reports", Report.objects.select_related("origin", "source").order_by("pk")),
        Prefetch("rulings", Ruling.objects.order_by("pk")),
    )
    for claim in claims:
        yield _claim(claim, zone)


def _claim(claim: Claim, zone: ZoneInfo) -> Item:
    return {"uid": str(claim.uid)} | _texts(claim, TEXTS_OF_CLAIM) | {
        "created_at": _moment(claim.created_at, zone),
        "former_slugs": sorted(row.slug for row in claim.former_slugs.all()),
        "former_statements": [
            {"statement": row.statement, "replaced_at": _moment(row.replaced_at, zone)}
            for row in claim.former_statements.all()
        ],
        "reports": list(_reports(claim.reports.all(), zone)),
        "rulings": [_ruling(ruling, zone) for ruling in claim.rulings.all()],
    }  # fmt: skip


def _reports(reports: Iterable[Report], zone: ZoneInfo) -> Iterator[Item]:
    """What a line repeats is named by its number in the ledger."""
    numbers: dict[int | None, int] = {}
    for number, report in enumerate(reports, start=1):
        numbers[report.pk] = number
        yield {"number": number} | _texts(report, TEXTS_OF_REPORT) | {
            "origin": report.origin.slug,
            "source": report.source.citekey if report.source else None,
            "said_from": _day(report.said_from),
            "said_to": _day(report.said_to),
            "repeats": numbers.get(report.repeats_id),
            "has_authority": report.has_authority,
            "recorded_at": _moment(report.recorded_at, zone),
            "struck_at": _moment(report.struck_at, zone),
        }  # fmt: skip


def _ruling(ruling: Ruling, zone: ZoneInfo) -> Item:
    return _texts(ruling, TEXTS_OF_RULING) | {
        "ruled_on": _day(ruling.ruled_on),
        "recorded_at": _moment(ruling.recorded_at, zone),
        "lifted_on": _day(ruling.lifted_on),
        "lifted_at": _moment(ruling.lifted_at, zone),
    }


def _texts(row: Claim | Origin | Report | Ruling, names: Iterable[str]) -> Item:
    return {name: getattr(row, name) for name in names}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None
