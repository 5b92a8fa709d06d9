"""The cities that an open end of a row may mean, for somebody to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.db.models import Q

from committees.models import City
from relationships.imports.ends import NEAR_KM, End
from relationships.imports.names import readings
from relationships.imports.places import Place, Regions
from relationships.imports.resolving import shelf_for
from relationships.imports.surroundings import KM_PER_DEGREE, spelt_alike
from relationships.models import Tie
from sistercities.maps.distance import great_circle_km
from sistercities.search import find

MOST = 6


@dataclass(frozen=True)
class Candidate:
    """A city, how far it is from the coordinates of the row, and its tie with the other city."""

    city: City
    km: float | None
    tie: Tie | None


def candidates(end: End, other: int | None) -> list[Candidate]:
    """At most six cities, the likeliest first. `other` is the city of the row's other end."""
    named = [place.pk for place in _named(end)]
    found = dict.fromkeys([*named[:MOST], *_around(end)])
    if len(found) < MOST:
        found |= dict.fromkeys(_alike(end))
    return described(list(found)[:MOST], end, other)


def described(cities: Iterable[int], end: End, other: int | None) -> list[Candidate]:
    """These cities in this order, as candidates."""
    cities = list(cities)
    rows = City.objects.select_related("region").in_bulk(cities)
    between = Q(city_a=other, city_b__in=cities) | Q(city_b=other, city_a__in=cities)
    ties = {}
    if other is not None and cities:
        for tie in Tie.objects.filter(between, merged_into=None):
            ties[tie.city_b_id if tie.city_a_id == other else tie.city_a_id] = tie
    return [Candidate(rows[pk], _km(rows[pk], end), ties.get(pk)) for pk in cities if pk in rows]


def _km(city: City, end: End) -> float | None:
    if not end.is_located or None in (city.latitude, city.longitude):
        return None
    return great_circle_km(city.latitude, city.longitude, end.latitude, end.longitude)


def _named(end: End) -> list[Place]:
    """Those of the id given, then those of the name: in the region given, in the country, else
    anywhere; the nearest to the coordinates first, or the largest."""
    shelf = shelf_for([end])
    given = [shelf.with_geonames(end.geonames or 0), shelf.with_wikidata(end.wikidata)]
    pool = {
        place.pk: place for reading in readings(end.name) for place in shelf.named(reading.folded)
    }
    regions = Regions().find(end.country, end.region)

    def rank(place: Place) -> tuple:
        km = place.distance(end.latitude, end.longitude)
        return (
            bool(end.country) and place.country != end.country,
            bool(regions) and place.region not in regions,
            km if km is not None else 0,
            -place.population,
            place.pk,
        )

    return [*filter(None, given), *sorted(pool.values(), key=rank)]


def _alike(end: End) -> list[int]:
    """Places of the country given that have nearly such a name, the most alike first."""
    hits = [hit.object_id for hit in find(end.name, subjects=("city",), limit=2 * MOST)]
    rows = City.objects.filter(pk__in=hits, merged_into=None)
    here = set(
        (rows.filter(country=end.country) if end.country else rows).values_list("pk", flat=True)
    )
    return [pk for pk in hits if pk in here]


def _around(end: End) -> list[int]:
    """Places near the coordinates that are spelt nearly so."""
    if not end.is_located or not end.name:
        return []
    up = NEAR_KM / KM_PER_DEGREE
    across = up / max(cos(radians(end.latitude)), 0.01)
    near = City.objects.filter(
        merged_into=None,
        latitude__range=(end.latitude - up, end.latitude + up),
        longitude__range=(end.longitude - across, end.longitude + across),
    ).order_by("-population", "pk")
    rows = near.values_list("pk", "name")[:500]
    return [pk for pk, name in rows if spelt_alike(end.name, name)]
