"""What stands beside the posts of an export: the publication, authors, stories, sources …

A row that is here already is left as it is: an import adds, and overwrites nothing.
"""

from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from blog.importing import ledger
from blog.importing.lists import items, read, saved
from blog.importing.report import Report
from blog.models import Author, Post, Story, Topic
from publication.models import Publication
from sources.csl import from_csl, outlet_slug
from sources.models import Claim, Outlet, OutletHost, Source

Row = TypeVar("Row", Author, Story, Topic, Outlet)

PUBLICATION = (
    "name", "tagline", "address", "former_addresses", "language", "time_zone", "contact",
    "notice", "about", "policies",
)  # fmt: skip
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Author: ("name", "family", "given", "bio", "links"),
    Story: ("name", "summary", "is_concluded"),
    Topic: ("name",),
    Outlet: (
        "name", "native_name", "kind", "country", "language", "is_party", "party_note", "note",
    ),
}  # fmt: skip
# Fields of a source in which an export may have put the outlet's name; those where it was typed
# are listed in `custom` under this key.
NAMED_LIKE_OUTLET = ("container_title", "publisher")
TYPED = "outlet_name_in"


def load(folder: Path, report: Report) -> None:
    """Everything but the posts, each row by itself: a broken one does not stop the rest."""
    _publication(folder, report)
    _rows(Author, folder, "authors.json", report)
    _rows(Topic, folder, "topics.json", report)
    for item in _rows(Outlet, folder, "outlets.json", report):
        _hosts(item)
    for item in items(folder, "sources.json", report):
        saved(partial(_source, item), item, "sources.json", report)
    ledger.load(folder, report)
    _stories(folder, report)


def _publication(folder: Path, report: Report) -> None:
    """Only on a site without posts: on any other the publication is somebody's already."""
    data = read(folder, "publication.json", report)
    if not isinstance(data, dict) or Post.objects.exists():
        return
    publication = Publication.current()
    for name in PUBLICATION:
        if isinstance(data.get(name), str):
            setattr(publication, name, data[name])
    saved(partial(_save_cleaned, publication), data, "publication.json", report)


def _rows(model: type[Row], folder: Path, name: str, report: Report) -> list[dict[str, Any]]:
    found = items(folder, name, report)
    known = set(model._default_manager.values_list("slug", flat=True))
    for item in found:
        slug = str(item.get("slug", ""))
        if slug not in known:
            values = {field: item[field] for field in FIELDS[model] if field in item}
            row: models.Model = model(slug=slug, **values)
            saved(partial(_save_cleaned, row), item, name, report)
    return found


def _stories(folder: Path, report: Report) -> None:
    """Those that are new get their claims, too."""
    known = set(Story.objects.values_list("slug", flat=True))
    for item in _rows(Story, folder, "stories.json", report):
        story = Story.objects.filter(slug=str(item.get("slug"))).first()
        slugs = item.get("claims")
        if story and story.slug not in known and isinstance(slugs, list):
            story.claims.set(Claim.objects.by_slugs(map(str, slugs)).values())


def _hosts(item: dict[str, Any]) -> None:
    outlet = Outlet.objects.filter(slug=str(item.get("slug"))).first()
    hosts = item.get("hosts")
    if outlet and isinstance(hosts, list):
        for host in hosts:
            OutletHost.objects.get_or_create(host=str(host)[:253], defaults={"outlet": outlet})


def _source(item: dict[str, Any]) -> None:
    item, typed = _without_typed(item)
    fields = from_csl(item)
    outlet = Outlet.objects.filter(slug=outlet_slug(item)).first()
    if outlet:
        fields |= {name: outlet.name for name in NAMED_LIKE_OUTLET if name in typed}
    if fields["citekey"] and Source.objects.filter(citekey=fields["citekey"]).exists():
        return
    source = Source(**fields, outlet=outlet)
    if source.duplicate() is None:
        source.save()


def _without_typed(item: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    custom = item.get("custom")
    if not isinstance(custom, dict) or not isinstance(custom.get(TYPED), list):
        return item, []
    return item | {"custom": {k: v for k, v in custom.items() if k != TYPED}}, custom[TYPED]


def _save_cleaned(row: models.Model) -> None:
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
