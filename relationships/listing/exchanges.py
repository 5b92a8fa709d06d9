"""The list of exchanges. It is never long: its counts are counted."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from relationships.addresses import here, page_of, tie_page
from relationships.listing import words
from relationships.listing.found import Found, look_up
from relationships.models import Exchange, Tie
from sistercities.bilingual import Text, choose
from sistercities.folding import fold
from sistercities.listing.columns import columns
from sistercities.listing.facets import Facet, facet
from sistercities.listing.forms import CountryField, ListForm, choice_field, code_field
from sistercities.listing.lists import Counts, Listing, add, no_counts
from sistercities.listing.orders import Order


class ExchangeFilter(ListForm):
    """Filters of exchanges; `year` is the one in which they begin."""

    country = CountryField(required=False, widget=forms.HiddenInput)
    theme = choice_field(Exchange.Theme.choices)
    year = code_field(r"^(?:1[0-9]|20)[0-9]{2}\Z")

    orders = {"-date": Order(("-begins", "-id")), "date": Order(("begins", "id"))}
    default_sort = "-date"
    sort_names = {"newest": "-date", "oldest": "date"}

    @cached_property
    def found(self) -> Found | None:
        """What the search text means; None when nothing is searched for."""
        return look_up(self.q_text, "city") if self.q_text else None

    def apply(self, rows: QuerySet) -> QuerySet:
        """The exchanges that match; with a text, those of cities called so or with it in their
        title."""
        if theme := self.chosen.get("theme"):
            rows = rows.filter(theme=theme)
        if year := self.chosen.get("year"):
            rows = rows.filter(begins__gte=year, begins__lt=str(int(year) + 1))
        if code := self.chosen.get("country"):
            pairs = Q(tie__country_pair__startswith=f"{code}-")
            rows = rows.filter(pairs | Q(tie__country_pair__endswith=f"-{code}"))
        if self.found is None:
            return rows
        cities = self.found.city_ids
        matching = Q(tie__city_a__in=cities) | Q(tie__city_b__in=cities)
        if title := fold(self.q_text):
            matching |= Q(sort_name__contains=title)
        return rows.filter(matching)


@dataclass(slots=True)
class Row:
    """One line of the table."""

    url: str
    title: Text
    when: str
    cities: str
    tie_url: str
    theme: Any
    people: int


def public_exchanges() -> QuerySet:
    """Exchanges that everyone may see: published, of a published tie."""
    return Exchange.objects.public().filter(tie__review=Tie.Review.PUBLISHED)


COLUMNS = ("pk", "slug", "title_es", "title_en", "begins", "theme", "travellers", "hosts")
COLUMNS += ("tie__slug", "tie__city_a__name", "tie__city_b__name")
COLUMNS += ("tie__city_a__sort_name", "tie__city_b__sort_name")


def read_rows(keys: list[int]) -> list[Row]:
    """Lines of the table for these exchanges, in this order; one question."""
    found = columns(Exchange.objects.filter(pk__in=keys).order_by(), *COLUMNS)
    rows = {row[0]: line(row) for row in found}
    return [rows[key] for key in keys if key in rows]


def line(row: tuple) -> Row:
    """A line from the values of COLUMNS."""
    _pk, slug, es, en, begins, theme, travellers, hosts, tie, a, b, sort_a, sort_b = row
    first, second = (b, a) if sort_b < sort_a else (a, b)
    return Row(
        url=page_of("public:exchange", slug),
        title=choose(here(), es=es, en=en) or Text(slug),
        when=begins.in_words(here()),
        cities=f"{first} – {second}",
        tie_url=tie_page(tie),
        theme=words.THEMES[theme],
        people=travellers + hosts,
    )


class ExchangeList(Listing):
    """The exchanges that everyone may see."""

    form_class = ExchangeFilter
    headers = (
        ("", _("Exchange"), False, False),
        ("date", _("When"), False, True),
        ("", _("Sister cities"), False, False),
        ("", _("Theme"), False, False),
        ("", _("People"), True, False),
    )

    def rows(self) -> QuerySet:
        """All exchanges that everyone may see."""
        return public_exchanges()

    def fetch(self, keys: list[int]) -> list[Row]:
        """Lines of the table."""
        return read_rows(keys)

    @cached_property
    def counts(self) -> Counts:
        """A fresh count, kept until published facts change."""
        return self.remembered(self.fresh)

    def fresh(self) -> Counts:
        """A count in the database, one question."""
        counts = no_counts()
        rows = self.filtered.order_by().annotate(year=Substr("begins", 1, 4))
        rows = columns(rows, "theme", "year", "tie__country_pair")
        for theme, year, pair, n in rows.annotate(n=Count("pk")):
            add(counts, {"theme": [theme], "year": [str(year)], "country": set(pair.split("-"))}, n)
        return counts

    def facets(self) -> list[Facet]:
        """Theme, year, country."""
        counts, total, links = self.counts, self.total, self.links
        years = counts.get("year", {})
        return [
            facet(
                "theme",
                _("Theme"),
                counts.get("theme", {}),
                total,
                links,
                words.THEMES.get,
                list(words.THEMES),
            ),
            facet("year", _("Year"), years, total, links, str, sorted(years, reverse=True)),
            facet(
                "country",
                _("Country"),
                counts.get("country", {}),
                total,
                links,
                words.country_words,
            ),
        ]

    def label(self, name: str, value: str) -> Any:
        """A filter in use, in words."""
        if name == "country":
            return words.country_words(value)
        return words.THEMES[value] if name == "theme" else value
