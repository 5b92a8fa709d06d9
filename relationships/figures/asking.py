"""The form of the figures: page, links and exports read the same address through it."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Committee, Region
from relationships.figures.counting import Table
from relationships.figures.scope import Scope
from relationships.figures.words import country_words
from sistercities.folding import fold
from sistercities.listing.forms import CountryField, readable

FIRST_YEAR = 1900
YEARS_SHOWN = 5
"""Years that are shown when none are asked for, this one the last."""
MOST_NAMED = 4
LONGEST = 120


class NameField(forms.CharField):
    """A row by its code, its number, or a piece of its name that no other name has."""

    none: ClassVar[Any]
    several: ClassVar[Any]
    found: Callable[[str], list]
    """The rows that a text may mean: a method of each kind."""

    def __init__(self, **options) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)

    def clean(self, value: Any) -> Any:
        """The one row; None when nothing was typed. ValidationError names those it may be."""
        text = super().clean(value)
        if not text:
            return None
        found = self.found(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.none)
        names = "; ".join(str(one) for one in found[:MOST_NAMED])
        raise ValidationError(self.several % {"names": names})


def exact_or_all(rows: list, folded: str, column: str) -> list:
    """The row that is called just so, or else all."""
    exact = [one for one in rows if getattr(one, column) == folded]
    return exact if len(exact) == 1 else rows


class StateField(NameField):
    """A state by its code or its name."""

    none = gettext_lazy("No state is called so. Write its name, or its code such as MX-DUR.")
    several = gettext_lazy("Several states are called so: %(names)s. Write the code, as in MX-DUR.")

    def found(self, text: str) -> list[Region]:
        """By code first."""
        by_code = list(Region.objects.filter(code=text.upper())[:1])
        words = fold(text)
        if by_code or not words:
            return by_code
        named = Region.objects.filter(folded__contains=words) | Region.objects.filter(
            name_es__iexact=text
        )
        return exact_or_all(list(named.order_by("folded", "pk")[:200]), words, "folded")


class CommitteeField(NameField):
    """A committee by its number or its name; only those that everyone may see."""

    none = gettext_lazy("No committee is called so. Write a piece of its name, or its number.")
    several = gettext_lazy("Several committees are called so: %(names)s. Write more of the name.")

    def found(self, text: str) -> list[Committee]:
        """By number first."""
        committees = Committee.objects.visible()
        if text.isascii() and text.isdigit() and len(text) < 16:
            return list(committees.filter(pk=int(text)))
        words = fold(text)
        if not words:
            return []
        named = committees.filter(sort_name__contains=words).order_by("sort_name", "pk")
        return exact_or_all(list(named[:200]), words, "sort_name")


class FiguresForm(forms.Form):
    """Years, and whose figures. What is not understood is said; then nothing is counted."""

    BY = (
        ("", gettext_lazy("Years only")),
        ("country", gettext_lazy("Years and countries")),
        ("state", gettext_lazy("Years and states")),
        ("committee", gettext_lazy("Years and committees")),
    )

    first = forms.IntegerField(label=gettext_lazy("From the year"))
    last = forms.IntegerField(label=gettext_lazy("To the year"))
    by = forms.ChoiceField(label=gettext_lazy("Lines of the table"), choices=BY, required=False)
    country = CountryField(
        label=gettext_lazy("Country"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Name or code"),
    )
    state = StateField(label=gettext_lazy("State"), help_text=gettext_lazy("Name or code"))
    committee = CommitteeField(
        label=gettext_lazy("Committee"),
        help_text=gettext_lazy("A piece of its name, or its number"),
    )

    def __init__(self, query: Mapping[str, str], today: datetime.date) -> None:
        self.today = today
        known = {"first": str(today.year - YEARS_SHOWN + 1), "last": str(today.year)}
        asked = {name: readable(query.get(name, "")) for name in self.base_fields}
        data = {name: text or known.get(name, "") for name, text in asked.items()}
        super().__init__(data, auto_id="figures_%s")
        for name in known:
            self.fields[name].error_messages["invalid"] = _("Write a year, for example 2019.")

    def _year(self, name: str) -> int:
        year = self.cleaned_data[name]
        if not FIRST_YEAR <= year <= self.today.year + 1:
            text = _("Write a year from %(first)s to %(last)s.")
            raise ValidationError(text % {"first": FIRST_YEAR, "last": self.today.year + 1})
        return year

    def clean_first(self) -> int:
        """A year that can be."""
        return self._year("first")

    def clean_last(self) -> int:
        """A year that can be, and not before the first."""
        last, first = self._year("last"), self.cleaned_data.get("first")
        if first is not None and last < first:
            raise ValidationError(_("The last year lies before the first. Change one of them."))
        return last

    def clean(self) -> dict:
        """From now on the inputs show the names of what was understood, not codes and numbers."""
        found = self.cleaned_data
        if found.get("country"):
            self.data["country"] = country_words(found["country"])
        for name in ("state", "committee"):
            if found.get(name):
                self.data[name] = str(found[name])
        return found

    @property
    def scope(self) -> Scope:
        """Whose figures are asked for."""
        state, committee = self.cleaned_data["state"], self.cleaned_data["committee"]
        return Scope(
            self.cleaned_data["country"],
            state.code if state else "",
            committee.pk if committee else None,
        )

    def table(self) -> Table:
        """The figures; the form must be valid."""
        data = self.cleaned_data
        return Table(data["first"], data["last"], self.scope, data["by"])

    @property
    def query(self) -> str:
        """This address in its shortest form, for links and exports."""
        data, scope = self.cleaned_data, self.scope
        known = {
            "first": data["first"],
            "last": data["last"],
            "by": data["by"],
            "country": scope.country,
            "state": scope.state,
            "committee": scope.committee,
        }
        return urlencode({name: value for name, value in known.items() if value})
