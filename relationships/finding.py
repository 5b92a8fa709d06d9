"""The published object behind an address, with all that its own page asks of it at once.

How a slug, an old slug or a number leads to it: committees/finding.py.
"""

from django.db.models import F
from django.http import Http404

from committees.finding import named, survivor
from committees.models import City, Committee
from relationships.models import Exchange, Tie
from relationships.models.tie import CONNECTORS
from sistercities.models import Address
from sistercities.prepared import columns, prepared

MOST_CANDIDATES = 6
"""Readings of an address with the connector inside a name."""


def city(slug: str) -> City:
    """The listed city with this slug now or once."""
    return named("city", _city_of_slug, _city_of_number, slug)


def city_by_number(number: int) -> City:
    """The listed city with this permanent number."""
    return survivor(_city_of_number, number)


def committee(slug: str) -> Committee:
    """The published committee with this slug now or once."""
    return named("committee", _committee_of_slug, _committee_of_number, slug)


def exchange(slug: str) -> Exchange:
    """The published exchange of a published tie with this slug now or once."""
    found = named("exchange", _exchange_of_slug, _exchange_of_number, slug)
    if not found.tie.is_public:
        raise Http404
    return found


def exchange_by_number(number: int) -> Exchange:
    """The published exchange with this permanent number."""
    found = survivor(_exchange_of_number, number)
    if not found.tie.is_public:
        raise Http404
    return found


def tie(slug: str) -> Tie:
    """The published tie with this slug, in either language, now or once.

    Stored slugs join the cities by "_"; so any "-y-" or "-and-" of the address may stand for it.
    """
    for candidate in _stored_slugs(slug)[:MOST_CANDIDATES]:
        for found in _tie_of_slug.objects(slug=candidate):
            if found.has_page:
                return found
    number = Address.owner("tie", slug)
    if number is None:
        raise Http404
    return survivor(_tie_of_number, number)


def tie_by_number(number: int) -> Tie:
    """The published tie with this permanent number."""
    return survivor(_tie_of_number, number)


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
