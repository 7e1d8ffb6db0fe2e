"""The sources' room at the desk. Outlets, origins and rulings are registered here.

The blog registers sources, claims and reports, adding which posts use them and who may.
"""

from sources.admin.claims import ClaimAdmin
from sources.admin.origins import OriginAdmin
from sources.admin.permissions import KeepsLedger
from sources.admin.reports import ReportAdmin
from sources.admin.rulings import RulingAdmin
from sources.admin.sources import OutletAdmin, SourceAdmin

__all__ = [
    "ClaimAdmin",
    "KeepsLedger",
    "OriginAdmin",
    "OutletAdmin",
    "ReportAdmin",
    "RulingAdmin",
    "SourceAdmin",
]
