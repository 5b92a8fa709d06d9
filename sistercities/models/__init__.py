"""The floor's tables: people who log in, addresses, tallies, search names, the version number."""

from sistercities.models.address import Address
from sistercities.models.association import Association, PageText
from sistercities.models.attachment import Attachment
from sistercities.models.base import Published, Reviewed, StoredFile, Timestamped
from sistercities.models.cache import CacheEntry
from sistercities.models.countryalias import CountryAlias
from sistercities.models.draft import Draft
from sistercities.models.export import Export
from sistercities.models.fields import FoldedField
from sistercities.models.job import Job
from sistercities.models.limit import Knock
from sistercities.models.link import UsedLink
from sistercities.models.mail import MailRefusal, OutgoingMail
from sistercities.models.mailing import Mailing
from sistercities.models.merge import Duplicate, Merge
from sistercities.models.receipt import FormReceipt
from sistercities.models.search import SearchName, SearchTail
from sistercities.models.tally import Tally
from sistercities.models.user import User
from sistercities.models.version import RegistryVersion

__all__ = [
    "Address",
    "Association",
    "Attachment",
    "CacheEntry",
    "CountryAlias",
    "Draft",
    "Duplicate",
    "Export",
    "FoldedField",
    "FormReceipt",
    "Job",
    "Knock",
    "MailRefusal",
    "Mailing",
    "Merge",
    "OutgoingMail",
    "PageText",
    "Published",
    "RegistryVersion",
    "Reviewed",
    "SearchName",
    "SearchTail",
    "StoredFile",
    "Tally",
    "Timestamped",
    "UsedLink",
    "User",
]
