"""The national office's pages of ties and all that belongs to them; cities and committees too,
because their ties are recomputed when they change."""

from relationships.admin.doings import DonationAdmin, ExchangeAdmin, ProgrammeAdmin
from relationships.admin.evidence import EvidenceAdmin
from relationships.admin.imports import ImportBatchAdmin, ImportRowAdmin
from relationships.admin.places import CityAdmin, CommitteeAdmin, RegionAdmin
from relationships.admin.story import ConfirmationAdmin, StatementAdmin, TieEventAdmin
from relationships.admin.ties import TieAdmin, TieCommitteeAdmin

__all__ = [
    "CityAdmin",
    "CommitteeAdmin",
    "ConfirmationAdmin",
    "DonationAdmin",
    "EvidenceAdmin",
    "ExchangeAdmin",
    "ImportBatchAdmin",
    "ImportRowAdmin",
    "ProgrammeAdmin",
    "RegionAdmin",
    "StatementAdmin",
    "TieAdmin",
    "TieCommitteeAdmin",
    "TieEventAdmin",
]
