"""Which of a place's names are kept, and which places are parts of a larger one.

The package has neither languages nor feature codes, so both are told from the names themselves.
"""

import re

from committees.gazetteer.reading import Place
from sistercities.folding import fold

OWN_NAMES = {3530597: "Ciudad de México"}
"""Places that GeoNames lists under an English name although the registry is their own."""

LONGEST_NAME = 200

_CODE = re.compile(r"[A-Z]{3}|[A-Z]{4}|Q\d+|UN/LOCODE.*|https?:.*|www\..*|[\d\W_]+")
_BOROUGH = re.compile(
    r"(?:Paris|Lyon|Marseille) \d.*|.*\bArrondissement|.*\(Kreis \d+\).*|.* kerület|Sector \d"
)

CITY_OF_REGION = {
    "AT.09": 2761369,
    "CZ.52": 3067696,
    "DE.04": 2911298,
    "DE.16": 2950159,
    "MX.09": 3530597,
    "RO.10": 683506,
}
"""Regions that are one single city: every other place there is a part of it."""

CITY_OF_BOROUGH = {
    5110302: 5128581,
    5125771: 5128581,
    5133273: 5128581,
    5110266: 5128581,
    5139568: 5128581,
}
"""Brooklyn, Manhattan, Queens, The Bronx and Staten Island in New York."""

_CITY_OF_PREFIX = {
    "Paris": 2988507,
    "Lyon": 2996944,
    "Marseille": 2995469,
    "Budapest": 3054643,
    "Zürich": 2657896,
}


def name_of(place: Place) -> str:
    """The name that the city gets; "(balance)" is the census's word for what surrounds no town."""
    return OWN_NAMES.get(place.geonames_id, place.name.removesuffix(" (balance)"))


def other_names(place: Place) -> dict[str, str]:
    """Folded name to name, without the city's own: each once, spelled with its accents.

    Dropped: airport and station codes, item ids, addresses of pages, what is not a name, and
    whatever is too long for the column.
    """
    own = fold(name_of(place))
    kept: dict[str, str] = {}
    for name in (place.name, *place.names):
        if len(name) > LONGEST_NAME or _CODE.fullmatch(name):
            continue
        folded = fold(name)[:LONGEST_NAME]
        if not folded or folded == own:
            continue
        # "Gómez Palacio" rather than "Gomez Palacio", whichever comes first.
        if folded not in kept or (kept[folded].isascii() and not name.isascii()):
            kept[folded] = " ".join(name.split())
    return kept


def whole_of(place: Place) -> int | None:
    """GeoNames id of the city that the place is a borough of; None for an ordinary place, 0 for a
    borough of a city that is not known here."""
    if place.geonames_id in CITY_OF_BOROUGH:
        return CITY_OF_BOROUGH[place.geonames_id]
    city = CITY_OF_REGION.get(place.region)
    if city:
        return None if place.geonames_id == city else city
    if _BOROUGH.fullmatch(place.name):
        return _CITY_OF_PREFIX.get(place.name.partition(" ")[0], 0)
    return None
