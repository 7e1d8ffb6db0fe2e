"""What a post assumes, out of the front matter of an export."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from blog.importing.dates import moment
from blog.importing.front_matter import Value
from blog.models import Assumption
from sources.models import Claim
from sources.models.origins import fold_name

Rows = list[Assumption]


def assumptions(written: Value, made_at: datetime, zone: tzinfo) -> tuple[Rows, list[str]]:
    """The rows, still without their post, and what is wrong with the others.

    `made_at`: when they were made, where they do not say.
    """
    found = [item for item in written if isinstance(item, dict)] if written else []
    claims = Claim.objects.by_slugs(str(item.get("claim")) for item in found) if found else {}
    rows: Rows = []
    problems: list[str] = []
    for item in found:
        try:
            rows.append(_row(item, claims, rows, made_at, zone))
        except ValueError as error:
            problems.append(f"assumes: {error}")
    return rows, problems


def _row(
    item: Mapping[str, Value],
    claims: Mapping[str, Claim],
    rows: Rows,
    made_at: datetime,
    zone: tzinfo,
) -> Assumption:
    """Raises ValueError for what cannot be."""
    slug, words = str(item.get("claim")), item.get("words", "")
    claim = claims.get(fold_name(slug))
    if claim is None:
        raise ValueError(f"“{slug}” names no claim")
    if not isinstance(words, str):
        raise ValueError("words is not a text")
    dropped_at = _moment(item, "dropped_at", zone)
    if dropped_at is None and any(row.claim == claim and not row.dropped_at for row in rows):
        raise ValueError(f"“{slug}” stands there twice")
    return Assumption(
        claim=claim,
        words=words,
        position=len(rows),
        made_at=_moment(item, "made_at", zone) or made_at,
        dropped_at=dropped_at,
    )


def _moment(item: Mapping[str, Value], name: str, zone: tzinfo) -> datetime | None:
    written = item.get(name)
    found = moment(written, zone) if isinstance(written, str) else None
    if written and not found:
        raise ValueError(f"{name} is not a date: {str(written)[:40]}")
    return found.at if found else None
