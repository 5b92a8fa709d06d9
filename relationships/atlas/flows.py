"""Ties as lines between places: each one, or counted by the database from region to region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from relationships.listing.words import own_name
from sistercities.countries import country_name
from sistercities.listing.columns import columns
from sistercities.maps.atlas import Line, Place, Sheet

CITY = ("name", "latitude", "longitude")
ENDS = tuple(f"city_{side}{name}" for side in "ab" for name in ("_id", *(f"__{n}" for n in CITY)))
REGION = ("country", "region_id", "region__name", "region__name_es")
PLACED = Q(
    city_a__latitude__isnull=False,
    city_a__longitude__isnull=False,
    city_b__latitude__isnull=False,
    city_b__longitude__isnull=False,
)


@dataclass(frozen=True)
class Area:
    """A region with cities in it, or what is known of a country only."""

    country: str
    region: str
    region_es: str
    lat: float
    lon: float

    def place(self, language: str) -> Place:
        """As it is named on the map."""
        name = own_name(self.region, self.region_es, language)
        return Place(name or country_name(self.country, language), self.lat, self.lon)


@dataclass(frozen=True)
class Flows:
    """Lines between places by key: cities by their number, areas by numbers below zero."""

    lines: list[Line]
    cities: dict[int, Place] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    missing: int = 0
    """Ties that cannot be drawn: nobody knows where one of the cities lies."""

    @property
    def drawn(self) -> int:
        """How many ties the lines stand for."""
        return sum(line.count for line in self.lines)

    @property
    def count(self) -> int:
        """All ties: those drawn and those that cannot be."""
        return self.drawn + self.missing

    def places(self, language: str) -> dict[int, Place]:
        """Every place by its key."""
        return self.cities | {key: one.place(language) for key, one in self.areas.items()}

    @property
    def stored(self) -> list[Any]:
        """As the cache keeps it."""
        areas = [
            [key, one.country, one.region, one.region_es, one.lat, one.lon]
            for key, one in self.areas.items()
        ]
        return [[list(line) for line in self.lines], areas, self.missing]

    @classmethod
    def restored(cls, stored: list[Any]) -> "Flows":
        """From what the cache kept."""
        lines, areas, missing = stored
        return cls(
            [Line(*line) for line in lines],
            areas={key: Area(*rest) for key, *rest in areas},
            missing=missing,
        )

    def by_country(self, keeping: Sheet | None = None) -> "Flows":
        """The same with the areas of a country as one, save those that `keeping` shows."""
        whole: dict[str, list[tuple[float, Area]]] = {}
        weights = _weights(self.lines)
        new: dict[int, int | str] = {}
        for key, area in self.areas.items():
            if keeping and keeping.shows(area.place("en")):
                new[key] = key
            else:
                new[key] = area.country
                whole.setdefault(area.country, []).append((weights.get(key, 0), area))
        areas = {key: area for key, area in self.areas.items() if new[key] == key}
        numbers = {}
        for number, (country, parts) in enumerate(whole.items(), start=1):
            numbers[country] = min(self.areas, default=0) - number
            lat, lon = _middle([(weight, one.lat, one.lon) for weight, one in parts])
            areas[numbers[country]] = Area(country, "", "", lat, lon)
        counts: dict[tuple[int, int], int] = {}
        for line in self.lines:
            ends = [numbers.get(new[key], new[key]) for key in line[:2]]
            pair = (min(ends), max(ends))
            counts[pair] = counts.get(pair, 0) + line.count
        lines = [Line(*pair, n) for pair, n in counts.items()]
        return Flows(lines, areas=areas, missing=self.missing)


def lines_of(ties: QuerySet) -> Flows:
    """Each tie as a line of its own; one question."""
    lines, cities, missing = [], {}, 0
    for *a, b, name, lat, lon in columns(ties.order_by("pk"), *ENDS):
        for key, *place in (a, (b, name, lat, lon)):
            if None not in place:
                cities[key] = Place(*place)
        if a[0] in cities and b in cities:
            lines.append(Line(a[0], b))
        else:
            missing += 1
    return Flows(lines, cities, missing=missing)


def flows_of(ties: QuerySet) -> Flows:
    """The ties from region to region; where a city's is not known, its country. One question."""
    groups = {
        f"{side}{n}": F(f"city_{side}__{name}") for side in "ab" for n, name in enumerate(REGION)
    } | {f"{side}_is_west": _is_west(side) for side in "ab"}
    sums = {
        f"{side}_{name}": Sum(f"city_{side}__{name}", filter=PLACED)
        for side in "ab"
        for name in CITY[1:]
    }
    rows = (
        ties.order_by()
        .annotate(**groups)
        .values_list(*groups)
        .annotate(n=Count("pk"), placed=Count("pk", filter=PLACED), **_nothing_as_zero(sums))
    )
    keys: dict[tuple, int] = {}
    totals: dict[int, list[tuple[int, float, float]]] = {}
    counts: dict[tuple[int, int], int] = {}
    missing = 0
    for row in rows:
        n, placed, *middles = row[-6:]
        missing += n - placed
        if not placed:
            continue
        ends = []
        for area, (lat, lon) in ((row[:4], middles[:2]), (row[4:8], middles[2:])):
            country, region, *names = area
            key = keys.setdefault((country, region, *(name or "" for name in names)), ~len(keys))
            totals.setdefault(key, []).append((placed, lat / placed, lon / placed))
            ends.append(key)
        pair = (min(ends), max(ends))
        counts[pair] = counts.get(pair, 0) + placed
    areas = {
        key: Area(country, name, name_es, *_middle(totals[key]))
        for (country, _region, name, name_es), key in keys.items()
    }
    return Flows([Line(*pair, n) for pair, n in counts.items()], areas=areas, missing=missing)


def _is_west(side: str) -> Case:
    """Whether a city lies west of Greenwich: a mean must not join both sides of the Pacific."""
    west = When(**{f"city_{side}__longitude__lt": 0}, then=1)
    return Case(west, default=0, output_field=IntegerField())


def _nothing_as_zero(sums: Mapping[str, Sum]) -> dict[str, Coalesce]:
    return {name: Coalesce(one, 0.0) for name, one in sums.items()}


def _middle(parts: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """The middle of places by weight. Where they lie on both sides of the antimeridian, their
    longitudes are counted eastwards."""
    parts = [(weight or 1, lat, lon) for weight, lat, lon in parts]
    lons = [lon for _weight, _lat, lon in parts]
    if max(lons) - min(lons) > 180:
        parts = [(weight, lat, lon % 360) for weight, lat, lon in parts]
    total = sum(weight for weight, _lat, _lon in parts)
    lat = sum(weight * lat for weight, lat, _lon in parts) / total
    lon = sum(weight * lon for weight, _lat, lon in parts) / total
    return round(lat, 2), round((lon + 180) % 360 - 180, 2)


def _weights(lines: Iterable[Line]) -> dict[int, int]:
    """How many ties each place has."""
    weights: dict[int, int] = {}
    for line in lines:
        for key in {line.a, line.b}:
            weights[key] = weights.get(key, 0) + line.count
    return weights
