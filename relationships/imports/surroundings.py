"""What lies around a point: one walk through the gazetteer for all points that are in doubt."""

import re
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

from committees.models import City
from relationships.imports.names import ANY_TOWN, SETTLED, readings
from sistercities.folding import fold

if TYPE_CHECKING:
    from relationships.imports.ends import End

CELLS_PER_DEGREE = 2
KM_PER_DEGREE = 111.2
SPELLING_KM = 8
"""A place spelt nearly so and this close to the coordinates is the one that is meant."""
SHORTEST_MISSPELT = 6
BORDERLAND_KM = 30
LARGE = 60_000

_DOUBLE = re.compile(r"([^-–()]{4,})-[^-–() ]{3,}")
_JOINING = frozenset(
    "am an auf bei im in ob unter vor a al de del della di do da en la las le les los sous sur"
    " on upon by near nad pod we na".split()
)


@dataclass(slots=True)
class Surroundings:
    """The country of the nearest known place ("" if none is near), how far the nearest place of
    the row's own country is, and the place that is spelt nearly so."""

    country: str = ""
    nearest_km: float = 1e9
    home_km: float = 1e9
    spelt: int | None = None
    spelt_name: str = ""
    spelt_km: float = 1e9

    def is_abroad(self, country: str) -> bool:
        """Whether the point lies well inside another country than this one."""
        return self.country not in ("", country) and self.home_km > BORDERLAND_KM


def look_around(ends: dict[int, "End"]) -> dict[int, Surroundings]:
    """Surroundings of located ends, by their key."""
    seen = {key: Surroundings() for key in ends}
    cells: dict[tuple[int, int], list[tuple]] = {}
    for key, end in ends.items():
        row, column = _cell(end.latitude, end.longitude)
        narrow = cos(radians(end.latitude)) * KM_PER_DEGREE
        # A county or a district is not the town that it is called after.
        name = end.name if all(one.types <= ANY_TOWN for one in readings(end.name)) else ""
        asked = (seen[key], end.latitude, end.longitude, narrow, end.country, name)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                cells.setdefault((row + dy, column + dx), []).append(asked)
    if not ends:
        return seen
    places = City.objects.filter(merged_into=None).exclude(latitude=None).exclude(longitude=None)
    columns = ("latitude", "longitude", "country", "pk", "name", "place_type", "population")
    rows = places.order_by("pk").values_list(*columns).iterator(5000)
    for latitude, longitude, country, pk, name, type_, people in rows:
        for found, north, east, narrow, home, asked in cells.get(_cell(latitude, longitude), ()):
            # Flat distance: within a degree it is right to a percent.
            up, across = (latitude - north) * KM_PER_DEGREE, (longitude - east) * narrow
            km = (up * up + across * across) ** 0.5
            if km < found.nearest_km:
                found.nearest_km, found.country = km, country
            if country != home:
                continue
            if km < found.home_km:
                found.home_km = km
            if (
                km <= SPELLING_KM
                and km < found.spelt_km
                and type_ in SETTLED
                and spelt_alike(asked, name, double=people < LARGE)
            ):
                found.spelt, found.spelt_name, found.spelt_km = pk, name, km
    return seen


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude * CELLS_PER_DEGREE // 1), int(longitude * CELLS_PER_DEGREE // 1)


def spelt_alike(one: str, other: str, *, double: bool = True) -> bool:
    """Whether two names differ in spaces, in a letter (two in long names), in the spa's "Bad", in
    a tail such as "am Inn", or in the second half of a double name: Bourgoin(-Jallieu). Of a large
    city (not `double`) such a half is a borough: Mainz-Laubenheim."""
    first, second = fold(one), fold(other)
    left, right = first.replace(" ", ""), second.replace(" ", "")
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((first.split(), second.split()), key=len)
    if len(long) > len(short) and long[: len(short)] == short:
        halves = _DOUBLE.fullmatch(max(one, other, key=len)) if double else None
        return long[len(short)] in _JOINING or bool(halves and fold(halves[1]).split() == short)
    if long == ["bad", *short]:
        return True
    shortest = min(len(left), len(right))
    if shortest < SHORTEST_MISSPELT or left[0] != right[0]:
        return False
    if any(letter.isdigit() for letter in left + right):
        return False
    return _within_edits(left, right, 2 if shortest >= 2 * SHORTEST_MISSPELT else 1)


def _within_edits(left: str, right: str, most: int) -> bool:
    """Levenshtein distance at most `most`, by trying the edits at the first difference."""
    if abs(len(left) - len(right)) > most:
        return False
    at = 0
    while at < min(len(left), len(right)) and left[at] == right[at]:
        at += 1
    left, right = left[at:], right[at:]
    if not left or not right:
        return len(left) + len(right) <= most
    if most == 0:
        return False
    return (
        _within_edits(left[1:], right[1:], most - 1)
        or _within_edits(left[1:], right, most - 1)
        or _within_edits(left, right[1:], most - 1)
    )
