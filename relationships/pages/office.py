"""Whom a visitor tells that something is missing or wrong."""

from collections.abc import Iterable

from committees.models import Committee
from sistercities.prepared import prepared


@prepared
def _offices():
    """The national associations and the international body."""
    return (
        Committee.objects.public()
        .filter(level__in=[Committee.Level.NATIONAL, Committee.Level.INTERNATIONAL])
        .exclude(state=Committee.State.DISSOLVED)
        .order_by("sort_name", "pk")
        .values("pk", "name", "slug", "level", "country", "public_email")
    )


def office_for(countries: Iterable[str]) -> Committee | None:
    """The national association of the first of the countries that has one, or the world's body."""
    rank = {country: number for number, country in enumerate(countries)}
    rank[""] = len(rank)
    found = [one for one in _offices.objects() if one.country in rank]
    return min(found, key=lambda one: rank[one.country], default=None)
