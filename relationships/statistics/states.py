"""The states that have ties, by country: from here a state's own page is found."""

from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from committees.models import Region
from relationships.addresses import page_of
from relationships.listing import words
from relationships.listing.ties import tallied
from sistercities.folding import fold
from sistercities.models import Tally

MOST = 400
"""States that stand on one page; where there are more, countries lead to theirs."""


@dataclass(frozen=True)
class State:
    """One state and how many ties it has."""

    name: str
    url: str
    ties: int


@dataclass
class Country:
    """One country: its states, or only how many they are and where they stand."""

    name: str
    url: str
    states: list[State] = field(default_factory=list)
    count: int = 0


class States:
    """All states with ties, or those of the country with this code."""

    def __init__(self, country: str = "") -> None:
        self.country = country

    @cached_property
    def counts(self) -> dict[str, int]:
        """Ties by the code of the state."""
        rows = Tally.objects.filter(tallied("", ""), facet="state", n__gt=0)
        if self.country:
            rows = rows.filter(value__gte=f"{self.country}-", value__lt=f"{self.country}.")
        return dict(rows.values_list("value", "n"))

    @cached_property
    def countries(self) -> list[Country]:
        """By name, each with its states by name."""
        short = len(self.counts) > MOST and not self.country
        names = {} if short else words.state_words(self.counts)
        found: dict[str, Country] = {}
        for code, ties in self.counts.items():
            country = code[:2]
            url = f"{reverse('public:states')}?country={country}"
            one = found.setdefault(country, Country(words.country_words(country), url))
            one.count += 1
            if code in names:
                one.states.append(State(names[code], page_of("public:state-of-ties", code), ties))
        for one in found.values():
            one.states.sort(key=lambda state: fold(state.name))
        return sorted(found.values(), key=lambda one: fold(one.name))


def state_with_ties(code: str) -> Region:
    """The state with this code; 404 where no published tie has a city in it."""
    counted = Tally.objects.filter(tallied("", ""), facet="state", value=code, n__gt=0)
    region = Region.objects.filter(code=code).first() if counted.exists() else None
    if region is None:
        raise Http404
    return region
