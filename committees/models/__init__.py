"""Places, committees and people."""

from committees.models.city import City, CityName
from committees.models.committee import Committee, CommitteeCity
from committees.models.invitation import Invitation
from committees.models.message import Message, Thread
from committees.models.office import Office, OfficeTerm
from committees.models.person import Membership, Person
from committees.models.region import Region

__all__ = [
    "City",
    "CityName",
    "Committee",
    "CommitteeCity",
    "Invitation",
    "Membership",
    "Message",
    "Office",
    "OfficeTerm",
    "Person",
    "Region",
    "Thread",
]
