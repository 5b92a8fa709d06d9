"""The national office's pages of ties and all that belongs to them; cities and committees too,
because their ties are recomputed when they change."""

from relationships.admin import groups, queues
from relationships.admin.comparisons import ComparisonAdmin
from relationships.admin.doings import DonationAdmin, ExchangeAdmin, ProgrammeAdmin
from relationships.admin.edits import TieEditAdmin
from relationships.admin.errorreports import ErrorReportAdmin
from relationships.admin.evidence import EvidenceAdmin
from relationships.admin.imports import (
    ColumnMatchAdmin,
    ImportBatchAdmin,
    ImportRowAdmin,
    PlaceAliasAdmin,
)
from relationships.admin.inquiries import CorrectionAdmin, InquiryAdmin, SideContactAdmin
from relationships.admin.objections import ObjectionAdmin
from relationships.admin.places import CityAdmin, CommitteeAdmin, RegionAdmin
from relationships.admin.proposals import ProposalAdmin
from relationships.admin.story import ConfirmationAdmin, StatementAdmin, TieEventAdmin
from relationships.admin.ties import TieAdmin, TieCommitteeAdmin
from relationships.admin.vitality import VitalityLimitsAdmin

__all__ = [
    "CityAdmin",
    "ColumnMatchAdmin",
    "CommitteeAdmin",
    "ComparisonAdmin",
    "ConfirmationAdmin",
    "CorrectionAdmin",
    "DonationAdmin",
    "ErrorReportAdmin",
    "EvidenceAdmin",
    "ExchangeAdmin",
    "ImportBatchAdmin",
    "ImportRowAdmin",
    "InquiryAdmin",
    "ObjectionAdmin",
    "PlaceAliasAdmin",
    "ProgrammeAdmin",
    "ProposalAdmin",
    "RegionAdmin",
    "SideContactAdmin",
    "StatementAdmin",
    "TieAdmin",
    "TieCommitteeAdmin",
    "TieEditAdmin",
    "TieEventAdmin",
    "VitalityLimitsAdmin",
    "groups",
    "queues",
]
