"""Whom a visitor tells that something is missing or wrong."""

from collections.abc import Iterable

from django.db.models import Q

from committees.models import Committee


def office_for(countries: Iterable[str]) -> Committee | None:
    """The national association of the first of the countries that has one, or the world's body."""
    countries = list(countries)
    found = list(
        Committee.objects.public()
        .filter(
            Q(level=Committee.Level.NATIONAL, country__in=countries)
            | Q(level=Committee.Level.INTERNATIONAL)
        )
        .exclude(state=Committee.State.DISSOLVED)
        .only("name", "slug", "level", "country", "public_email", "sort_name")
    )
    rank = {country: number for number, country in enumerate(countries)}
    return min(
        found, key=lambda one: (rank.get(one.country, len(rank)), one.sort_name), default=None
    )
