"""The list of committees. It is never long: its counts are counted."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, CommitteeCity
from relationships.addresses import here, page_of
from relationships.listing import words
from relationships.listing.found import Found, look_up
from sistercities.listing.columns import columns
from sistercities.listing.facets import Facet, facet
from sistercities.listing.forms import CountryField, ListForm, choice_field
from sistercities.listing.lists import Counts, Listing, add, no_counts
from sistercities.listing.orders import Order

RANKS = ("international", "national", "state", "local")


class CommitteeFilter(ListForm):
    """Filters of committees; `status` is how they live."""

    country = CountryField(required=False, widget=forms.HiddenInput)
    level = choice_field(Committee.Level.choices)
    status = choice_field(Committee.State.choices)

    orders = {
        "level": Order(("rank", "sort_name", "id")),
        "-level": Order(("-rank", "sort_name", "id")),
        "name": Order(("sort_name", "id")),
        "-name": Order(("-sort_name", "-id")),
    }
    default_sort = "level"

    @cached_property
    def found(self) -> Found | None:
        """What the search text means; None when nothing is searched for."""
        return look_up(self.q_text, "committee", "city") if self.q_text else None

    def apply(self, rows: QuerySet) -> QuerySet:
        """The committees that match; with a text, those called so and those of cities called so."""
        columns = {"country": "country", "level": "level", "status": "state"}
        rows = rows.filter(**{columns[name]: value for name, value in self.filters.items()})
        if self.found is None:
            return rows
        own = [hit.object_id for hit in self.found.committees]
        served = CommitteeCity.objects.filter(until=None, city__in=self.found.city_ids)
        return rows.filter(Q(pk__in=own) | Q(pk__in=served.values("committee")))


@dataclass(slots=True)
class Row:
    """One line of the table; cities as (name, address)."""

    url: str
    name: str
    level: Any
    country: str
    founded: str
    shape: str
    state: Any
    cities: list[tuple[str, str]] = field(default_factory=list)


class CommitteeList(Listing):
    """The committees that everyone may see."""

    form_class = CommitteeFilter
    headers = (
        ("name", _("Committee"), False, False),
        ("level", _("Level"), False, False),
        ("", _("Cities"), False, False),
        ("", _("Founded"), False, False),
        ("", _("Status"), False, False),
    )

    def rows(self) -> QuerySet:
        """All published committees, with the rank of their level."""
        ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(RANKS)]
        rank = Case(*ranks, default=Value(len(RANKS)), output_field=IntegerField())
        return Committee.objects.public().annotate(rank=rank)

    def fetch(self, keys: list[int]) -> list[Row]:
        """Lines of the table, in two questions."""
        found = columns(
            Committee.objects.filter(pk__in=keys).order_by(),
            *("pk", "slug", "name", "level", "country", "founded", "state"),
        )
        rows = {
            pk: Row(
                url=page_of("public:committee", slug),
                name=name,
                level=words.LEVELS[level],
                country=words.country_words(country) if country else "",
                founded=founded.in_words(here()) if founded else "",
                shape=words.COMMITTEE_SHAPES[state],
                state=words.STATES[state],
            )
            for pk, slug, name, level, country, founded, state in found
        }
        for committee, cities in served(keys).items():
            rows[committee].cities = cities
        return [rows[key] for key in keys if key in rows]

    @cached_property
    def counts(self) -> Counts:
        """A fresh count, in one question."""
        counts = no_counts()
        rows = columns(self.filtered.order_by(), "country", "level", "state")
        for country, level, state, n in rows.annotate(n=Count("pk")):
            values = {"country": [country] if country else [], "level": [level], "status": [state]}
            add(counts, values, n)
        return counts

    def facets(self) -> list[Facet]:
        """Level, country, state."""
        counts, total, links = self.counts, self.total, self.links
        return [
            facet(
                "level",
                _("Level"),
                counts.get("level", {}),
                total,
                links,
                words.LEVELS.get,
                list(words.LEVELS),
            ),
            facet(
                "country",
                _("Country"),
                counts.get("country", {}),
                total,
                links,
                words.country_words,
            ),
            facet(
                "status",
                _("Status"),
                counts.get("status", {}),
                total,
                links,
                words.STATES.get,
                list(words.STATES),
            ),
        ]

    def label(self, name: str, value: str) -> Any:
        """A filter in use, in words."""
        if name == "country":
            return words.country_words(value)
        labels = {"level": words.LEVELS, "status": words.STATES}
        return labels[name][value] if name in labels else value


def served(committee_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """The cities that committees serve now: (name, address; "" for a city without a page)."""
    links = CommitteeCity.objects.filter(committee__in=committee_ids, until=None)
    cities: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for committee, name, slug, is_listed in links.order_by("city__sort_name").values_list(
        "committee_id", "city__name", "city__slug", "city__is_listed"
    ):
        cities[committee].append((name, page_of("public:city", slug) if is_listed else ""))
    return cities
