"""The home page: one question, one search box, and what the registry has to tell this week.

It costs the same however large the registry is: counts come from the tallies or are remembered,
everything else is a short range of an index.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from committees.models import Committee
from relationships.addresses import here, tie_page
from relationships.anniversaries import WEEK, Anniversary, most_notable, upcoming
from relationships.listing import exchanges
from relationships.listing.ties import tallied
from relationships.models import Tie
from sistercities.countries import country_name
from sistercities.listing.columns import columns
from sistercities.listing.remembering import remembered
from sistercities.maps.picture import ArcMap
from sistercities.maps.view import Line, arc_map
from sistercities.models import Tally
from sistercities.prepared import prepared

MOST_LINES, LEAST_LINES = 60, 10
MOST_ANNIVERSARIES, MOST_TIES, MOST_EXCHANGES = 5, 5, 3


@dataclass(slots=True)
class Count:
    """A figure and the list behind it."""

    n: int
    label: str
    url: str


@dataclass(slots=True)
class NewTie:
    """A line of the table of the newest ties."""

    url: str
    first: str
    second: str
    since: Any


TIE_COLUMNS = ("slug", "since", "city_a__sort_name", "city_a__name", "city_b__sort_name")
TIE_COLUMNS += ("city_b__name",)
PLACE_COLUMNS = ("pk", "city_a__name", "city_a__latitude", "city_a__longitude")
PLACE_COLUMNS += ("city_b__name", "city_b__latitude", "city_b__longitude")


@prepared
def _newest():
    ties = Tie.objects.public().in_force().exclude(since=None)
    ties = ties.order_by("newest_first", "sort_name", "pk")
    return columns(ties, *TIE_COLUMNS)[:MOST_TIES]


@prepared
def _places():
    ties = Tie.objects.public().in_force().order_by("newest_first", "sort_name", "pk")
    return columns(ties, *PLACE_COLUMNS)[:MOST_LINES]


@prepared
def _places_of(pair: str):
    ties = Tie.objects.public().in_force().filter(country_pair=pair).order_by("sort_name", "pk")
    return columns(ties, *PLACE_COLUMNS)[:MOST_LINES]


@prepared
def _exchanges():
    found = exchanges.public_exchanges().order_by("-begins", "-pk")
    return columns(found, *exchanges.COLUMNS)[:MOST_EXCHANGES]


@lru_cache(maxsize=4)
def _drawn(lines: tuple[Line, ...], language: str) -> ArcMap | None:
    """The map of these lines: drawn once, as long as the ties are the same."""
    return arc_map(lines, language=language)


class HomePage:
    """What the home page shows on a day."""

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def counts(self) -> list[Count]:
        """Cities, ties by status, committees, exchanges of this year."""
        every = Q(listing="cities", by="", by_value="", facet="", value="")
        status = tallied("", "") & Q(facet="status", value__in=("active", "unconfirmed"))
        rows = Tally.objects.filter(every | status).values_list("value", "n")
        found = dict(rows)
        cities = found.get("", 0)
        active, unconfirmed = found.get("active", 0), found.get("unconfirmed", 0)
        year = self.today.year
        committees, exchanged = remembered(f"home {year}", self._counted)
        ties_url, year_text = reverse("public:tie-list"), {"year": year}
        return [
            Count(cities, ngettext("city", "cities", cities), reverse("public:city-list")),
            Count(
                active,
                ngettext("active tie", "active ties", active),
                f"{ties_url}?status=active",
            ),
            Count(
                unconfirmed,
                ngettext("tie to be confirmed", "ties to be confirmed", unconfirmed),
                f"{ties_url}?status=unconfirmed",
            ),
            Count(
                committees,
                ngettext("committee", "committees", committees),
                reverse("public:committee-list"),
            ),
            Count(
                exchanged,
                ngettext("exchange in %(year)s", "exchanges in %(year)s", exchanged) % year_text,
                f"{reverse('public:exchange-list')}?year={year}",
            ),
        ]

    def _counted(self) -> list[int]:
        """Committees, and exchanges of this year: no tally has them."""
        year = self.today.year
        held = exchanges.public_exchanges().filter(begins__gte=str(year), begins__lt=str(year + 1))
        return [Committee.objects.public().count(), held.count()]

    @cached_property
    def _upcoming(self) -> list[Anniversary]:
        return upcoming(self.today)

    @cached_property
    def plaque(self) -> Anniversary | None:
        """The most notable anniversary of the coming seven days, else the next one."""
        soon = [one for one in self._upcoming if (one.on - self.today).days < WEEK]
        return most_notable(soon or self._upcoming[:1])

    @property
    def is_this_week(self) -> bool:
        """Whether the plaque's day is within seven days."""
        return self.plaque is not None and (self.plaque.on - self.today).days < WEEK

    @property
    def anniversaries(self) -> list[Anniversary]:
        """The next ones after the plaque's."""
        others = [one for one in self._upcoming if one is not self.plaque]
        return others[:MOST_ANNIVERSARIES]

    @cached_property
    def newest(self) -> list[NewTie]:
        """The ties that began last."""
        return [
            NewTie(tie_page(slug), *((a, b) if sort_a <= sort_b else (b, a)), since)
            for slug, since, sort_a, a, sort_b, b in _newest.tuples()
        ]

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """The two countries with the most ties between them: the map shows those. None where
        hardly any two have some, and the map shows the newest ties of all."""
        pairs = Tally.objects.filter(listing="ties", by="", by_value="", facet="pair")
        most = pairs.filter(n__gte=LEAST_LINES).order_by("-n", "value")
        code = most.values_list("value", flat=True).first()
        return tuple(code.split("-")) if code else None

    @cached_property
    def map(self) -> ArcMap | None:
        """At most sixty ties; that of the plaque is stressed when it is among those countries."""
        rows = _places_of.tuples(pair="-".join(self.pair)) if self.pair else _places.tuples()
        own = self.plaque.pk if self.plaque else None
        return _drawn(tuple((*places, pk == own) for pk, *places in rows), here())

    @property
    def map_words(self) -> str:
        """What the table behind the map shows."""
        if not self.pair:
            return gettext("The newest ties as a table")
        names = dict.fromkeys(country_name(code, here()) for code in self.pair)
        return gettext("%(countries)s: all ties as a table") % {"countries": " – ".join(names)}

    @property
    def map_url(self) -> str:
        """The table behind the map."""
        ties = reverse("public:tie-list")
        return (
            f"{ties}?country={self.pair[0]}&with={self.pair[1]}"
            if self.pair
            else (f"{ties}?sort=-since")
        )

    @cached_property
    def exchanges(self) -> list[exchanges.Row]:
        """The newest exchanges."""
        return [exchanges.line(row) for row in _exchanges.tuples()]
