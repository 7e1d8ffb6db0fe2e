"""What can be cited, and who published it."""

from sources.models.lookups import SourceQuerySet
from sources.models.outlets import Outlet, OutletHost, OutletHostQuerySet, OutletQuerySet
from sources.models.sources import Source

__all__ = [
    "Outlet",
    "OutletHost",
    "OutletHostQuerySet",
    "OutletQuerySet",
    "Source",
    "SourceQuerySet",
]
