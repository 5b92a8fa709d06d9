"""The ties of the map and of the list beside it."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from committees.models import City
from relationships.atlas.flows import Flows, flows_of, lines_of
from relationships.listing.ties import TieFilter, TieList, of_cities
from sistercities.listing.columns import columns
from sistercities.listing.forms import code_field, readable
from sistercities.listing.links import Links
from sistercities.listing.lists import Counts
from sistercities.listing.remembering import remembered
from sistercities.maps.atlas import SHEETS

CITY = r"^[a-z0-9-]{1,160}\Z"
LARGEST_NUMBER = 2**31
MOST_LINES = 500
"""Ties drawn one by one; more are drawn by region."""
MOST_SCRIPTED = 10_000
"""Ties that the page's script is given one by one."""


class MapFilter(TieFilter):
    """The filters of the list of ties, the sheet to draw them on, and a city to be lit, by its slug
    or number. A city that the registry does not list is left out like any other odd value."""

    city = code_field(CITY)

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(query)
        self.city: tuple[int, str, str] | None = find_city(self.chosen.get("city", ""))
        if "city" in self.chosen and not self.city:
            del self.chosen["city"], self.fields["city"], self.initial["city"]
        view = readable(query.get("view", ""))
        self.view = view if view in SHEETS else ""
        if self.view:
            self.fields["view"] = forms.CharField(widget=forms.HiddenInput)
            self.initial["view"] = self.view

    @cached_property
    def asked(self) -> dict[str, str]:
        """The city narrows the list beside the map, not the map."""
        return {name: value for name, value in super().asked.items() if name != "city"}

    @property
    def of_ties(self) -> dict[str, str]:
        """What the list of ties understands as well."""
        return {name: value for name, value in super().carried.items() if name != "city"}

    @property
    def carried(self) -> dict[str, str]:
        """The query of this map's own address."""
        return super().carried | ({"view": self.view} if self.view else {})


def find_city(text: str) -> tuple[int, str, str] | None:
    """Number, slug and name of a listed city."""
    if not text:
        return None
    wanted = Q(slug=text)
    if text.isascii() and text.isdigit() and int(text[:11]) < LARGEST_NUMBER:
        wanted |= Q(pk=int(text[:11]))
    found = City.objects.standing().listed().filter(wanted).order_by("-pk")
    return columns(found, "pk", "slug", "name").first()


class MapList(TieList):
    """The list beside the map, and the ties that are drawn: all that match. Where a city is chosen,
    the list has only its ties."""

    form_class = MapFilter
    form: MapFilter

    def remembered(self, count: Callable[[], Counts]) -> Counts:
        """The same as the list of ties remembers."""
        chosen = {name: value for name, value in self.form.chosen.items() if name != "city"}
        if "q" in chosen:
            return count()
        return remembered(f"TieList {sorted(chosen.items())}", count)

    @property
    def shown(self) -> QuerySet:
        """The rows beside the map."""
        if not self.form.city:
            return self.filtered
        return of_cities([self.form.city[0]]).check(self.filtered)

    @property
    def shown_count(self) -> int:
        """How many there are."""
        return self.lit.count if self.form.city else self.total

    def label(self, name: str, value: str) -> Any:
        """A city by its name."""
        if name == "city" and self.form.city:
            return self.form.city[2]
        return super().label(name, value)

    @cached_property
    def flows(self) -> Flows:
        """What is drawn."""
        return self.drawn(MOST_LINES)

    @property
    def scripted(self) -> Flows:
        """What the page's script draws: more ties one by one."""
        return self.drawn(MOST_SCRIPTED)

    @property
    def is_short(self) -> bool:
        """Whether each tie is drawn by itself."""
        return self.total <= MOST_LINES

    def drawn(self, most: int) -> Flows:
        """The ties one by one when there are no more than `most`, otherwise by region."""
        if self.total <= most:
            return lines_of(self.filtered)
        return Flows.restored(self.kept("flows", lambda: flows_of(self.filtered).stored))

    def kept(self, name: str, work_out: Callable[[], Any]) -> Any:
        """What is worked out of many ties, kept like the counts."""
        if self.is_short or "q" in self.form.chosen:
            return work_out()
        return remembered(f"map {name} {sorted(self.form.asked.items())}", work_out)

    @cached_property
    def lit(self) -> Flows:
        """The ties of the chosen city."""
        return lines_of(self.shown)

    def ties_url(self, path: str) -> str:
        """The list of ties with the same filters."""
        return Links(path, self.form.of_ties).url()
