"""What lies around a point: one walk through the gazetteer for all points that are in doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from committees.models import City
from relationships.imports.names import SETTLED
from relationships.imports.places import COLUMNS, Place
from sistercities.folding import fold

if TYPE_CHECKING:
    from relationships.imports.resolving import End

CELLS_PER_DEGREE = 2
SPELLING_KM = 10
"""A place spelt nearly so and this close to the coordinates is the one that is meant."""
SHORTEST_MISSPELT = 6
BORDERLAND_KM = 30

_JOINING = frozenset(
    "am an auf bei im in ob unter vor a al de del della di do da en la las le les los sous sur"
    " on upon by near nad pod we na".split()
)


@dataclass(slots=True)
class Surroundings:
    """The country of the nearest known place ("" if none is near), and a place spelt nearly so."""

    country: str = ""
    spelt: Place | None = None
    nearest_km: float = 1e9
    home_km: float = 1e9
    spelt_rank: tuple = ()

    def is_abroad(self, country: str) -> bool:
        """Whether the point lies well inside another country than this one."""
        return self.country not in ("", country) and self.home_km > BORDERLAND_KM


def look_around(ends: dict[int, "End"]) -> dict[int, Surroundings]:
    """Surroundings of located ends, by their key."""
    seen = {key: Surroundings() for key in ends}
    cells: dict[tuple[int, int], list[tuple[int, "End", str]]] = {}
    for key, end in ends.items():
        folded = fold(end.name)
        row, column = _cell(end.latitude, end.longitude)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                cells.setdefault((row + dy, column + dx), []).append((key, end, folded))
    for place in _all_places() if ends else ():
        for key, end, folded in cells.get(_cell(place.latitude, place.longitude), ()):
            _compare(seen[key], place, end, folded)
    return seen


def _compare(seen: Surroundings, place: Place, end: "End", folded: str) -> None:
    distance = place.distance(end.latitude, end.longitude)
    if distance < seen.nearest_km:
        seen.nearest_km, seen.country = distance, place.country
    if place.country == end.country:
        seen.home_km = min(seen.home_km, distance)
    if (
        distance <= SPELLING_KM
        and place.country == end.country
        and place.place_type in SETTLED
        and place.merged_into is None
        and spelt_alike(folded, place.folded)
    ):
        rank = (distance, place.pk)
        if seen.spelt is None or rank < seen.spelt_rank:
            seen.spelt, seen.spelt_rank = place, rank


def _all_places() -> Iterator[Place]:
    rows = City.objects.exclude(latitude=None).exclude(longitude=None).order_by()
    for row in rows.values_list(*COLUMNS).iterator(5000):
        yield Place(*row)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude * CELLS_PER_DEGREE // 1), int(longitude * CELLS_PER_DEGREE // 1)


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded names differ in spaces, in a letter (two in long names), or in a tail
    such as "am Inn" that one of them leaves out."""
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if left == right:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if short and len(long) > len(short) and long[: len(short)] == short:
        return long[len(short)] in _JOINING
    shortest = min(len(left), len(right))
    if shortest < SHORTEST_MISSPELT or left[0] != right[0]:
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
