"""The calendar of anniversaries: twelve months from this one, or one month whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from relationships.addresses import here
from relationships.anniversaries import Anniversary, celebrated, month_words, of_numbers
from relationships.listing.narrowing import FEW, unseen
from relationships.listing.ties import of_country, tallied
from sistercities.countries import country_choices, country_name
from sistercities.listing.columns import columns
from sistercities.listing.forms import CountryField, ListForm, code_field
from sistercities.listing.lists import Counts, Listing
from sistercities.listing.orders import Order, read_together
from sistercities.models import Tally

MOST_A_MONTH = 8


class PlainSelect(forms.Select):
    """A select drawn in one go: Django's own takes a template for each option."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> str:
        """The same HTML for plain choices."""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, " selected" if code == (value or "") else "", label)
                for code, label in self.choices
            ),
        )
        shown = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        listed = format_html_join("", ' {}="{}"', shown.items())
        return format_html("<select{}>{}</select>", listed, options)


@lru_cache(maxsize=16)
def _sorted_countries(codes: frozenset[str], language: str) -> list[tuple[str, str]]:
    """Countries by name; sorting a hundred of them is dear and their set seldom changes."""
    return country_choices(codes, language)


class CalendarFilter(ListForm):
    """A country, and a month by its number from 1 to 12."""

    country = CountryField(required=False, label=_("Country"), widget=PlainSelect)
    month = code_field(r"^(?:[1-9]|1[0-2])\Z")

    orders = {"day": Order(("anniversary", "id"))}
    default_sort = "day"
    field_order = ("country",)

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        del self.fields["q"]
        self.chosen.pop("q", None)
        codes = frozenset([*self.countries, *filter(None, [self.chosen.get("country")])])
        if "country" in self.fields:
            self.fields["country"].widget.choices = [
                ("", _("All countries")),
                *_sorted_countries(codes, here()),
            ]

    @cached_property
    def _tallies(self) -> list[tuple[str, str, int]]:
        """Which countries have ties, how many, and with whom the chosen one has: one question."""
        condition = tallied("", "") & Q(facet="country")
        if code := self.chosen.get("country"):
            condition |= tallied("country", code) & Q(facet="country")
        rows = Tally.objects.filter(condition).values_list("by", "value", "n")
        return [row for row in rows if row[-1] > 0]

    @cached_property
    def countries(self) -> dict[str, int]:
        """Ties by country."""
        return {code: n for by, code, n in self._tallies if not by}

    @property
    def is_narrow(self) -> bool:
        """Whether the chosen country has few enough ties to read them all."""
        code = self.chosen.get("country")
        return code is not None and self.countries.get(code, 0) <= FEW

    def apply(self, rows: QuerySet) -> QuerySet:
        """The anniversaries that match."""
        if code := self.chosen.get("country"):
            narrowing = of_country(code, [other for by, other, _n in self._tallies if by])
            rows = narrowing.seek(rows) if self.is_narrow else narrowing.check(rows)
        if month := self.chosen.get("month"):
            column = "anniversary_unseen" if self.is_narrow else "anniversary"
            rows = unseen(rows, "anniversary") if self.is_narrow else rows
            rows = rows.filter(**{f"{column}__range": days_of(int(month))})
        return rows


def days_of(month: int) -> tuple[str, str]:
    """The first and the last day that a month can have, as the column has them."""
    return f"{month:02}-01", f"{month:02}-31"


@dataclass
class Month:
    """One month of the calendar; `url` leads to all of it, `has_more` when not all is here."""

    name: str
    url: str
    anniversaries: list[Anniversary]
    has_more: bool
    number: int


class Calendar(Listing):
    """The anniversaries of the twelve months from this one on."""

    form_class = CalendarFilter

    def __init__(self, request: HttpRequest, today: date) -> None:
        super().__init__(request)
        self.today = today

    @property
    def month(self) -> int | None:
        """The chosen month; None for all twelve."""
        return int(self.form.chosen["month"]) if "month" in self.form.chosen else None

    def year_of(self, month: int) -> int:
        """The year in which a month comes next; this month is still this year's."""
        return self.today.year + (month < self.today.month)

    def rows(self) -> QuerySet:
        """Ties that may have an anniversary."""
        return celebrated()

    def fetch(self, keys: list[int]) -> list[Anniversary]:
        """The anniversaries of these ties."""
        found = of_numbers(dict.fromkeys(keys, self.year_of(self.month or self.today.month)))
        return [found[key] for key in keys if key in found]

    @cached_property
    def counts(self) -> Counts:
        """How many the month has."""
        return self.remembered(lambda: {"": {"": self.filtered.count()}})

    @property
    def name(self) -> str:
        """The chosen month in words."""
        return month_words(self.year_of(self.month), self.month, here()) if self.month else ""

    @cached_property
    def links_to_months(self) -> list[tuple[str, str, bool]]:
        """Name, address and whether it is chosen, of the twelve months from this one on."""
        return [
            (
                month_words(self.year_of(month), month, here()),
                self.links.url(month=month),
                month == self.month,
            )
            for month in self._twelve()
        ]

    def label(self, name: str, value: str) -> Any:
        """A filter in use, in words."""
        return country_name(value, here()) if name == "country" else self.name

    def _twelve(self) -> Iterable[int]:
        return [(self.today.month - 1 + n) % 12 + 1 for n in range(12)]

    @cached_property
    def months(self) -> list[Month]:
        """The months that have anniversaries, the first eight of each. Two questions."""
        by_month = self._read_country() if self.form.is_narrow else self._read_months()
        shown = {
            pk: self.year_of(month)
            for month, keys in by_month.items()
            for pk in keys[:MOST_A_MONTH]
        }
        found = of_numbers(shown)
        return [
            Month(
                name=month_words(self.year_of(month), month, here()),
                url=self.links.url(month=month),
                anniversaries=[found[pk] for pk in by_month[month][:MOST_A_MONTH] if pk in found],
                has_more=len(by_month[month]) > MOST_A_MONTH,
                number=month,
            )
            for month in self._twelve()
            if by_month.get(month)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is no anniversary to show."""
        return not (self.page.rows if self.month else self.months)

    def _read_months(self) -> dict[int, list[int]]:
        """The first ties of each month, in one question of twelve ranges of the index."""
        months = list(self._twelve())
        keys = columns(self.form.order.sort(self.filtered), "pk")
        parts = [keys.filter(anniversary__range=days_of(month)) for month in months]
        found = read_together([part[: MOST_A_MONTH + 1] for part in parts])
        return {month: [pk for (pk,) in rows] for month, rows in zip(months, found, strict=True)}

    def _read_country(self) -> dict[int, list[int]]:
        """All ties of a country that has few, sorted here."""
        days = sorted(columns(self.filtered, "anniversary", "pk"))
        by_month: dict[int, list[int]] = {}
        for day, pk in days:
            if day:
                by_month.setdefault(int(day[:2]), []).append(pk)
        return by_month
