"""The list of cities, which is also the site's search."""

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from django import forms
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from committees.models import City, CommitteeCity
from relationships.addresses import here, page_of
from relationships.listing import words
from relationships.listing.found import Found, look_up, unlisted
from relationships.listing.narrowing import Narrowing, equal, narrow
from sistercities import tallies
from sistercities.folding import fold
from sistercities.listing.columns import columns
from sistercities.listing.facets import Facet, facet
from sistercities.listing.forms import REGION_CODE, CountryField, ListForm, choice_field, code_field
from sistercities.listing.lists import Counts, Listing, add, counted_afresh, no_counts
from sistercities.listing.orders import Order
from sistercities.listing.pages import Page
from sistercities.models import Tally
from sistercities.templatetags.ui import number

COMMITTEE = {"yes": _("With a committee"), "no": _("Without a committee")}


class CityFilter(ListForm):
    """Filters of cities."""

    country = CountryField(required=False, widget=forms.HiddenInput)
    state = code_field(REGION_CODE)
    committee = choice_field(COMMITTEE.items())

    orders = {
        "-ties": Order(("-tie_count", "sort_name", "id")),
        "ties": Order(("tie_count", "-sort_name", "-id")),
        "name": Order(("sort_name", "id")),
        "-name": Order(("-sort_name", "-id")),
        "-population": Order(("-population", "sort_name", "id")),
        "population": Order(("population", "-sort_name", "-id")),
    }
    default_sort = "-ties"

    @cached_property
    def found(self) -> Found | None:
        """What the search text means; None when nothing is searched for."""
        return look_up(self.q_text) if self.q_text else None

    @cached_property
    def tally(self) -> "CityTally":
        """What the tallies know of the filters."""
        return CityTally(self.filters, bool(self.q_text))

    def apply(self, rows: QuerySet) -> QuerySet:
        """The cities that match."""
        narrowings = {name: self.narrowing(name, value) for name, value in self.filters.items()}
        if self.found is not None:
            narrowings["q"] = of_numbers(self.found.city_ids)
        by_name = self.sort in ("name", "-name")
        return narrow(rows, narrowings, self.tally.sizes, by_name)

    def narrowing(self, name: str, value: str) -> Narrowing:
        """One filter."""
        if name == "state":
            in_state = Q(region__code=value)
            return Narrowing(lambda rows: rows.filter(in_state), lambda rows: rows.filter(in_state))
        if name == "committee":
            return with_committee(value == "yes")
        return equal(name, value)


def of_numbers(ids: list[int]) -> Narrowing:
    """A few cities by their numbers."""
    among = Q(pk__in=ids)
    return Narrowing(lambda rows: rows.filter(among), lambda rows: rows.filter(among))


def with_committee(wanted: bool) -> Narrowing:
    """Cities that a published committee serves, or does not."""
    served = CommitteeCity.objects.filter(until=None, committee__review="published")
    its_own = Exists(served.filter(city=OuterRef("pk")))
    if not wanted:
        return Narrowing(lambda rows: rows.filter(~its_own), lambda rows: rows.filter(~its_own))
    return Narrowing(
        lambda rows: rows.filter(pk__in=served.values("city")), lambda rows: rows.filter(its_own)
    )


class CityTally:
    """The tallies that a list of cities needs for its filters, in one question."""

    def __init__(self, asked: dict[str, str], searched: bool) -> None:
        self.sizes: dict[str, float] = dict.fromkeys(asked, inf if searched else 0)
        self.counts: Counts = no_counts()
        self.simple = len(asked) < 2 and not searched
        if not searched:
            self._ask(asked)
        if asked.get("committee") == "no":
            self.sizes["committee"] = inf  # nothing can seek what is not there

    def _ask(self, asked: dict[str, str]) -> None:
        by, by_value = next(iter(asked.items())) if len(asked) == 1 else ("", "")
        alone = Q(listing="cities", by="", by_value="")  # in every branch, see ties.tallied
        condition = alone & Q(facet="", value="")
        for name, value in asked.items():
            condition |= alone & Q(facet=name, value=value)
        with_it = Q(listing="cities", by=by, by_value=by_value)
        if self.simple:
            condition |= with_it & Q(facet__in=("country", "committee"))
        if self.simple and by == "country":
            condition |= with_it & Q(facet="state")
        rows = Tally.objects.filter(condition)
        for row_by, row_value, name, value, n in rows.values_list(
            "by", "by_value", "facet", "value", "n"
        ):
            if n > 0 and not row_by and (asked.get(name) == value or not name):
                self.sizes[name] = n
            if n > 0 and name and (row_by, row_value) == (by, by_value):
                self.counts.setdefault(name, {})[value] = n
        self.counts[""][""] = int(self.sizes.get(by, 0))


@dataclass(slots=True)
class Row:
    """One line of the table. `also`: the name by which it was found, when that is another."""

    url: str
    name: str
    place: str
    ties: str
    first_year: str
    population: str
    also: str = ""


COLUMNS = ("pk", "slug", "name", "country", "region__name", "region__name_es")
COLUMNS += ("tie_count", "first_tie_year", "population")


def read_rows(keys: list[int]) -> list[Row]:
    """Lines of the table for these cities, in this order; one question."""
    found = columns(City.objects.filter(pk__in=keys).order_by(), *COLUMNS)
    language = here()
    rows = {row[0]: _line(row, language) for row in found}
    return [rows[key] for key in keys if key in rows]


def _line(row: tuple, language: str) -> Row:
    _pk, slug, name, country, region, region_es, ties, year, people = row
    place = words.place_words(country, region, region_es, language)
    url = page_of("public:city", slug, language)
    return Row(url, name, place, number(ties), str(year or "–"), number(people) if people else "–")


class CityList(Listing):
    """The cities of the registry; with a search text, the best fifty, the likeliest first."""

    form_class = CityFilter
    headers = (
        ("name", _("City"), False, False),
        ("", _("State and country"), False, False),
        ("ties", _("Sister cities"), True, True),
        ("", _("First tie"), True, False),
        ("population", _("Population"), True, True),
    )

    def rows(self) -> QuerySet:
        """All listed cities."""
        return City.objects.listed()

    def fetch(self, keys: list[int]) -> list[Row]:
        """Lines of the table."""
        return read_rows(keys)

    @cached_property
    def matches(self) -> list[tuple]:
        """What was found, all of it: columns of the rows and their facets, best first."""
        rows = columns(self.filtered, *COLUMNS, "region__code", "counted_as", "sort_name")
        if self.sorted_by_hand:
            return list(self.form.order.sort(rows))
        by_number = {row[0]: row for row in rows.order_by()}
        return [by_number[pk] for pk in self.form.found.city_ids if pk in by_number]

    def columns(self) -> list[dict[str, Any]]:
        """The heads of the table; what was found stands by likelihood, in the order of none."""
        heads = super().columns()
        if self.form.found is not None and not self.sorted_by_hand:
            for head in heads:
                if head["direction"]:
                    head.update(direction="", url="")
        return heads

    @property
    def sorted_by_hand(self) -> bool:
        """Whether the reader chose an order, which then goes before likelihood."""
        return bool(self.form.query.get("sort")) and self.form.sort != self.form.default_sort

    @property
    def ordered(self) -> QuerySet:
        """What was found, the likeliest first, unless the reader chose an order."""
        if self.form.found is None or self.sorted_by_hand:
            return super().ordered
        found = self.form.found.city_ids
        ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(found)]
        likely = Case(*ranks, default=Value(len(found)), output_field=IntegerField())
        return self.filtered.order_by(likely, "pk")

    @cached_property
    def counts(self) -> Counts:
        """From the tallies where they know; otherwise a fresh count of what was found."""
        if self.form.found is None:
            return self.form.tally.counts if self.form.tally.simple else self.fresh()
        counts = no_counts()
        for row in self.matches:
            add(counts, tallies.read(row[-2]))
        return counts

    def fresh(self) -> Counts:
        """A count in the database."""
        return self.remembered(lambda: counted_afresh(self.filtered))

    @cached_property
    def page(self) -> Page:
        """The rows of the page asked for; what was found is one page."""
        if self.form.found is None:
            return super().page
        names = {hit.object_id: hit.text for hit in self.form.found.cities}
        rows, language = [], here()
        for row in self.matches:
            line = _line(row[: len(COLUMNS)], language)
            if fold(names[row[0]]) != row[-1]:
                line.also = names[row[0]]
            rows.append(line)
        return Page(rows=rows, count=len(rows), first_url=self.links.url())

    @cached_property
    def unlisted(self) -> list[str]:
        """Places of the gazetteer of that name, when the registry has nothing of it."""
        found = self.form.found
        nothing = found is not None and (found.misspelt or not self.page.rows)
        return unlisted(found.text) if nothing and not self.form.filters else []

    def facets(self) -> list[Facet]:
        """Country, state, committee."""
        counts, total, links = self.counts, self.total, self.links
        states = counts.get("state", {})
        if "country" not in self.form.chosen and self.form.found is None:
            states = {}
        committee = counts.get("committee", {})
        return [
            facet(
                "country",
                _("Country"),
                counts.get("country", {}),
                total,
                links,
                words.country_labels(),
            ),
            facet("state", _("State or region"), states, total, links, self.state_label),
            facet(
                "committee", _("Committee"), committee, total, links, COMMITTEE.get, list(COMMITTEE)
            ),
        ]

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Names of all states that this page mentions."""
        if self.form.found is not None and self.matches:
            return {row[-3]: words.own_name(row[4], row[5]) for row in self.matches if row[-3]}
        chosen = self.form.chosen.get("state")
        few = sorted(self.counts.get("state", {}).items(), key=lambda item: -item[1])[:120]
        return words.state_words({*(code for code, _n in few), *filter(None, [chosen])})

    def state_label(self, code: str) -> str:
        """The name of a state."""
        return self.state_names.get(code) or code

    def label(self, name: str, value: str) -> Any:
        """A filter in use, in words."""
        if name == "country":
            return words.country_words(value)
        if name == "state":
            return self.state_label(value)
        return COMMITTEE[value] if name == "committee" else value
