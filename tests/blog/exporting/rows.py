"""Everything that a site holds, by names instead of ids, so that two sites can be compared."""

from typing import Any

from django.apps import apps
from django.db import models

from blog.models import Assumption, Picture
from sources.models import Origin, Report

ROOMS = ("blog", "sources", "publication")
# When a row came and was touched, and who did it, is the site's own.
NOT_COMPARED = {"id", "created_at", "edited_at", "uploaded_at"}
DOERS = {
    "created_by", "uploaded_by", "replaced_by", "by", "recorded_by", "struck_by", "lifted_by",
    "told_apart_by",
}  # fmt: skip
# A picture is written anew on its way in: its bytes may differ, what it shows does not.
OF_PICTURES = {"file"}
# Only their order counts.
OF_ASSUMPTIONS = {"position"}

# What can be made again, what is still to be done, and how often readers saw a change.
NOT_HELD = {
    "blog.Rendition", "blog.Word", "blog.Occurrence", "publication.Job", "publication.Generation",
}  # fmt: skip

# Rows that others protect are deleted last.
ORDER = {
    "crossreference": -2, "citation": -2, "claimmention": -2, "byline": -2, "post": -1,
    "report": -1, "ruling": -1, "outlet": 1,
}  # fmt: skip

Site = dict[str, list[str]]


def everything() -> Site:
    """Every row of every model of the rooms, as sorted texts."""
    found: Site = {}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            if model._meta.label in NOT_HELD:
                continue
            rows = model._default_manager.all()
            found[model._meta.label] = sorted(repr(_row(row)) for row in rows)
    return found


def emptied() -> None:
    """Take every row away, what refers to others first: a site before its first day."""
    Report.objects.update(repeats=None)
    Origin.objects.update(body=None)
    rows = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    for model in sorted(rows, key=lambda model: ORDER.get(model._meta.model_name or "", 0)):
        model._default_manager.all().delete()


def _row(row: models.Model) -> dict[str, Any]:
    left_out = NOT_COMPARED | DOERS
    left_out |= OF_PICTURES if isinstance(row, Picture) else set()
    left_out |= OF_ASSUMPTIONS if isinstance(row, Assumption) else set()
    fields = [f for f in row._meta.concrete_fields if f.name not in left_out]
    return {field.name: _value(row, field) for field in fields}


def _value(row: models.Model, field: "models.Field[Any, Any]") -> Any:
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        return _name(value)
    if isinstance(value, dict):
        return sorted(value.items())
    return value.isoformat() if hasattr(value, "tzinfo") else value


def _name(row: models.Model) -> str:
    if isinstance(row, Report):
        return f"{row.claim.slug}: {row}, {row.recorded_at.isoformat()}"
    name = getattr(row, "slug", "") or getattr(row, "citekey", "") or getattr(row, "alt", "")
    return f"{row._meta.label}:{name or row.pk}"


def differences(one: Site, other: Site) -> list[str]:
    """What only one of two sites has; [] when they are the same."""
    return [
        f"{label}: {side}: {row[:600]}"
        for label in sorted(one.keys() | other.keys())
        for side, mine, theirs in (
            ("only before", one.get(label, []), set(other.get(label, []))),
            ("only after", other.get(label, []), set(one.get(label, []))),
        )
        for row in mine
        if row not in theirs
    ]
