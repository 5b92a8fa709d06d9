"""States, provinces and Länder: their names, codes and abbreviations.

`own_regions.csv` is kept by hand: countries whose regions have ISO 3166-2 codes, local names,
names in Spanish and, where addresses use them, abbreviations. `regions.csv` has every other
country as GeoNames names it (`manage.py build_regions` makes it anew).
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
GEONAMES_REGIONS = FOLDER / "regions.csv"
OWN_REGIONS = FOLDER / "own_regions.csv"
LONGEST_CODE = 10


class KnownRegion(NamedTuple):
    """A row for `Region`; `code` is unique in the world."""

    country: str
    geonames_code: str
    code: str
    abbreviation: str
    name: str
    name_es: str


def own_countries() -> frozenset[str]:
    """Countries of `own_regions.csv`."""
    with OWN_REGIONS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["country"] for row in csv.DictReader(file))


def made_code(country: str, admin1: str) -> str:
    """ "DE-02" from GeoNames' code, for a region of which we know no ISO code. Codes of eight
    figures go without the hyphen, for the column's sake."""
    code = f"{country}-{admin1}"
    return code if len(code) <= LONGEST_CODE else f"{country}{admin1}"[:LONGEST_CODE]


@lru_cache(maxsize=1)
def known_regions() -> dict[str, KnownRegion]:
    """By GeoNames' code such as "MX.10"."""
    found: dict[str, KnownRegion] = {}
    for path in (GEONAMES_REGIONS, OWN_REGIONS):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                country, admin1 = row["country"], row["geonames_code"]
                found[f"{country}.{admin1}"] = KnownRegion(
                    country,
                    f"{country}.{admin1}",
                    row.get("code") or made_code(country, admin1),
                    row.get("abbreviation") or "",
                    row["name"],
                    row.get("name_es") or "",
                )
    return found
