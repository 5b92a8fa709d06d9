"""The published object behind an address: by its slug, an old slug, or its permanent number.

What was merged is answered with its survivor, so an address once printed leads somewhere for ever.
What is not published does not exist here: Http404.
"""

from django.db.models import F, Model, QuerySet
from django.http import Http404

from committees.models import City, Committee
from relationships.models import Exchange, Tie
from relationships.models.tie import CONNECTORS
from sistercities.models import Address

LONGEST_CHAIN = 20
"""Merges of merges that are followed."""


def city(slug: str) -> City:
    """The listed city with this slug now or once."""
    return _named("city", _cities(), slug)


def city_by_number(number: int) -> City:
    """The listed city with this permanent number."""
    return _survivor(_cities(), number)


def committee(slug: str) -> Committee:
    """The published committee with this slug now or once."""
    return _named("committee", _committees(), slug)


def exchange(slug: str) -> Exchange:
    """The published exchange of a published tie with this slug now or once."""
    return _named("exchange", _exchanges(), slug)


def tie(slug: str) -> Tie:
    """The published tie with this slug, in either language, now or once.

    Stored slugs join the cities by "_"; so each "-y-" or "-and-" of the address may stand for it.
    """
    candidates = {slug}
    for connector in CONNECTORS.values():
        parts = slug.split(f"-{connector}-")
        joined = f"-{connector}-"
        candidates.update(
            f"{joined.join(parts[:n])}_{joined.join(parts[n:])}" for n in range(1, len(parts))
        )
    for found in _ties().filter(slug__in=candidates):
        if slug in (found.slug, *map(found.slug_in, CONNECTORS)) and _is_public(found):
            return found
    number = Address.owner("tie", slug)
    if number is None:
        raise Http404
    return _survivor(_ties(), number)


def tie_by_number(number: int) -> Tie:
    """The published tie with this permanent number."""
    return _survivor(_ties(), number)


def _cities() -> QuerySet:
    return City.objects.select_related("region", "parent", "successor")


def _committees() -> QuerySet:
    return Committee.objects.select_related("parent").annotate(only_tie=F("single_tie__tie"))


def _ties() -> QuerySet:
    return Tie.objects.with_cities()


def _exchanges() -> QuerySet:
    return Exchange.objects.select_related("tie__city_a__region", "tie__city_b__region")


def _named(subject: str, found: QuerySet, slug: str) -> Model:
    """By the slug itself, or else by the book of old slugs."""
    one = found.filter(slug=slug).first()
    if one is not None and _is_public(one):
        return one
    number = one.pk if one is not None else Address.owner(subject, slug)
    if number is None:
        raise Http404
    return _survivor(found, number)


def _survivor(found: QuerySet, number: int) -> Model:
    """The object with this number, or what it was merged into, if that is public."""
    for _step in range(LONGEST_CHAIN):
        one = found.filter(pk=number).first()
        if one is None:
            raise Http404
        if _is_public(one):
            return one
        number = getattr(one, "merged_into_id", None)
        if number is None:
            raise Http404
    raise Http404


def _is_public(one: Model) -> bool:
    """Whether it has a page of its own."""
    if isinstance(one, City):
        return one.is_listed and one.merged_into_id is None
    if isinstance(one, Exchange):
        return one.is_public and one.tie.is_public
    return one.is_public and one.merged_into_id is None
