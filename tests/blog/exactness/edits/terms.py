"""What an edit is, and how it chooses what it is about."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import models

Row = TypeVar("Row", bound=models.Model)
# The row that an edit was about; None where it found nothing to do.
Edit = Callable[[Random, User], models.Model | None]


def one(rows: "models.QuerySet[Row]", dice: Random) -> Row | None:
    """The same one in every process that has the same dice."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=dice.choice(keys)) if keys else None


def saved(model: type[models.Model], field: str, said: str = "Named ") -> Edit:
    """As at the desk."""

    def edit(dice: Random, editor: User) -> models.Model | None:
        row = one(model._default_manager.all(), dice)
        if row:
            setattr(row, field, f"{said}{dice.randrange(10**6)}")
            row.save()
        return row

    return edit


def switched(model: type[models.Model], field: str) -> Edit:
    def edit(dice: Random, editor: User) -> models.Model | None:
        row = one(model._default_manager.all(), dice)
        if row:
            setattr(row, field, not getattr(row, field))
            row.save()
        return row

    return edit


def updated(model: type[models.Model], field: str) -> Edit:
    """Past the models: every row at once."""

    def edit(dice: Random, editor: User) -> models.Model | None:
        model._default_manager.update(**{field: f"Set {dice.randrange(999)}."})
        return model._default_manager.first()

    return edit


def deleted(model: type[models.Model], few: int) -> Edit:
    """Where nothing leans on the row, and more than a few are left."""

    def edit(dice: Random, editor: User) -> models.Model | None:
        rows = model._default_manager
        row = one(rows.all(), dice) if rows.count() > few else None
        if row:
            try:
                rows.get(pk=row.pk).delete()
            except models.ProtectedError:
                return None
        return row

    return edit
