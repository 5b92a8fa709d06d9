"""Forms that own the filters of a list: they read the address and narrow the rows."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sistercities.countries import country_codes, read_country
from sistercities.listing.orders import Order

LONGEST_VALUE = 200
_PAGE = re.compile(r"[0-9]{1,7}")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
REGION_CODE = r"^[A-Z]{2}-[0-9A-Z]{1,8}\Z"
LAST_PAGE = 9_999_999


class CountryField(forms.CharField):
    """A country by its code or by what people call it; its cleaned value is the code."""

    def clean(self, value: str) -> str:
        """The code. ValidationError for what is no country."""
        text = super().clean(value)
        code = text.upper() if text.upper() in country_codes() else read_country(text) or ""
        if text and not code:
            raise ValidationError(_("Choose a country."), code="unknown")
        return code


def code_field(pattern: str) -> forms.RegexField:
    """A hidden filter whose values follow a pattern."""
    return forms.RegexField(pattern, required=False, widget=forms.HiddenInput)


def choice_field(choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    """A hidden filter with few values."""
    return forms.ChoiceField(choices=list(choices), required=False, widget=forms.HiddenInput)


class ListForm(forms.Form):
    """The filters of a list, read from an address that anybody may have written.

    `chosen` has what was understood: {"country": "MX"}. Keys that the list does not know and
    values that a filter refuses are not errors and not filters: they are left out, and never
    reach the database. The filters that are links (facets) are hidden inputs here, so that a
    search keeps them; those not in use are no inputs at all.
    """

    orders: ClassVar[Mapping[str, Order]] = {}
    default_sort: ClassVar[str] = ""
    apply: Callable[[QuerySet], QuerySet]
    """The rows that match what was chosen; each list's form says it."""
    sort_names: ClassVar[Mapping[str, str]] = {}
    """Other words for the orders: {"oldest": "since"}."""

    q = forms.CharField(
        label=_("City, state or committee"),
        required=False,
        max_length=LONGEST_VALUE,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(auto_id="filter_%s")
        self.query = query
        self.chosen: dict[str, str] = {}
        for name, field in self.fields.items():
            try:
                value = field.clean(readable(query.get(name, "")))
            except ValidationError:
                continue
            if value:
                self.chosen[name] = value
        asked = readable(query.get("sort", ""))
        asked = self.sort_names.get(asked, asked)
        self.sort = asked if asked in self.orders else self.default_sort
        for name in list(self.fields):
            if self.fields[name].widget.is_hidden and name not in self.chosen:
                del self.fields[name]
        self.initial = dict(self.chosen)
        if self.sort != self.default_sort:
            self.fields["sort"] = forms.CharField(widget=forms.HiddenInput)
            self.initial["sort"] = self.sort

    @property
    def q_text(self) -> str:
        """What is searched for; empty when nothing is."""
        return self.chosen.get("q", "")

    @property
    def filters(self) -> dict[str, str]:
        """What was understood but the search."""
        return {name: value for name, value in self.chosen.items() if name != "q"}

    @property
    def carried(self) -> dict[str, str]:
        """The query of this list's own address, but for its page."""
        return self.chosen | ({"sort": self.sort} if self.sort != self.default_sort else {})

    @property
    def order(self) -> Order:
        """The chosen order."""
        return self.orders[self.sort]

    @property
    def page(self) -> int:
        """The page asked for."""
        return page_asked(self.query)

    @property
    def start(self) -> str:
        """The text of the key of the row before the page; empty when not said."""
        return readable(self.query.get("from", ""), 500)

    @property
    def end(self) -> str:
        """The text of the key of the last row of the page; empty when not said."""
        return readable(self.query.get("to", ""), 500)


def page_asked(query: Mapping[str, str]) -> int:
    """The page that an address asks for, 1 when none; absurdly many digits ask for the last."""
    text = readable(query.get("page", ""))
    if text.isascii() and text.isdigit() and len(text) > 7:
        return LAST_PAGE
    return max(1, int(text)) if _PAGE.fullmatch(text) else 1


def readable(text: str, longest: int = LONGEST_VALUE) -> str:
    """What a person can have meant: without control letters and halves of letters, and not
    endless. An endless number stays one."""
    text = text[: longest * 2]
    return _UNWRITABLE.sub(" ", text).strip()[:longest]
