"""Regions, cities and names of the invented world."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from committees.gazetteer.keeping import FreeSlugs, keep_regions
from committees.gazetteer.regions import known_regions
from committees.models import City, CityName, Region
from relationships.world.countries import COUNTRIES, WorldCountry
from relationships.world.names import invent
from sistercities.bulk import batches
from sistercities.folding import fold
from sistercities.models import Address
from sistercities.pouring import new_keys, pour, pour_with_history

REASON = "make_world"
CITIES_AT_ONCE = 2000
REGIONS_PER_COUNTRY = 60
SCRIPTS = {"ru": "ru", "el": "el", "ja": "ja", "zh": "zh", "ko": "ko", "ar": "ar", "hi": "hi"}


@dataclass
class Land:
    """A country of the world: its cities' keys, the largest first, and their names."""

    country: WorldCountry
    keys: array = field(default_factory=lambda: array("q"))
    names: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)


def shares(cities: int) -> list[int]:
    """How many cities each country gets; at least one while there are enough, `cities` in all."""
    whole = sum(country.share for country in COUNTRIES)
    counts = [max(1, cities * country.share // whole) for country in COUNTRIES]
    at = 0
    while (over := sum(counts) - cities) != 0:
        step = -1 if over > 0 else 1
        if counts[at] + step >= 0:
            counts[at] += step
        at = (at + 1) % len(counts) if over < 0 else (at - 1) % len(counts)
    return counts


def make_places(cities: int, random: Random, count: Callable[[int], None]) -> list[Land]:
    """Make the cities with their regions, names and addresses; the countries that got any."""
    keys: dict[str | None, int] = dict(Region.objects.values_list("geonames_code", "pk"))
    slugs = FreeSlugs()
    lands = []
    for country, number in zip(COUNTRIES, shares(cities), strict=True):
        land = Land(country)
        land.regions = sorted(
            code for code, known in known_regions().items() if known.country == country.code
        )[:REGIONS_PER_COUNTRY]
        centres = {code: _near(country, random, 1.0) for code in land.regions}
        people = sorted(
            (min(int(1000 * random.paretovariate(1.1)), 9_000_000) for _ in range(number)),
            reverse=True,
        )
        for batch in batches(people, CITIES_AT_ONCE):
            with transaction.atomic():
                keep_regions(land.regions, keys, reason=REASON)
                _make_cities(land, batch, centres, keys, slugs, random)
            count(len(batch))
        if land.keys:
            lands.append(land)
    return lands


def _near(country: WorldCountry, random: Random, part: float) -> tuple[float, float]:
    """A point of the country's box, or of a part of it."""
    return (
        country.latitude + random.uniform(-1, 1) * country.spread * part,
        country.longitude + random.uniform(-1, 1) * country.spread * 1.3 * part,
    )


def _make_cities(
    land: Land,
    people: list[int],
    centres: dict[str, tuple[float, float]],
    keys: dict[str | None, int],
    slugs: FreeSlugs,
    random: Random,
) -> None:
    country = land.country
    cities, names, addresses = [], [], []
    for key, population in zip(new_keys(City, len(people)), people, strict=True):
        region = _region_of(land, random)
        latitude, longitude = centres.get(region, (country.latitude, country.longitude))
        name, own = invent(country.style, random)
        type_ = _type_of(country.code, random)
        if type_ == City.PlaceType.COUNTY:
            name = f"{name} County"
        slug, folded = slugs.take(name, country.code, region), fold(name)
        cities.append(
            (
                *(key, name, slug, type_.value, keys.get(region), country.code),
                round(latitude + random.uniform(-0.8, 0.8), 4),
                round((longitude + random.uniform(-1, 1) + 180) % 360 - 180, 4),
                *(population, folded),
            )
        )
        addresses.append(("city", slug, key))
        names.append((key, name, "", CityName.Kind.OFFICIAL.value, folded))
        if own:
            language = SCRIPTS[country.style]
            names.append((key, own, language, CityName.Kind.GAZETTEER.value, fold(own)))
        if random.random() < 0.04:
            former = invent(country.style, random).latin
            if fold(former) != folded:
                names.append((key, former, "", CityName.Kind.FORMER.value, fold(former)))
        land.keys.append(key)
        land.names.append(name)
    columns = ("id", "name", "slug", "place_type", "region_id", "country")
    columns += ("latitude", "longitude", "population", "sort_name")
    pour_with_history(City, columns, cities, reason=REASON)
    pour(Address, ("subject", "slug", "object_id"), addresses)
    name_columns = ("city_id", "name", "language", "kind", "folded")
    pour_with_history(CityName, ("id", *name_columns), _keyed(names), reason=REASON)


def _keyed(names: list[tuple]) -> list[tuple]:
    keys = new_keys(CityName, len(names))
    return [(key, *row) for key, row in zip(keys, names, strict=True)]


def _region_of(land: Land, random: Random) -> str:
    """A region of the country, the first ones more often; empty where none is known."""
    if not land.regions:
        return ""
    return land.regions[int(len(land.regions) * random.random() ** 1.5)]


def _type_of(country: str, random: Random) -> City.PlaceType:
    chance = random.random()
    if country == "US" and chance < 0.02:
        return City.PlaceType.COUNTY
    if country in ("MX", "BR", "PH") and chance < 0.15:
        return City.PlaceType.MUNICIPALITY
    return City.PlaceType.TOWN if chance > 0.9 else City.PlaceType.CITY
