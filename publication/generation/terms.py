"""A table that readers can see, and all of those that there are."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Table:
    """A table of which readers see rows.

    `given` is a column without which nothing of a row shows: a draft has no time of
    publication. With `of` and `by` it is a column of the row's owner: the table of that, and
    the column that leads there.

    `moments` are the columns of moments at which a row comes to show, or shows something else,
    though nobody writes anything.
    """

    name: str
    given: str = ""
    of: str = ""
    by: str = ""
    moments: tuple[str, ...] = ()

    def condition(self, row: str) -> str:
        """Whether readers may see this row, in SQL; `row` is OLD or NEW."""
        if not self.given:
            return "1 = 1"
        if not self.of:
            return f"{row}.{self.given} IS NOT NULL"
        return (
            f"EXISTS (SELECT 1 FROM {self.of} AS owner"  # noqa: S608 - names of our own
            f" WHERE owner.id = {row}.{self.by} AND owner.{self.given} IS NOT NULL)"
        )


@cache
def visible_tables() -> tuple[Table, ...]:
    """What the `visible.py` of each room lists."""
    found: list[Table] = []
    for room in apps.get_app_configs():
        if room.module and module_has_submodule(room.module, "visible"):
            found += import_module(f"{room.name}.visible").VISIBLE
    return tuple(found)
