"""Whom a visitor tells that something is missing or wrong."""

from collections.abc import Iterable

from committees.models import Committee
from sistercities.prepared import prepared

LEVELS = (Committee.Level.NATIONAL, Committee.Level.INTERNATIONAL)
COLUMNS = ("pk", "name", "slug", "level", "state", "country", "public_email")


@prepared
def _offices():
    """The national associations and the international body."""
    found = Committee.objects.public().filter(level__in=LEVELS)
    return found.order_by("sort_name", "pk").values(*COLUMNS)


def office_for(countries: Iterable[str]) -> Committee | None:
    """The national association of the first of the countries that has one, or the world's body."""
    return office_among(_offices.objects(), countries)


def office_among(committees: Iterable[Committee], countries: Iterable[str]) -> Committee | None:
    """The same, chosen from committees that were asked for already."""
    rank = {country: number for number, country in enumerate(countries)}
    rank[""] = len(rank)
    found = [
        one
        for one in committees
        if one.level in LEVELS and one.country in rank and one.state != Committee.State.DISSOLVED
    ]
    return min(found, key=lambda one: rank[one.country], default=None)
