"""What can be cited, and who published it."""

from sources.models.outlets import Outlet, OutletHost, OutletHostQuerySet, OutletQuerySet
from sources.models.sources import Source, SourceQuerySet

__all__ = [
    "Outlet",
    "OutletHost",
    "OutletHostQuerySet",
    "OutletQuerySet",
    "Source",
    "SourceQuerySet",
]
