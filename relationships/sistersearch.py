"""The other city of a tie, by any of its names: listed ones first, then those of the gazetteer."""

from django.db.models import QuerySet

from committees.models import City, CityName, Region
from sistercities.folding import fold
from sistercities.search import AFTER_ANY, find

MOST = 12
CANDIDATES = 200
"""Names of the gazetteer that begin so, before the largest places are taken."""


def cities_named(text: str, without: tuple[int, ...] = ()) -> list[City]:
    """At most a dozen places, best first; `without` these. The site's search knows listed places
    and forgives typos; the gazetteer is asked for exact names and beginnings."""
    wanted = fold(text[:200])[:100]
    if not wanted:
        return []
    numbers = [hit.object_id for hit in find(text, subjects=("city",), limit=MOST)]
    numbers += _in_the_gazetteer(wanted)
    numbers = [pk for pk in dict.fromkeys(numbers) if pk not in without][:MOST]
    found = City.objects.standing().select_related("region").in_bulk(numbers)
    return [found[pk] for pk in numbers if pk in found]


def _in_the_gazetteer(wanted: str) -> list[int]:
    """Those of that very name, the largest first; then those whose names begin so."""
    names = CityName.objects.order_by().select_related(None)
    exact = names.filter(folded=wanted).values_list("city", flat=True)[:CANDIDATES]
    begun = names.filter(folded__gte=wanted, folded__lt=wanted + AFTER_ANY)
    begun = begun.order_by("folded").values_list("city", flat=True)[:CANDIDATES]
    return [*_largest(set(exact)), *_largest(set(begun))]


def _largest(numbers: set[int]) -> list[int]:
    rows = City.objects.standing().filter(pk__in=numbers).order_by("-population", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def region_named(text: str, country: str) -> Region | None:
    """The state of a country by its name or abbreviation, in either language."""
    wanted = fold(text)
    regions = Region.objects.filter(country=country)
    for region in regions:
        if wanted and wanted in {
            fold(region.name),
            fold(region.name_es),
            fold(region.abbreviation),
        }:
            return region
    return None


def same_place(name: str, country: str, region: Region | None) -> City | None:
    """A place on record that the words of a proposal may mean."""
    numbers = CityName.objects.filter(folded=fold(name)[:200]).values("city")
    places: QuerySet[City] = City.objects.standing().filter(pk__in=numbers, country=country)
    if region is not None:
        places = places.filter(region__in=[region]) | places.filter(region=None)
    return places.select_related("region").order_by("-population", "pk").first()
