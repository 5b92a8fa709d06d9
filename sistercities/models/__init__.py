"""The floor's tables: people who log in, addresses, tallies, search names, the version number."""

from sistercities.models.address import Address
from sistercities.models.base import Published, Reviewed, StoredFile, Timestamped
from sistercities.models.fields import FoldedField
from sistercities.models.search import SearchName, SearchTail
from sistercities.models.tally import Tally
from sistercities.models.user import User
from sistercities.models.version import RegistryVersion

__all__ = [
    "Address",
    "FoldedField",
    "Published",
    "RegistryVersion",
    "Reviewed",
    "SearchName",
    "SearchTail",
    "StoredFile",
    "Tally",
    "Timestamped",
    "User",
]
