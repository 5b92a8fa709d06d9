"""Whose figures are asked for, as conditions on the two cities of a tie."""

from dataclasses import dataclass, replace

from django.db.models import Q

from committees.models import City, Committee, CommitteeCity
from relationships.models import TieCommittee

SIDES = ("a", "b")


@dataclass(frozen=True)
class Scope:
    """Cities of a country, of a state (by its code), of a committee (by its number). What is given
    must hold together, for the same city; with nothing given every city is in it."""

    country: str = ""
    state: str = ""
    committee: int | None = None

    def __bool__(self) -> bool:
        """Whether there is an inside and an outside, and so a way out and a way in."""
        return bool(self.country or self.state or self.committee)

    def narrowed(self, by: str, code: str) -> "Scope":
        """This scope within one country, state or committee."""
        if by == "committee":
            return replace(self, committee=int(code))
        return replace(self, **{by: code}) if by in ("country", "state") else self

    def sides(self, tie: str = "") -> tuple[Q, Q]:
        """That the first city of the tie is in it, that the second is. `tie` leads to the tie:
        "tie__". One question to the database where a committee is asked for."""
        only = own_tie(self.committee) if self.committee else None
        return self._side(tie, "a", only), self._side(tie, "b", only)

    def _side(self, tie: str, side: str, only: "OwnTie | None") -> Q:
        city, condition = f"{tie}city_{side}", Q()
        if self.country:
            condition &= Q(**{f"{city}__country": self.country})
        if self.state:
            condition &= Q(**{f"{city}__region__code": self.state})
        if only is not None:
            condition &= Q(**{f"{tie}pk" if tie else "pk": only.tie, f"{city}__in": only.cities})
        elif self.committee:
            served = CommitteeCity.objects.filter(committee=self.committee, until=None)
            condition &= Q(**{f"{city}__in": served.order_by().values("city")})
        return condition


@dataclass(frozen=True)
class OwnTie:
    """The one tie that a committee was made for, and in the name of which of its cities."""

    tie: int
    committee: int
    cities: frozenset[int]


def own_tie(committee: int) -> OwnTie | None:
    """Of a committee for a single tie; None for all others."""
    return next(iter(own_ties(committee=committee)), None)


def own_ties(**narrow) -> list[OwnTie]:
    """Committees for a single tie. One that serves neither of its cities speaks for that of its
    country, as everywhere (`models.tie.own_side`)."""
    rows = TieCommittee.objects.filter(**narrow).exclude(
        committee__review__in=Committee.Review.hidden()
    )
    served: dict[int, set[int]] = {}
    links = CommitteeCity.objects.filter(until=None, committee__in=rows.values("committee"))
    for committee, city in links.order_by().values_list("committee", "city"):
        served.setdefault(committee, set()).add(city)
    found = []
    for one in rows.select_related("committee", "tie__city_a", "tie__city_b"):
        both: tuple[City, City] = (one.tie.city_a, one.tie.city_b)
        own = {city.pk for city in both} & served.get(one.committee_id, set())
        own = own or {city.pk for city in both if city.country == one.committee.country}
        found.append(OwnTie(one.tie_id, one.committee_id, frozenset(own)))
    return found
