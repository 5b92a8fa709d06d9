"""The public lists as data: the same filters and order, all rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from relationships.exporting.cities import CITIES
from relationships.exporting.committees import COMMITTEES
from relationships.exporting.exchanges import EXCHANGES
from relationships.exporting.ties import TIES
from relationships.listing.cities import CityList
from relationships.listing.committees import CommitteeList
from relationships.listing.exchanges import ExchangeList
from relationships.listing.ties import TieList
from sistercities.exporting import licence, writing
from sistercities.exporting.answering import answer, head
from sistercities.exporting.columns import Table
from sistercities.listing.lists import Listing


@dataclass(frozen=True)
class Exported:
    """A list and the forms in which it is had; `page` is its URL name."""

    page: str
    table: Table
    listing: type[Listing]
    suffixes: tuple[str, ...]


LISTS = {
    one.page: one
    for one in (
        Exported("city-list", CITIES, CityList, ("csv", "json", "geojson")),
        Exported("tie-list", TIES, TieList, ("csv", "json", "geojson")),
        Exported("committee-list", COMMITTEES, CommitteeList, ("csv", "json")),
        Exported("exchange-list", EXCHANGES, ExchangeList, ("csv", "json")),
    )
}


def list_as(request: HttpRequest, page: str, suffix: str) -> StreamingHttpResponse:
    """A list as the address asks for it."""
    exported = LISTS[page]
    table, listing = exported.table, exported.listing(request)
    path = reverse(f"public:{page}")
    url = path + "".join(listing.links.url().partition("?")[1:])
    schema = f"{page}-geojson" if suffix == "geojson" else page
    about = head(request, url, schema) | {"filters": listing.form.chosen}

    def parts() -> Iterator[str]:
        rows: Iterator[dict[str, Any]] = table.rows(listing.ordered)
        if suffix == "csv":
            return writing.as_csv(table.header, rows)
        if suffix == "json":
            return writing.as_json(about, rows)
        found = (writing.feature(row, table.place, table.name) for row in rows)
        return writing.as_geojson(about, found)

    word = path.strip("/").rpartition("/")[2]
    name = f"{word}-{licence.as_of(request).isoformat()}"
    return answer(request, suffix, parts, name=name, page=url)
