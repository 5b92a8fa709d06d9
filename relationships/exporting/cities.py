"""Cities as data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.models import City
from relationships.addresses import short_city
from relationships.exporting.shared import CHANGED, ID, known_number, pages_of
from relationships.pages.facts import web_address
from sistercities.exporting.columns import (
    ADDRESS,
    COUNTRY,
    NUMBER,
    STATE,
    TEXT,
    WEBSITE,
    WHEN,
    WHOLE,
    Column,
    Table,
    code_of,
)


def point(row: dict[str, Any]) -> dict[str, Any] | None:
    """Where the city lies, longitude first."""
    if row["longitude"] is None or row["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}


CITIES = Table(
    "city",
    _("Cities"),
    (
        ID,
        Column(
            "url",
            ADDRESS,
            _("Permanent address. It leads to the page, whatever that is called later."),
            ("pk",),
            short_city,
            always=True,
        ),
        Column(
            "slug", TEXT, _("Its name in addresses. Never given to another."), ("slug",), None, True
        ),
        *pages_of("public:city"),
        Column("name", TEXT, _("Name, as the city writes it."), ("name",), always=True),
        Column(
            "place_type",
            code_of(City.PlaceType),
            _("What kind of place it is."),
            ("place_type",),
            always=True,
        ),
        Column("country", COUNTRY, _("Country."), ("country",), always=True),
        Column("state", STATE, _("State or region."), ("region__code",)),
        Column("state_name", TEXT, _("Name of the state or region."), ("region__name",)),
        Column("latitude", NUMBER, _("Degrees north, WGS 84. From GeoNames."), ("latitude",)),
        Column("longitude", NUMBER, _("Degrees east, WGS 84. From GeoNames."), ("longitude",)),
        Column(
            "population",
            WHOLE,
            _("Inhabitants, by GeoNames or by the source that the page names."),
            ("population",),
            known_number,
        ),
        Column("population_year", WHOLE, _("Year of that figure."), ("population_year",)),
        Column("founded", WHEN, _("When it was founded."), ("founded",)),
        Column(
            "official_site",
            WEBSITE,
            _("Web site of its administration."),
            ("official_site",),
            web_address,
        ),
        Column("geonames_id", WHOLE, _("Its number at geonames.org."), ("geonames_id",)),
        Column("wikidata_id", TEXT, _("Its item at wikidata.org."), ("wikidata_id",)),
        Column(
            "tie_count",
            WHOLE,
            _("How many published ties it has, ended ones too."),
            ("tie_count",),
            always=True,
        ),
        Column("first_tie_year", WHOLE, _("Year of its oldest tie."), ("first_tie_year",)),
        CHANGED,
    ),
    place=point,
)
