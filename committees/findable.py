"""What can be searched: names of listed cities, their regions, and published committees."""

from collections import defaultdict
from collections.abc import Iterable

from committees.models import City, CityName, Committee, Region
from sistercities.bulk import batches
from sistercities.search import put_names

PEOPLE_PER_TIE = 200_000


def refresh_cities(city_ids: Iterable[int]) -> None:
    """Put the names of listed cities into the search, and take out those no longer listed.

    A city with more ties comes before a larger one without: each tie weighs as many people.
    """
    for batch in batches(sorted(set(city_ids)), 2000):
        names: dict[int, list[str]] = defaultdict(list)
        cities = City.objects.filter(pk__in=batch, is_listed=True, merged_into=None)
        weights = {
            pk: people + PEOPLE_PER_TIE * ties
            for pk, people, ties in cities.values_list("pk", "population", "tie_count")
        }
        rows = CityName.objects.filter(city__in=weights).order_by("pk")
        for city, name in rows.values_list("city_id", "name"):
            names[city].append(name)
        put_names("city", {pk: (weights.get(pk, 0), names.get(pk, [])) for pk in batch})
        regions = City.objects.filter(pk__in=batch).exclude(region=None)
        refresh_regions(regions.values_list("region_id", flat=True).distinct())


def refresh_regions(region_ids: Iterable[int]) -> None:
    """Put the names of regions that have listed cities into the search."""
    for batch in batches(sorted(set(region_ids)), 2000):
        listed = set(
            City.objects.filter(region__in=batch, is_listed=True).values_list(
                "region_id", flat=True
            )
        )
        put_names(
            "region",
            {
                region.pk: (0, [region.name, region.name_es] if region.pk in listed else [])
                for region in Region.objects.filter(pk__in=batch)
            },
        )


def refresh_committees(committee_ids: Iterable[int]) -> None:
    """Put the names of published committees into the search."""
    for batch in batches(sorted(set(committee_ids)), 2000):
        put_names(
            "committee",
            {
                committee.pk: (
                    PEOPLE_PER_TIE,
                    [committee.name, committee.short_name] if committee.is_public else [],
                )
                for committee in Committee.objects.filter(pk__in=batch)
            },
        )
