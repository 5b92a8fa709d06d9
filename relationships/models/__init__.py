"""Ties between cities, their life, and what the committees do together."""

from relationships.models.confirmation import Confirmation
from relationships.models.donation import Donation
from relationships.models.event import TieEvent
from relationships.models.evidence import Evidence
from relationships.models.exchange import Exchange
from relationships.models.importing import ImportBatch, ImportRow
from relationships.models.programme import Activity, Programme
from relationships.models.statement import Statement
from relationships.models.tie import Tie, TieCommittee

__all__ = [
    "Activity",
    "Confirmation",
    "Donation",
    "Evidence",
    "Exchange",
    "ImportBatch",
    "ImportRow",
    "Programme",
    "Statement",
    "Tie",
    "TieCommittee",
    "TieEvent",
]
