"""Places, committees and people."""

from committees.models.advice import AdviceMessage, AdviceRequest
from committees.models.affiliation import Affiliation
from committees.models.application import Application
from committees.models.city import City, CityName
from committees.models.committee import Committee, CommitteeCity
from committees.models.consent import Consent
from committees.models.convention import Convention, ProgrammeItem
from committees.models.credentials import Credential, Credentials
from committees.models.delegation import Delegation
from committees.models.document import Document
from committees.models.dues import Dues, DuesRate, DuesRule, Payment
from committees.models.guide import Guide, GuideFile
from committees.models.invitation import Invitation
from committees.models.joining import JoinRequest
from committees.models.meeting import Meeting
from committees.models.memberimport import MemberImport, MemberImportRow
from committees.models.message import Message, Thread
from committees.models.news import News
from committees.models.office import Office, OfficeTerm
from committees.models.person import Membership, Person
from committees.models.photo import Photo
from committees.models.region import Region
from committees.models.registration import Registration
from committees.models.sistertext import SisterText

__all__ = [
    "AdviceMessage",
    "AdviceRequest",
    "Affiliation",
    "Application",
    "City",
    "CityName",
    "Committee",
    "CommitteeCity",
    "Consent",
    "Convention",
    "Credential",
    "Credentials",
    "Delegation",
    "Document",
    "Dues",
    "DuesRate",
    "DuesRule",
    "Guide",
    "GuideFile",
    "Invitation",
    "JoinRequest",
    "Meeting",
    "MemberImport",
    "MemberImportRow",
    "Membership",
    "Message",
    "News",
    "Office",
    "OfficeTerm",
    "Payment",
    "Person",
    "Photo",
    "ProgrammeItem",
    "Region",
    "Registration",
    "SisterText",
    "Thread",
]
