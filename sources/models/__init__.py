"""What can be cited, and who published it."""

from sources.models.keys import FormerCitekey
from sources.models.lookups import SourceQuerySet
from sources.models.outlets import Outlet, OutletHost, OutletHostQuerySet, OutletQuerySet
from sources.models.sources import Source

__all__ = [
    "FormerCitekey",
    "Outlet",
    "OutletHost",
    "OutletHostQuerySet",
    "OutletQuerySet",
    "Source",
    "SourceQuerySet",
]
