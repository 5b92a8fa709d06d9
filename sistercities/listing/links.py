"""Addresses of the same list with something changed."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus


class Links:
    """Writes the query strings of one list. Only what the list understood is carried over, in one
    order, so a list has one address however it was asked for."""

    def __init__(self, path: str, chosen: Mapping[str, str]) -> None:
        self.path = path
        self.chosen = dict(chosen)

    def url(self, **changes: str | int | None) -> str:
        """The list with keys set, or taken out where the value is None."""
        kept = {**self.chosen, **changes}
        query = "&".join([_pair(k, str(v)) for k, v in kept.items() if v not in (None, "")])
        return f"{self.path}?{query}" if query else self.path

    def with_(self, key: str, value: str | int | None) -> str:
        """As `url` for one key that may be a word of Python, such as "with" or "from"."""
        return self.url(**{key: value})


@lru_cache(maxsize=4096)
def _pair(key: str, value: str) -> str:
    """A key and its value as they stand in an address; a page has a hundred links of the same."""
    return f"{quote_plus(key)}={quote_plus(value)}"
