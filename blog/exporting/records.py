"""What stands beside the posts: one list of plain objects for each kind of row."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from blog.importing.furniture import FIELDS, NAMED_LIKE_OUTLET, PUBLICATION, TYPED
from blog.models import Author, CrossReference, Handling, Story, Topic
from publication.models import Publication
from sources.csl import to_csl
from sources.models import Outlet, Source
from sources.plain import plain_claims, plain_origins

Record = dict[str, Any]


def publication() -> Record:
    current = Publication.current()
    return {name: getattr(current, name) for name in PUBLICATION}


def lists() -> Iterator[tuple[str, list[Record]]]:
    """File names and what is to stand in them."""
    zone = Publication.current().zone
    yield "authors.json", _rows(Author)
    yield "stories.json", [_story(story) for story in _stories()]
    yield "topics.json", _rows(Topic)
    yield "outlets.json", [_outlet(outlet) for outlet in _outlets()]
    yield "sources.json", [_source(source) for source in Source.objects.with_outlet()]
    yield "origins.json", list(plain_origins(zone))
    yield "claims.json", list(plain_claims(zone))
    yield "handlings.json", [_handling(row, zone) for row in _handlings()]
    yield "references.json", [_reference(row) for row in _references()]


def _rows(model: type[models.Model]) -> list[Record]:
    names = ("slug", *FIELDS[model])
    return list(model._default_manager.order_by("pk").values(*names))


def _stories() -> models.QuerySet[Story]:
    return Story.objects.order_by("pk").prefetch_related("claims")


def _story(story: Story) -> Record:
    values = {name: getattr(story, name) for name in ("slug", *FIELDS[Story])}
    return values | {"claims": sorted(claim.slug for claim in story.claims.all())}


def _outlets() -> models.QuerySet[Outlet]:
    return Outlet.objects.order_by("pk").prefetch_related("hosts")


def _outlet(outlet: Outlet) -> Record:
    values = {name: getattr(outlet, name) for name in ("slug", *FIELDS[Outlet])}
    return values | {"hosts": sorted(row.host for row in outlet.hosts.all())}


def _source(source: Source) -> Record:
    """CSL leaves no trace of whether the outlet's name was typed or stands in: ours does."""
    item = to_csl(source)
    name = source.outlet.name if source.outlet else None
    typed = [each for each in NAMED_LIKE_OUTLET if getattr(source, each) == name]
    return item | {"custom": {**item.get("custom", {}), TYPED: typed}} if typed else item


def _handlings() -> models.QuerySet[Handling]:
    return Handling.objects.select_related("post", "claim").order_by("pk")


def _handling(row: Handling, zone: ZoneInfo) -> Record:
    """Who did it is the site's own, as its logins are."""
    return {
        "post": row.post.slug,
        "claim": row.claim.slug,
        "until": row.until.astimezone(zone).isoformat(),
        "what": row.what,
        "note": row.note,
        "at": row.at.astimezone(zone).isoformat(),
    }


def _references() -> models.QuerySet[CrossReference]:
    """For people and other programs: an import makes them anew from the texts."""
    rows = CrossReference.objects.select_related("post", "target")
    return rows.order_by("post__published_at", "post_id", "position")


def _reference(row: CrossReference) -> Record:
    return {
        "from": row.post.slug,
        "to": row.target.slug if row.target else None,
        "written": row.written,
        "kind": row.kind,
        "words": row.anchor,
        "sentence": row.sentence,
        "paragraph": row.paragraph,
        "target_paragraph": row.target_paragraph,
        "line": row.line,
    }
