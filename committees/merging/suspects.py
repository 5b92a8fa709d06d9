"""Which cities, committees and people may be in the registry twice.

Only records that share a key are compared: a name, a place on a fine grid, a city, an address.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from math import floor
from typing import NamedTuple

from committees.models import (
    City,
    CityName,
    Committee,
    CommitteeCity,
    Membership,
    OfficeTerm,
    Person,
)
from sistercities.folding import similarity
from sistercities.maps.distance import great_circle_km
from sistercities.merging.likeness import Blocks, Likeness, Pair, Reason, likely

GRID = 0.05
"""Degrees: a place is compared with those of its own square and of the next ones."""
FAR_KM = 40
LIKE_ENOUGH = 0.55
AROUND = {City.PlaceType.STATE.value, City.PlaceType.COUNTY.value}
"""Places that share the name of a city inside them."""
SAME_DIGITS = 10

Suspects = Iterator[tuple[Pair, Likeness | None]]


class Place(NamedTuple):
    """What is compared of a city."""

    number: int
    country: str
    region: int | None
    name: str
    latitude: float | None
    longitude: float | None
    geonames: int | None
    wikidata: str | None
    parent: int | None
    successor: int | None
    type: str


def cities(among: set[int] | None) -> Suspects:
    """Places with the same or a like name, in the same state or near each other. Two places of
    the gazetteer are two places."""
    columns = ("pk", "country", "region_id", "sort_name", "latitude", "longitude")
    columns += ("geonames_id", "wikidata_id", "parent_id", "successor_id", "place_type")
    rows = City.objects.standing().order_by().values_list(*columns)
    places = {row[0]: Place(*row) for row in rows.iterator(5000)}
    served = defaultdict(set)
    links = CommitteeCity.objects.order_by().values_list("city_id", "committee__name")
    for city, committee in links.iterator(5000):
        served[city].add(committee)
    names, blocks = defaultdict(set), Blocks()
    for city, name in CityName.objects.order_by().values_list("city_id", "folded").iterator(5000):
        if city in places:
            names[city].add(name)
            blocks.put(city, (places[city].country, name))
    for place in places.values():
        blocks.put(place.number, *_squares(place))
    for pair in blocks.pairs(among):
        one, other = (places[number] for number in pair)
        if _may_be_one(one, other):
            both = served[one.number] & served[other.number]
            yield pair, _alike(one, other, names[one.number] & names[other.number], both)


def _squares(place: Place) -> Iterator[tuple]:
    """The squares of a grid of half-size steps that a place lies in: neighbours share one."""
    if place.latitude is None or place.longitude is None:
        return
    row, column = floor(place.latitude / GRID), floor(place.longitude / GRID)
    for down in (0, 1):
        for right in (0, 1):
            yield place.country, down, right, (row + down) // 2, (column + right) // 2


def _may_be_one(one: Place, other: Place) -> bool:
    if one.geonames and other.geonames:
        return False
    if one.type != other.type and AROUND & {one.type, other.type}:
        return False
    if one.wikidata and other.wikidata:
        return False
    related = {one.parent, one.successor} & {other.number}
    return not related and not {other.parent, other.successor} & {one.number}


def _alike(one: Place, other: Place, shared: set[str], committees: set[str]) -> Likeness | None:
    like = similarity(one.name, other.name)
    reasons: list[Reason] = []
    if like < LIKE_ENOUGH and not {one.name, other.name} & shared:
        return None
    if one.name == other.name:
        score = 45.0
        reasons.append(["same_name", {"name": one.name}])
    elif own := {one.name, other.name} & shared:
        score = 40.0
        reasons.append(["other_name", {"name": min(own)}])
    else:
        score = 40 * like
        reasons.append(["like_name", {"percent": round(100 * like)}])
    km = _km(one, other)
    if km is not None and km > FAR_KM:
        return None
    if km is not None:
        score += 40 if km < 5 else 25
        reasons.append(["near", {"km": round(km)}])
    if one.region and one.region == other.region:
        score += 20 if km is None else 10
        reasons.append(["same_region", {}])
    elif one.region and other.region:
        score -= 25
    if one.type != other.type:
        score -= 20
    if committees:
        score += 15
        reasons.append(["same_committee", {"name": min(committees)}])
    return likely(score, reasons)


def _km(one: Place, other: Place) -> float | None:
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)


def committees(among: set[int] | None) -> Suspects:
    """Committees of one level with a like name that serve the same city, or with the same name in
    one country."""
    rows = Committee.objects.filter(merged_into=None).exclude(review=Committee.Review.REJECTED)
    columns = ("pk", "level", "country", "sort_name")
    known = {row[0]: row for row in rows.order_by().values_list(*columns).iterator(5000)}
    blocks, served = Blocks(), defaultdict(dict)
    links = CommitteeCity.objects.order_by().values_list("committee_id", "city_id", "city__name")
    for committee, city, name in links.iterator(5000):
        if committee in known:
            served[committee][city] = name
            blocks.put(committee, ("city", city, known[committee][1]))
    for number, level, country, name in known.values():
        blocks.put(number, ("name", level, country, name))
    for pair in blocks.pairs(among):
        (_a, _level, _country, one), (_b, _l, _c, other) = (known[number] for number in pair)
        like = similarity(one, other)
        reasons: list[Reason] = [["like_name", {"percent": round(100 * like)}]]
        if one == other:
            reasons = [["same_name", {"name": one}]]
        shared = served[pair[0]].keys() & served[pair[1]].keys()
        if shared:
            reasons.append(["same_city", {"name": served[pair[0]][min(shared)]}])
        yield pair, likely(60 * like + (35 if shared else 0), reasons)


def people(among: set[int] | None) -> Suspects:
    """People with the same address, telephone, or name in the same committee. Who both log in are
    left alone: they are not merged."""
    rows = Person.objects.standing().filter(erased_at=None)
    columns = ("pk", "sort_name", "email", "phone", "user_id")
    known = {row[0]: row for row in rows.order_by().values_list(*columns).iterator(5000)}
    blocks, belongs = Blocks(), defaultdict(set)
    for model in (Membership, OfficeTerm):
        places = model.objects.order_by().values_list("person_id", "committee_id").distinct()
        for person, committee in places.iterator(5000):
            if person in known:
                belongs[person].add(committee)
                blocks.put(person, ("name", known[person][1], committee))
    for number, _name, email, phone, _user in known.values():
        blocks.put(number, email and ("email", email.lower()), _digits(phone))
    for pair in blocks.pairs(among):
        one, other = (known[number] for number in pair)
        if not (one[4] and other[4]):
            yield pair, _same_person(one, other, bool(belongs[pair[0]] & belongs[pair[1]]))


def _digits(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits[-SAME_DIGITS:] if len(digits) >= 7 else ""


def _same_person(one: tuple, other: tuple, together: bool) -> Likeness | None:
    like, reasons = similarity(one[1], other[1]), []
    score = 30 * like + (10 if together else 0)
    if one[1] == other[1]:
        reasons.append(["same_name", {"name": one[1]}])
        score += 15
    else:
        reasons.append(["like_name", {"percent": round(100 * like)}])
    if one[2] and one[2].lower() == other[2].lower():
        reasons.append(["same_email", {}])
        score += 40
    if _digits(one[3]) and _digits(one[3]) == _digits(other[3]):
        reasons.append(["same_phone", {}])
        score += 30
    return likely(score, reasons)
