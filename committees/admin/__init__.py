"""The national office's pages of places, committees and people.

Cities, committees and regions are registered on the floor above, in `relationships.admin`, because
the ties that follow from them must be recomputed when they change.
"""

from committees.admin import groups, queues
from committees.admin.committees import CommitteePages
from committees.admin.page import (
    DocumentAdmin,
    MeetingAdmin,
    NewsAdmin,
    PhotoAdmin,
    SisterTextAdmin,
)
from committees.admin.people import MembershipAdmin, OfficeAdmin, OfficeTermAdmin, PersonAdmin
from committees.admin.places import CityPages, RegionPages

__all__ = [
    "CityPages",
    "CommitteePages",
    "DocumentAdmin",
    "MeetingAdmin",
    "MembershipAdmin",
    "NewsAdmin",
    "OfficeAdmin",
    "OfficeTermAdmin",
    "PersonAdmin",
    "PhotoAdmin",
    "RegionPages",
    "SisterTextAdmin",
    "groups",
    "queues",
]
