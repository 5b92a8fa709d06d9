"""The published object behind an address: by its slug, an old slug, or its permanent number.

What was merged is answered with its survivor, so an address once printed leads somewhere for ever.
What is not published does not exist here: Http404.
"""

from django.db.models import F, Model
from django.http import Http404

from committees.models import City, Committee
from relationships.models import Exchange, Tie
from relationships.models.tie import CONNECTORS
from sistercities.models import Address
from sistercities.prepared import Prepared, columns, prepared

LONGEST_CHAIN = 20
"""Merges of merges that are followed."""

MOST_CANDIDATES = 6
"""Readings of an address with the connector inside a name."""

LIMIT = 2**63
"""No number of an object is larger."""


def city(slug: str) -> City:
    """The listed city with this slug now or once."""
    return _named("city", _city_of_slug, _city_of_number, slug)


def city_by_number(number: int) -> City:
    """The listed city with this permanent number."""
    return _survivor(_city_of_number, number)


def committee(slug: str) -> Committee:
    """The published committee with this slug now or once."""
    return _named("committee", _committee_of_slug, _committee_of_number, slug)


def exchange(slug: str) -> Exchange:
    """The published exchange of a published tie with this slug now or once."""
    return _named("exchange", _exchange_of_slug, _exchange_of_number, slug)


def tie(slug: str) -> Tie:
    """The published tie with this slug, in either language, now or once.

    Stored slugs join the cities by "_"; so any "-y-" or "-and-" of the address may stand for it.
    """
    for candidate in _stored_slugs(slug)[:MOST_CANDIDATES]:
        for found in _tie_of_slug.objects(slug=candidate):
            if _is_public(found):
                return found
    number = Address.owner("tie", slug)
    if number is None:
        raise Http404
    return _survivor(_tie_of_number, number)


def tie_by_number(number: int) -> Tie:
    """The published tie with this permanent number."""
    return _survivor(_tie_of_number, number)


def _stored_slugs(slug: str) -> list[str]:
    """What may stand in the column for an address: "a_b" for "a-y-b"."""
    if "_" in slug:
        return [slug]
    stored = []
    for connector in CONNECTORS.values():
        joint = f"-{connector}-"
        parts = slug.split(joint)
        stored += [f"{joint.join(parts[:n])}_{joint.join(parts[n:])}" for n in range(1, len(parts))]
    return stored


# The columns of the page's own object, and of those that it names.
RELATED_CITY = ("id", "name", "slug", "is_listed")
CITY = (
    *columns(City, "region"),
    *(f"{relation}__{name}" for relation in ("parent", "successor") for name in RELATED_CITY),
)
TIE = tuple(columns(Tie, "city_a", "city_b", "city_a__region", "city_b__region"))
COMMITTEE = (
    *columns(Committee),
    *(f"parent__{name}" for name in ("id", "name", "slug", "review")),
    "only_tie",
)
EXCHANGE = tuple(
    columns(Exchange, "tie", *(f"tie__{path}" for path in ("city_a", "city_b")))
) + tuple(
    f"tie__{side}__region__{name}"
    for side in ("city_a", "city_b")
    for name in ("id", "name", "name_es")
)


@prepared
def _city_of_slug(slug: str):
    return City.objects.filter(slug=slug).values(*CITY)


@prepared
def _city_of_number(number: int):
    return City.objects.filter(pk=number).values(*CITY)


@prepared
def _committee_of_slug(slug: str):
    found = Committee.objects.annotate(only_tie=F("single_tie__tie"))
    return found.filter(slug=slug).values(*COMMITTEE)


@prepared
def _committee_of_number(number: int):
    found = Committee.objects.annotate(only_tie=F("single_tie__tie"))
    return found.filter(pk=number).values(*COMMITTEE)


@prepared
def _exchange_of_slug(slug: str):
    return Exchange.objects.filter(slug=slug).values(*EXCHANGE)


@prepared
def _exchange_of_number(number: int):
    return Exchange.objects.filter(pk=number).values(*EXCHANGE)


@prepared
def _tie_of_slug(slug: str):
    return Tie.objects.filter(slug=slug).order_by("pk").values(*TIE)


@prepared
def _tie_of_number(number: int):
    return Tie.objects.filter(pk=number).values(*TIE)


def _named(subject: str, by_slug: Prepared, by_number: Prepared, slug: str) -> Model:
    """By the slug itself, or else by the book of old slugs."""
    one = next(iter(by_slug.objects(slug=slug)), None)
    if one is not None and _is_public(one):
        return one
    number = one.pk if one is not None else Address.owner(subject, slug)
    if number is None:
        raise Http404
    return _survivor(by_number, number)


def _survivor(by_number: Prepared, number: int) -> Model:
    """The object with this number, or what it was merged into, if that is public."""
    for _step in range(LONGEST_CHAIN):
        one = next(iter(by_number.objects(number=number)), None) if number < LIMIT else None
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
