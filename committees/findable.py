"""What can be searched: names of listed cities, their regions, and published committees."""

from collections import defaultdict
from collections.abc import Iterable

from committees.models import City, CityName, Committee, Region
from sistercities.bulk import batches
from sistercities.search import put_names

PEOPLE_PER_TIE = 200_000


def refresh_cities(city_ids: Iterable[int]) -> None:
    """Put the names of listed cities into the search, and take out those no longer listed."""
    for batch in batches(sorted(set(city_ids)), 2000):
        put_names("city", names_of_cities(batch))
        regions = City.objects.filter(pk__in=batch).exclude(region=None)
        refresh_regions(regions.values_list("region_id", flat=True).distinct())


def refresh_regions(region_ids: Iterable[int]) -> None:
    """Put the names of regions that have listed cities into the search."""
    for batch in batches(sorted(set(region_ids)), 2000):
        put_names("region", names_of_regions(batch))


def refresh_committees(committee_ids: Iterable[int]) -> None:
    """Put the names of published committees into the search."""
    for batch in batches(sorted(set(committee_ids)), 2000):
        put_names("committee", names_of_committees(batch))


def names_of_cities(city_ids: list[int]) -> dict[int, tuple[int, list[str]]]:
    """By which names each of these cities should be found, and its weight.

    A city with more ties comes before a larger one without: each tie weighs as many people.
    """
    names: dict[int, list[str]] = defaultdict(list)
    cities = City.objects.filter(pk__in=city_ids, is_listed=True, merged_into=None)
    weights = {
        pk: people + PEOPLE_PER_TIE * ties
        for pk, people, ties in cities.order_by().values_list("pk", "population", "tie_count")
    }
    rows = CityName.objects.filter(city__in=weights).order_by("pk")
    for city, name in rows.values_list("city_id", "name"):
        names[city].append(name)
    return {pk: (weights.get(pk, 0), names.get(pk, [])) for pk in city_ids}


def names_of_regions(region_ids: list[int]) -> dict[int, tuple[int, list[str]]]:
    """The same for regions: those that have a listed city."""
    cities = City.objects.filter(region__in=region_ids, is_listed=True)
    listed = set(cities.order_by().values_list("region_id", flat=True).distinct())
    return {
        region.pk: (0, [region.name, region.name_es] if region.pk in listed else [])
        for region in Region.objects.filter(pk__in=region_ids)
    }


def names_of_committees(committee_ids: list[int]) -> dict[int, tuple[int, list[str]]]:
    """The same for committees: the published ones."""
    return {
        committee.pk: (
            PEOPLE_PER_TIE,
            [committee.name, committee.short_name] if committee.is_public else [],
        )
        for committee in Committee.objects.filter(pk__in=committee_ids)
    }
