"""The published object behind an address: by its slug, an old slug, or its permanent number.

What was merged is answered with its survivor, so an address once printed leads somewhere for ever.
What has no page does not exist here: Http404.
"""

from django.db.models import Model
from django.http import Http404

from committees.models import Committee, Convention, Guide
from sistercities.models import Address
from sistercities.prepared import Prepared, columns, prepared

LONGEST_CHAIN = 20
"""Merges of merges that are followed."""

LIMIT = 2**63
"""No number of an object is larger."""


def committee(slug: str) -> Committee:
    """The published committee with this slug now or once."""
    return named("committee", _committee_of_slug, _committee_of_number, slug)


def living_committee(slug: str) -> Committee:
    """The same; 404 for one that is dissolved."""
    found = committee(slug)
    if found.state == Committee.State.DISSOLVED:
        raise Http404
    return found


def guide(slug: str) -> Guide:
    """The published guide with this slug now or once."""
    return named("guide", _guide_of_slug, _guide_of_number, slug)


@prepared
def _guide_of_slug(slug: str):
    return Guide.objects.filter(slug=slug).values(*columns(Guide))


@prepared
def _guide_of_number(number: int):
    return Guide.objects.filter(pk=number).values(*columns(Guide))


def convention(slug: str) -> Convention:
    """The public convention with this slug now or once."""
    return named("convention", _convention_of_slug, _convention_of_number, slug)


@prepared
def _convention_of_slug(slug: str):
    return Convention.objects.filter(slug=slug).values(*columns(Convention))


@prepared
def _convention_of_number(number: int):
    return Convention.objects.filter(pk=number).values(*columns(Convention))


@prepared
def _committee_of_slug(slug: str):
    return Committee.objects.filter(slug=slug).values(*columns(Committee))


@prepared
def _committee_of_number(number: int):
    return Committee.objects.filter(pk=number).values(*columns(Committee))


def named(subject: str, by_slug: Prepared, by_number: Prepared, slug: str) -> Model:
    """By the slug itself, or else by the book of old slugs."""
    one = next(iter(by_slug.objects(slug=slug)), None)
    if one is not None and one.has_page:
        return one
    number = one.pk if one is not None else Address.owner(subject, slug)
    if number is None:
        raise Http404
    return survivor(by_number, number)


def survivor(by_number: Prepared, number: int) -> Model:
    """The object with this number, or what it was merged into, if that has a page."""
    for _step in range(LONGEST_CHAIN):
        one = next(iter(by_number.objects(number=number)), None) if number < LIMIT else None
        if one is None:
            raise Http404
        if one.has_page:
            return one
        number = getattr(one, "merged_into_id", None)
        if number is None:
            raise Http404
    raise Http404
