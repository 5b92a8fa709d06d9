"""The questions about all ties of one owner: of a city, of a committee, or its single tie."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum

from committees.models import CommitteeCity
from relationships.models import Donation, Exchange, Tie
from relationships.models.tie import TieQuerySet
from sistercities.prepared import Prepared, prepared

MOST_EXCHANGES = 30
MOST_GIFTS = 20

TIE_COLUMNS = ("pk", "slug", "kind", "status", "since", "ended", "last", "city_a_id", "city_b_id")
PLACE_COLUMNS = (
    *("name", "sort_name", "slug", "country", "latitude", "longitude", "is_listed"),
    *("region__name", "region__name_es"),
)
PORTRAIT_COLUMNS = (
    *("population", "population_year", "founded", "incorporated", "government"),
    *("official_site", "about_es", "about_en", "about_source"),
)
GIFT_COLUMNS = (
    *("pk", "tie_id", "kind", "given_by", "date", "amount", "currency", "amount_is_estimate"),
    *("estimated_by", "quantity", "description_es", "description_en", "emergency_es"),
    *("emergency_en", "acknowledged_on", "is_demo"),
)
EXCHANGE_COLUMNS = (
    *("pk", "title_es", "title_en", "slug", "theme", "begins", "tie_id", "travellers", "hosts"),
    "is_demo",
)


@dataclass(frozen=True)
class Scope:
    """Four queries, each with `owner`: the number of the city or committee."""

    ties: Prepared
    exchanges: Prepared
    totals: Prepared
    gifts: Prepared


def scope(ties_of: Callable[[int], TieQuerySet], columns: tuple[str, ...]) -> Scope:
    """The questions about the ties that `ties_of` finds; `columns` are asked of both cities."""
    names = (*TIE_COLUMNS, *(f"city_{side}__{name}" for side in "ab" for name in columns))

    @prepared
    def ties(owner: int, today: str):
        held = Exchange.objects.visible().filter(tie=OuterRef("pk"), begins__lte=today)
        last = held.order_by().values("tie").annotate(last=Max("begins")).values("last")
        return ties_of(owner).annotate(last=Subquery(last)).order_by().values(*names)

    @prepared
    def exchanges(owner: int):
        found = Exchange.objects.visible().filter(tie__in=ties_of(owner).values("pk"))
        newest = found.order_by("-begins", "-pk")
        return newest.values(*EXCHANGE_COLUMNS)[: MOST_EXCHANGES + 1]

    @prepared
    def totals(owner: int):
        found = Donation.objects.visible().filter(tie__in=ties_of(owner).values("pk"))
        groups = found.order_by().values("tie_id", "given_by", "kind", "currency")
        return groups.annotate(total=Sum("amount"), n=Count("pk"))

    @prepared
    def gifts(owner: int):
        found = Donation.objects.visible().filter(tie__in=ties_of(owner).values("pk"))
        return found.order_by("-date", "-pk").values(*GIFT_COLUMNS)[:MOST_GIFTS]

    return Scope(ties, exchanges, totals, gifts)


def ties_of_city(city: int) -> TieQuerySet:
    """The published ties of a city."""
    return Tie.objects.visible().of(city)


def ties_of_committee(committee: int) -> TieQuerySet:
    """The published ties of the cities that a committee serves today."""
    served = CommitteeCity.objects.filter(committee=committee, until=None).order_by()
    cities = served.values("city")
    return Tie.objects.visible().filter(Q(city_a__in=cities) | Q(city_b__in=cities))


def single_tie_of(committee: int) -> TieQuerySet:
    """The published tie that a committee was made for."""
    return Tie.objects.visible().filter(own_committees__committee=committee)


OF_CITY = scope(ties_of_city, PLACE_COLUMNS)
OF_COMMITTEE = scope(ties_of_committee, (*PLACE_COLUMNS, *PORTRAIT_COLUMNS))
OF_SINGLE_TIE = scope(single_tie_of, (*PLACE_COLUMNS, *PORTRAIT_COLUMNS))
