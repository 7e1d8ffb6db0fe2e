"""Standings, and the ledgers that they rest on, as plain data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from blog.assumed import Assumed
from blog.formats.telling import Telling
from sources import ledger
from sources.ledgers import Ledger
from sources.models import Claim, Report, Ruling

Data = dict[str, Any]


def claim_head(claim: Claim, told: Telling) -> Data:
    return {
        "id": claim.uid.urn,
        "slug": claim.slug,
        "url": told.page("claim", claim.slug),
        "statement": claim.statement,
    }


def standing(verdict: ledger.Verdict) -> Data:
    """With the reasons, as far as they are numbers and names."""
    return {
        "standing": verdict.standing.value,
        "is_contested": verdict.is_contested,
        "words": verdict.words,
        "because": ledger.because(verdict),
        "independent_origins": [[origin.name for origin in group] for group in verdict.support],
        "denied_by": [origin.name for origin in verdict.denied_by],
        "confirmed_by": [origin.name for origin in verdict.confirmed_by],
        "repeats": verdict.repeats,
        "is_ruled": verdict.ruling is not None,
    }


def assumption(one: Assumed, told: Telling) -> Data:
    return {
        "claim": claim_head(one.claim, told),
        "words": one.row.shown_words,
        "assumed_at": told.moment(one.row.made_at),
        "dropped_at": told.moment(one.row.dropped_at),
        "when_written": standing(one.written),
        "now": standing(one.now),
        "path": [
            {"at": told.moment(step.at), "was": step.before.words, "is": step.after.words}
            for step in one.path
        ],
    }


def claim_data(book: Ledger, day: date, told: Telling) -> Data:
    """A claim on a day, by today's record: how it stood, why, and the lines that counted."""
    return claim_head(book.claim, told) | {
        "would_confirm": book.claim.would_confirm,
        "note": book.claim.note,
        "on": day.isoformat(),
        "standing": standing(book.standing(day, told.at)),
        "ledger": [_line(report, told) for report in _said_by(book, day, told)],
        "rulings": [_ruling(row) for row in _ruled_by(book, day, told)],
        "course": [
            {"on": step.on.isoformat(), "is": step.verdict.words}
            for step in book.course(day, told.at)
        ],
    }


def _said_by(book: Ledger, day: date, told: Telling) -> Iterable[Report]:
    """Struck lines, too: they stay on record."""
    return (one for one in book.reports if one.said_to <= day and one.recorded_at <= told.at)


def _ruled_by(book: Ledger, day: date, told: Telling) -> Iterable[Ruling]:
    return (one for one in book.rulings if one.ruled_on <= day and one.recorded_at <= told.at)


def _line(report: Report, told: Telling) -> Data:
    source = report.source
    return {
        "id": report.pk,
        "origin": {
            "slug": report.origin.slug,
            "name": str(report.origin),
            "is_named": report.origin.is_named,
            "speaks_for": report.origin.body.name if report.origin.body else None,
        },
        "stance": report.stance,
        "said_from": report.said_from.isoformat(),
        "said_to": report.said_to.isoformat(),
        "said": report.said,
        "source": {"id": source.citekey, "title": source.title} if source else None,
        "relayed_through": report.relayed_through,
        "attribution": report.attribution,
        "anonymity_reason": report.anonymity_reason,
        "quotation": report.quotation,
        "note": report.note,
        "repeats": report.repeats_id,
        "has_authority": report.has_authority,
        "recorded_at": told.moment(report.recorded_at),
        "struck_at": told.moment(report.struck_at),
        "struck_because": report.struck_because,
    }


def _ruling(row: Ruling) -> Data:
    return {
        "standing": row.standing,
        "reason": row.reason,
        "ruled_on": row.ruled_on.isoformat(),
        "lifted_on": row.lifted_on.isoformat() if row.lifted_on else None,
        "lifted_because": row.lifted_because,
    }
