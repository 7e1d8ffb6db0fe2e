"""What both formats ask of a CSL-JSON item."""

from collections.abc import Mapping
from typing import Any

from sources.dates import PartialDate

Item = Mapping[str, Any]


def text(item: Item, *names: str) -> str:
    """The first of these variables that is there, on one line."""
    values = (item.get(name) for name in names)
    return next((" ".join(str(value).split()) for value in values if value), "")


def day(item: Item, name: str) -> PartialDate:
    return PartialDate.from_csl(item.get(name))


def names(item: Item, role: str) -> list[Mapping[str, Any]]:
    return list(item.get(role) or ())
