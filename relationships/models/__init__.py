"""Ties between cities, their life, and what the committees do together."""

from relationships.models.comparison import Comparison, Difference, LearntId
from relationships.models.confirmation import Confirmation
from relationships.models.donation import Donation
from relationships.models.edit import TieEdit
from relationships.models.errorreport import ErrorReport
from relationships.models.event import TieEvent
from relationships.models.evidence import Evidence
from relationships.models.exchange import Exchange
from relationships.models.importing import ColumnMatch, ImportBatch, ImportRow, PlaceAlias
from relationships.models.inquiry import Correction, Inquiry, SideContact
from relationships.models.objection import Objection
from relationships.models.programme import Activity, Programme
from relationships.models.proposal import Proposal
from relationships.models.statement import Statement
from relationships.models.tie import Tie, TieCommittee
from relationships.models.vitality import Limits, VitalityLimits

__all__ = [
    "Activity",
    "ColumnMatch",
    "Comparison",
    "Confirmation",
    "Correction",
    "Difference",
    "Donation",
    "ErrorReport",
    "Evidence",
    "Exchange",
    "ImportBatch",
    "ImportRow",
    "Inquiry",
    "LearntId",
    "Limits",
    "Objection",
    "PlaceAlias",
    "Programme",
    "Proposal",
    "SideContact",
    "Statement",
    "Tie",
    "TieCommittee",
    "TieEdit",
    "TieEvent",
    "VitalityLimits",
]
