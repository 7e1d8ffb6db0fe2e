"""What can be cited, who published it, and what is claimed on whose word."""

from sources.models.claims import (
    Claim,
    ClaimQuerySet,
    FormerClaimSlug,
    FormerStatement,
    StandingChange,
)
from sources.models.keys import FormerCitekey
from sources.models.lookups import SourceQuerySet
from sources.models.origins import Origin, OriginQuerySet
from sources.models.outlets import Outlet, OutletHost, OutletHostQuerySet, OutletQuerySet
from sources.models.reports import Report, ReportQuerySet, Ruling
from sources.models.sources import Source

__all__ = [
    "Claim",
    "ClaimQuerySet",
    "FormerCitekey",
    "FormerClaimSlug",
    "FormerStatement",
    "Origin",
    "OriginQuerySet",
    "Outlet",
    "OutletHost",
    "OutletHostQuerySet",
    "OutletQuerySet",
    "Report",
    "ReportQuerySet",
    "Ruling",
    "Source",
    "SourceQuerySet",
    "StandingChange",
]
