"""The national office's pages of places, committees and people.

Cities, committees and regions are registered on the floor above, in `relationships.admin`, because
the ties that follow from them must be recomputed when they change.
"""

from committees.admin import groups, queues
from committees.admin.advice import AdviceRequestAdmin
from committees.admin.affiliations import AffiliationAdmin, DelegationAdmin
from committees.admin.applications import ApplicationAdmin
from committees.admin.committees import CommitteePages
from committees.admin.conventions import ConventionAdmin
from committees.admin.dues import DuesAdmin, DuesRateAdmin, DuesRuleAdmin, PaymentAdmin
from committees.admin.guides import GuideAdmin
from committees.admin.page import (
    DocumentAdmin,
    MeetingAdmin,
    NewsAdmin,
    PhotoAdmin,
    SisterTextAdmin,
)
from committees.admin.people import MembershipAdmin, OfficeAdmin, OfficeTermAdmin, PersonAdmin
from committees.admin.places import CityPages, RegionPages
from committees.admin.registrations import RegistrationAdmin

__all__ = [
    "AdviceRequestAdmin",
    "AffiliationAdmin",
    "ApplicationAdmin",
    "CityPages",
    "CommitteePages",
    "ConventionAdmin",
    "DelegationAdmin",
    "DocumentAdmin",
    "DuesAdmin",
    "DuesRateAdmin",
    "DuesRuleAdmin",
    "GuideAdmin",
    "MeetingAdmin",
    "MembershipAdmin",
    "NewsAdmin",
    "OfficeAdmin",
    "OfficeTermAdmin",
    "PaymentAdmin",
    "PersonAdmin",
    "PhotoAdmin",
    "RegionPages",
    "RegistrationAdmin",
    "SisterTextAdmin",
    "groups",
    "queues",
]
