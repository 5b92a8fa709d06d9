"""The other forms of a page, under the same address with a suffix: /es/ciudades.csv.

A page has a form when there is an address called after both: "public:tie-list" is also had as CSV
where the URLs have "public:tie-list-csv", with the same arguments. Nothing else is to be said: the
head of the page and the line under its content name it then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_resolver, get_urlconf, reverse
from django.utils.functional import lazy


@dataclass(frozen=True)
class Format:
    """A form of data: the suffix of its addresses, its name for people, its media type."""

    suffix: str
    label: str
    type: str


FORMATS = (
    Format("csv", "CSV", "text/csv"),
    Format("json", "JSON", "application/json"),
    Format("geojson", "GeoJSON", "application/geo+json"),
    Format("svg", "SVG", "image/svg+xml"),
    Format("atom", "Atom", "application/atom+xml"),
    Format("ics", "iCal", "text/calendar"),
)


@dataclass(frozen=True)
class FormatLink:
    """A page in another form: the name of the form, its address, its media type."""

    label: str
    url: str
    type: str


def formats_of(page: str, arguments: Mapping[str, Any], query: str = "") -> list[FormatLink]:
    """The forms of a page by its URL name ("public:tie"), with the same arguments and query."""
    return [
        FormatLink(
            one.label, reverse(f"{page}-{one.suffix}", kwargs=dict(arguments)) + query, one.type
        )
        for one in _offered(page, get_urlconf() or settings.ROOT_URLCONF)
    ]


@lru_cache(maxsize=512)
def _offered(page: str, urls: str) -> tuple[Format, ...]:
    namespace, _colon, name = page.rpartition(":")
    resolver = get_resolver(urls)
    if namespace:
        resolver = resolver.namespace_dict.get(namespace, ("", None))[1]
    names = resolver.reverse_dict if resolver else {}
    return tuple(one for one in FORMATS if f"{name}-{one.suffix}" in names)


def _with_suffix(route: Any, suffix: str) -> str:
    return f"{str(route).removesuffix('/')}.{suffix}"


suffixed = lazy(_with_suffix, str)
"""The route of a page's other form, in every language: "cities/" as "cities.csv"."""
