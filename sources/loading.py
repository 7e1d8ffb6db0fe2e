"""Origins and claims out of plain objects, as `sources.plain` tells them.

What is here already is left as it is. A claim comes with its whole ledger or not at all: a
ledger that lacks a line would tell another standing.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sources.models import (
    Claim,
    FormerClaimSlug,
    FormerStatement,
    Origin,
    Outlet,
    Report,
    Ruling,
    Source,
)
from sources.models.changes import announce
from sources.models.origins import fold_name
from sources.plain import (
    TEXTS_OF_CLAIM,
    TEXTS_OF_ORIGIN,
    TEXTS_OF_REPORT,
    TEXTS_OF_RULING,
    Item,
)

# Asked one by one in the database, or set here.
NOT_CLEANED = ("claim", "origin", "source", "repeats", "recorded_by", "struck_by", "lifted_by")


def bodies_first(items: Iterable[Item]) -> list[Item]:
    """The same origins, each after the body that it speaks for."""
    by_slug = {str(item.get("slug")): item for item in items}
    placed: dict[str, Item] = {}
    for slug in by_slug:
        chain: list[str] = []
        while slug in by_slug and slug not in placed and slug not in chain:
            chain.append(slug)
            slug = str(by_slug[slug].get("body"))
        placed |= {each: by_slug[each] for each in reversed(chain)}
    return list(placed.values())


def load_origin(item: Item, origins: Mapping[str, Origin]) -> Origin:
    """The origin that is here under this slug, or this name, or else a new one.

    `origins`: those that came before it, by the slugs they came with. Raises ValueError or
    ValidationError for what cannot be.
    """
    slug, name, outlet = item.get("slug"), str(item.get("name", "")), item.get("told_to")
    told_to = Outlet.objects.filter(slug=outlet).first() if outlet else None
    if outlet and told_to is None:
        raise ValueError(f"there is no outlet “{outlet}”")
    called = Origin.objects.called(name, told_to=told_to)
    if known := Origin.objects.filter(slug=slug).first() or called:
        return known
    origin = Origin(
        **_texts(item, TEXTS_OF_ORIGIN),
        is_named=item.get("is_named", True),
        body=_origin(item["body"], origins) if item.get("body") else None,
        told_to=told_to,
        told_apart_at=_moment(item.get("told_apart_at")),
    )
    origin.clean_fields(exclude=["folded", "body", "told_to"])
    origin.save()
    return origin


def load_claim(item: Item, origins: Mapping[str, Origin]) -> Claim | None:
    """A new claim with its ledger; None where it is here already. Call inside a transaction.

    Raises ValueError or ValidationError for what cannot be.
    """
    uid = uuid.UUID(str(item["uid"])) if item.get("uid") else uuid.uuid4()
    slug = fold_name(str(item.get("slug", "")))
    if Claim.objects.filter(uid=uid).exists() or Claim.objects.by_slugs([slug] if slug else []):
        return None
    made_at = _moment(item.get("created_at")) or timezone.now()
    claim = Claim(**_texts(item, TEXTS_OF_CLAIM), uid=uid, created_at=made_at)
    claim.full_clean(validate_unique=False, validate_constraints=False)
    claim.save()
    _keep_former(claim, item)
    _enter_lines(claim, _objects(item, "reports"), origins)
    for each in _objects(item, "rulings"):
        _enter_ruling(claim, each)
    announce(claim)
    return claim


def _keep_former(claim: Claim, item: Item) -> None:
    for slug in item.get("former_slugs") or ():
        FormerClaimSlug.objects.get_or_create(slug=fold_name(str(slug)), defaults={"claim": claim})
    for each in _objects(item, "former_statements"):
        row = FormerStatement(claim=claim, statement=each.get("statement", ""))
        row.replaced_at = _moment(each.get("replaced_at")) or claim.created_at
        row.clean_fields(exclude=["claim"])
        row.save()


def _enter_lines(claim: Claim, items: list[Item], origins: Mapping[str, Origin]) -> None:
    keys = {item["source"] for item in items if isinstance(item.get("source"), str)}
    sources = Source.objects.by_citekeys(keys) if keys else {}
    entered: dict[Any, Report] = {}
    for place, item in enumerate(items, start=1):
        repeated, key = item.get("repeats"), item.get("source")
        if key and key not in sources:
            raise ValueError(f"line {place}: there is no source “{key}”")
        if repeated and repeated not in entered:
            raise ValueError(f"line {place}: there is no line {repeated} before it")
        line = Report(
            **_texts(item, TEXTS_OF_REPORT),
            claim=claim,
            origin=_origin(item.get("origin"), origins),
            source=sources.get(key) if key else None,
            said_from=_day(item.get("said_from")),
            said_to=_day(item.get("said_to") or item.get("said_from")),
            repeats=entered.get(repeated),
            has_authority=item.get("has_authority", False),
            recorded_at=_moment(item.get("recorded_at")) or timezone.now(),
            struck_at=_moment(item.get("struck_at")),
        )
        # Not `clean`: what the desk asks for now, a line of long ago may lack.
        line.clean_fields(exclude=NOT_CLEANED)
        line.save(is_announced=False)
        entered[item.get("number", place)] = line


def _enter_ruling(claim: Claim, item: Item) -> None:
    ruling = Ruling(
        **_texts(item, TEXTS_OF_RULING),
        claim=claim,
        ruled_on=_day(item.get("ruled_on")),
        recorded_at=_moment(item.get("recorded_at")) or timezone.now(),
        lifted_on=_day(item["lifted_on"]) if item.get("lifted_on") else None,
        lifted_at=_moment(item.get("lifted_at")),
    )
    ruling.clean_fields(exclude=NOT_CLEANED)
    ruling.save(is_announced=False)


def _origin(slug: Any, origins: Mapping[str, Origin]) -> Origin:
    found = origins.get(str(slug)) or Origin.objects.filter(slug=str(slug)).first()
    if found is None:
        raise ValueError(f"there is no origin “{slug}”")
    return found


def _texts(item: Item, names: Iterable[str]) -> dict[str, str]:
    """Raises ValueError for what is no text."""
    for name in names:
        if not isinstance(item.get(name, ""), str):
            raise ValueError(f"{name} is not a text")
    return {name: item.get(name, "") for name in names}


def _objects(item: Item, name: str) -> list[Item]:
    found = item.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ValueError(f"{name} is not a list of objects")
    return found


def _day(written: Any) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise ValueError(f"“{written}” is not a day, such as 2024-11-18") from None


def _moment(written: Any) -> datetime | None:
    """None for nothing. Raises ValueError for what is no moment."""
    if not written:
        return None
    at = parse_datetime(str(written))
    if at is None:
        raise ValueError(f"“{written}” is not a moment")
    return at if timezone.is_aware(at) else timezone.make_aware(at)
