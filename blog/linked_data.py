"""What a page says to machines: schema.org in JSON-LD.

A claim is a `Claim` with its appearances, never a ClaimReview: the site rates nobody.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from publication.models import Publication
from sources.ledger import SUPPORTING, Stance
from sources.ledgers import Ledger
from sources.models import Report, Source

# Those that say so themselves, and those that pass it on.
APPEARANCES = SUPPORTING | {Stance.REPEATS}
NEWS = frozenset({"article-newspaper", "broadcast"})
# As django.utils.html.json_script: nothing in it can end the element.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(data: Mapping[str, Any]) -> SafeString:
    """A block of data, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


def claim_data(ledger: Ledger, at: datetime, publication: Publication, site: str) -> dict[str, Any]:
    """`site` is the scheme and host before every address."""
    url = site + reverse("blog:claim", args=[ledger.claim.slug])
    counted = ledger.counted(at.astimezone(publication.zone).date(), at)
    shown = [report for report in counted if report.stance in APPEARANCES]
    first = next((report for report in shown if report.stance in SUPPORTING), None)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": url,
        "url": url,
        "text": ledger.claim.statement,
    }
    if first:
        data |= {
            "author": _author(first, site),
            "datePublished": _day(first.said_from, first.said_to),
            "firstAppearance": {"@id": _id(first.pk, url)},
        }
    if shown:
        data["appearance"] = [_appearance(report, url, site) for report in shown]
    return data


def _appearance(report: Report, url: str, site: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@id": _id(report.pk, url),
        "@type": "CreativeWork",
        "author": _author(report, site),
        "datePublished": _day(report.said_from, report.said_to),
    }
    if report.source:
        data |= _work(report.source)
    if report.repeats_id:
        data["isBasedOn"] = {"@id": _id(report.repeats_id, url)}
    return data


def _work(source: Source) -> dict[str, Any]:
    known = {
        "@type": "NewsArticle" if source.csl_type in NEWS else "CreativeWork",
        "name": source.title,
        "url": source.url,
        "archivedAt": source.archived_url,
        "inLanguage": source.language,
        "publisher": {"@type": "Organization", "name": source.outlet.name} if source.outlet else "",
    }
    return {name: value for name, value in known.items() if value}


def _author(report: Report, site: str) -> dict[str, str]:
    """Without a type: the ledger does not say whether an origin is a person or a body."""
    origin = report.origin
    return {"name": str(origin), "url": site + reverse("blog:origin", args=[origin.slug])}


def _id(pk: int, url: str) -> str:
    return f"{url}#report-{pk}"


def _day(first: date, last: date) -> str:
    """As much of the date as is known: the day, the month or the year."""
    if first == last:
        return last.isoformat()
    return f"{last:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{last:%Y}"
