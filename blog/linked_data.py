"""What a page says to machines: schema.org in JSON-LD.

A claim is a `Claim` with its appearances, never a ClaimReview: the site rates nobody.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from blog.formats import schema
from blog.formats.telling import Telling
from sources.ledger import SUPPORTING, Stance
from sources.ledgers import Ledger
from sources.models import Report

# Those that say so themselves, and those that pass it on.
APPEARANCES = SUPPORTING | {Stance.REPEATS}
# As django.utils.html.json_script: nothing in it can end the element. One by one, since a table
# of all three takes hundreds of times as long.
ESCAPED = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def script(data: Mapping[str, Any]) -> SafeString:
    """A block of data, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escaped in ESCAPED.items():
        text = text.replace(character, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


def claim_data(ledger: Ledger, told: Telling) -> dict[str, Any]:
    """With whoever says so or passes it on."""
    url = told.page("claim", ledger.claim.slug)
    counted = ledger.counted(told.at.astimezone(told.publication.zone).date(), told.at)
    shown = [report for report in counted if report.stance in APPEARANCES]
    first = next((report for report in shown if report.stance in SUPPORTING), None)
    data: dict[str, Any] = {"@context": schema.CONTEXT} | schema.claim(ledger.claim, told)
    if first:
        data |= {
            "author": _author(first, told),
            "datePublished": _day(first.said_from, first.said_to),
            "firstAppearance": {"@id": _id(first.pk, url)},
        }
    if shown:
        data["appearance"] = [_appearance(report, url, told) for report in shown]
    return data


def _appearance(report: Report, url: str, told: Telling) -> dict[str, Any]:
    """The source that carried it, in which the origin is who speaks."""
    work = schema.work(report.source, told) if report.source else {"@type": "CreativeWork"}
    data = work | {
        "@id": _id(report.pk, url),
        "author": _author(report, told),
        "datePublished": _day(report.said_from, report.said_to),
    }
    if report.repeats_id:
        data["isBasedOn"] = {"@id": _id(report.repeats_id, url)}
    return data


def _author(report: Report, told: Telling) -> dict[str, str]:
    """Without a type: the ledger does not say whether an origin is a person or a body."""
    return {"name": str(report.origin), "url": told.page("origin", report.origin.slug)}


def _id(pk: int, url: str) -> str:
    return f"{url}#report-{pk}"


def _day(first: date, last: date) -> str:
    """As much of the date as is known: the day, the month or the year."""
    if first == last:
        return last.isoformat()
    return f"{last:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{last:%Y}"
