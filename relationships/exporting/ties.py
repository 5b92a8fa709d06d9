"""Ties as data. The columns of the two cities are named as the import of lists names them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from relationships.addresses import short_tie
from relationships.exporting.shared import CHANGED, ID, TIE_PAGES
from relationships.models import Tie
from sistercities.exporting.columns import (
    ADDRESS,
    COUNTRY,
    DAY,
    NUMBER,
    STATE,
    TEXT,
    WHEN,
    WHOLE,
    Column,
    Table,
    code_of,
)


def end(side: str, which: Any) -> tuple[Column, ...]:
    """The columns of one of the two cities."""
    city = f"city_{side}__"
    return (
        Column(f"id_{side}", WHOLE, which["id"], (f"city_{side}_id",), always=True),
        Column(f"slug_{side}", TEXT, which["slug"], (f"{city}slug",), always=True),
        Column(f"city_{side}", TEXT, which["name"], (f"{city}name",), always=True),
        Column(f"state_{side}", STATE, which["state"], (f"{city}region__code",)),
        Column(f"country_{side}", COUNTRY, which["country"], (f"{city}country",), always=True),
        Column(f"latitude_{side}", NUMBER, which["latitude"], (f"{city}latitude",)),
        Column(f"longitude_{side}", NUMBER, which["longitude"], (f"{city}longitude",)),
        Column(f"geonames_{side}", WHOLE, which["geonames"], (f"{city}geonames_id",)),
        Column(f"wikidata_{side}", TEXT, which["wikidata"], (f"{city}wikidata_id",)),
    )


FIRST = {
    "id": _("Permanent number of the first city: the one with the lower number."),
    "slug": _("Name of the first city in addresses."),
    "name": _("Name of the first city."),
    "state": _("State or region of the first city."),
    "country": _("Country of the first city."),
    "latitude": _("Degrees north of the first city."),
    "longitude": _("Degrees east of the first city."),
    "geonames": _("Number of the first city at geonames.org."),
    "wikidata": _("Item of the first city at wikidata.org."),
}
SECOND = {
    "id": _("Permanent number of the second city. A tie has no direction."),
    "slug": _("Name of the second city in addresses."),
    "name": _("Name of the second city."),
    "state": _("State or region of the second city."),
    "country": _("Country of the second city."),
    "latitude": _("Degrees north of the second city."),
    "longitude": _("Degrees east of the second city."),
    "geonames": _("Number of the second city at geonames.org."),
    "wikidata": _("Item of the second city at wikidata.org."),
}


def line(row: dict[str, Any]) -> dict[str, Any] | None:
    """A straight line between the two cities, cut where it crosses the 180th meridian
    (RFC 7946, 3.1.9)."""
    ends = [(row[f"longitude_{side}"], row[f"latitude_{side}"]) for side in "ab"]
    if any(None in one for one in ends):
        return None
    (west, south), (east, north) = sorted(ends)
    if east - west <= 180:
        return {"type": "LineString", "coordinates": [list(one) for one in ends]}
    share = (180 - east) / (360 - (east - west))  # of the way from the eastern end, over the edge
    at = round(north + (south - north) * share, 6)
    return {
        "type": "MultiLineString",
        "coordinates": [[[east, north], [180.0, at]], [[-180.0, at], [west, south]]],
    }


TIES = Table(
    "tie",
    _("Ties"),
    (
        ID,
        Column(
            "url",
            ADDRESS,
            _("Permanent address. It leads to the page, whatever that is called later."),
            ("pk",),
            short_tie,
            always=True,
        ),
        Column(
            "slug",
            TEXT,
            _("Both cities in addresses, joined by “_”: “-y-” in Spanish, “-and-” in English."),
            ("slug",),
            always=True,
        ),
        *TIE_PAGES,
        *end("a", FIRST),
        *end("b", SECOND),
        Column(
            "kind", code_of(Tie.Kind), _("What the two cities call it."), ("kind",), always=True
        ),
        Column(
            "since",
            WHEN,
            _("When it began: the agreement, or else the first event on record."),
            ("since",),
        ),
        Column("ended", WHEN, _("When it ended. Empty while it lasts."), ("ended",)),
        Column(
            "status",
            code_of(Tie.Status),
            _("The one word that pages show, worked out of stage and vitality."),
            ("status",),
            always=True,
        ),
        Column(
            "stage",
            code_of(Tie.Stage),
            _("How far it has come, by its events."),
            ("stage",),
            always=True,
        ),
        Column(
            "vitality",
            code_of(Tie.Vitality),
            _("How recently it gave a sign of life."),
            ("vitality",),
            always=True,
        ),
        Column(
            "reciprocity",
            code_of(Tie.Reciprocity),
            _("Which of the two sides says that it exists."),
            ("reciprocity",),
            always=True,
        ),
        Column(
            "last_confirmed",
            DAY,
            _("When a side last confirmed it."),
            ("last_confirmed",),
        ),
        Column(
            "last_sign_of_life",
            DAY,
            _("The newest confirmation, exchange or signature."),
            ("last_sign_of_life",),
        ),
        Column("distance_km", WHOLE, _("Kilometers between the two cities."), ("distance_km",)),
        CHANGED,
    ),
    place=line,
)
