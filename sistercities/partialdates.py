"""Dates known to the day, the month, the year, or only about.

The one stored form is a subset of EDTF (ISO 8601-2): "1969", "1969-05", "1969-05-14", each with
"~" at its end when it is only approximate. :class:`PartialDate` is the value,
:class:`PartialDateField` keeps it in a model, :func:`not_before` holds two of them in order.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, total_ordering
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Least, Length, Substr
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .datewords import LONGEST_READABLE, UNREADABLE, put_in_words, read_parts

_CANONICAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~)?")

_NO_SUCH_YEAR = _("Write a year from 0001 to 9999, for example 1969.")
_NO_SUCH_MONTH = _("There is no month {month}: write a month from 1 to 12.")
_NO_SUCH_DAY = _("That month has no day {day}: check the day, or leave it out.")
_DAY_WITHOUT_MONTH = _("A day needs its month.")


@total_ordering
@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """A date as precise as what is known. Impossible ones raise ValueError.

    Values sort as their canonical text does, in Python and in the database: a year before its
    months, a month before its days, and what is only "about" after the exact ones of that year.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(_NO_SUCH_YEAR)
        if self.month is None:
            if self.day is not None:
                raise ValueError(_DAY_WITHOUT_MONTH)
        elif not 1 <= self.month <= 12:
            raise ValueError(format_lazy(_NO_SUCH_MONTH, month=self.month))
        elif self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise ValueError(format_lazy(_NO_SUCH_DAY, day=self.day))

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text + "~" if self.about else text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return str(self) < str(other)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """A day of the calendar."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The value of a canonical text; ValueError for anything else."""
        return _parsed(text)

    @classmethod
    def read(cls, text: str, language: str | None = None) -> "PartialDate":
        """What a person typed in Spanish or English, in words or in figures.

        A year alone is enough. Where figures leave day and month open ("5/6/1969"), the day comes
        first, and in English the month; ISO order is always understood. "c.", "about", "hacia",
        "1969?" and the like make it approximate. ``language`` is the active one unless given.
        Raises ValueError with a sentence for people, and nothing else whatever the text.
        """
        return cls(*read_parts(text, language))

    @property
    def precision(self) -> str:
        """One of "about", "day", "month", "year"."""
        return "about" if self.about else self._unit

    @property
    def _unit(self) -> str:
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def earliest(self) -> date:
        """The first day it may mean ("about" widens nothing)."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it may mean, inclusive."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def anniversary(self) -> str:
        """Such as "05-14" for an exact day, otherwise ""."""
        return "" if self.day is None or self.about else f"{self.month:02}-{self.day:02}"

    @property
    def editable(self) -> str:
        """Plain text of figures, read back to the same value in every language."""
        return f"c. {str(self)[:-1]}" if self.about else str(self)

    def is_before(self, other: "PartialDate") -> bool:
        """Certainly earlier, both cut to what both know; approximate dates know the year only."""
        length = min(4 if one.about else len(str(one)) for one in (self, other))
        return str(self)[:length] < str(other)[:length]

    def in_words(self, language: str | None = None) -> str:
        """Like "14 de mayo de 1969" or "May 14, 1969", in the active language unless given."""
        return put_in_words((self.year, self.month, self.day, self.about), language)

    def in_words_until(self, end: "PartialDate | None") -> str:
        """A stretch of time in the active language: "July 4–18, 2026", "June 2019 to May 2020".

        Without an end, or with the same one, the date alone.
        """
        if end is None or end == self:
            return self.in_words()
        begins = self.in_words()
        if self.anniversary and end.anniversary and str(self)[:7] == str(end)[:7]:
            # No month has a figure in its name: the first one is the day.
            return begins.replace(str(self.day), f"{self.day}–{end.day}", 1)
        return gettext("%(begins)s to %(ends)s") % {"begins": begins, "ends": end.in_words()}


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    match = _CANONICAL.fullmatch(text)
    if match is None:
        raise ValueError(UNREADABLE)
    year, month, day, about = match.groups()
    return PartialDate(int(year), month and int(month), day and int(day), about is not None)


class PartialDateFormField(forms.Field):
    """A text input that reads a date as people write it in the active language."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "text", "autocomplete": "off", "maxlength": LONGEST_READABLE}

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, PartialDate):
            return value
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return PartialDate.read(text)
        except ValueError as error:
            raise ValidationError(error.args[0], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, PartialDate):
            return value
        return value.in_words() if value.year >= 1000 else value.editable

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data) and self.to_python(initial) != self.to_python(
                data
            )
        except ValidationError:
            return True


class PartialDateField(models.CharField):
    """A :class:`PartialDate` or None, stored as its canonical text.

    With ``blank=True`` an empty value is NULL. Texts compare as dates do, so ordinary lookups
    serve: ``begun__gte="1969"``, ``begun__startswith="1969-05"``, ``begun__year=1969``;
    ``begun__anniversary="05-14"`` finds exact days. On PostgreSQL the column has the C collation,
    so the server's language changes nothing.
    """

    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 11)
        if kwargs.get("blank"):
            kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("max_length") == 11:
            del kwargs["max_length"]
        if self.blank:
            kwargs["null"] = self.null
        return name, path, args, kwargs

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return PartialDate.of(value)
        if value == "":
            return None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(error.args[0], code="invalid") from error

    def run_validators(self, value: PartialDate | None) -> None:
        super().run_validators(None if value is None else str(value))

    def get_prep_value(self, value: Any) -> Any:
        value = models.Field.get_prep_value(self, value)
        value = self.to_python(value)
        return None if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


@PartialDateField.register_lookup
class PartialDateYear(models.Transform):
    """The year as a number."""

    lookup_name = "year"
    output_field = models.IntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = compiler.compile(self.lhs)
        return f"CAST(SUBSTR({column}, 1, 4) AS INTEGER)", parameters


@PartialDateField.register_lookup
class PartialDateAnniversary(models.Transform):
    """Like "05-14" where the exact day is known; anything else is shorter or longer than that."""

    lookup_name = "anniversary"
    output_field = models.CharField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = compiler.compile(self.lhs)
        return f"SUBSTR({column}, 6, 6)", parameters


def not_before(begin_field: str, end_field: str) -> models.Q:
    """The end is not before the beginning, as far as both are known.

    Both are cut to their common precision, approximate ones to the year; a missing one passes.
    For a CheckConstraint or a filter, on SQLite and PostgreSQL. The same rule as
    :meth:`PartialDate.is_before`. The texts compared have the same length and the same places
    for digits and hyphens, so no collation orders them differently.
    """
    common = Least(_known_length(begin_field), _known_length(end_field))
    return (
        models.Q(**{f"{begin_field}__isnull": True})
        | models.Q(**{f"{end_field}__isnull": True})
        | models.Q(GreaterThanOrEqual(Substr(end_field, 1, common), Substr(begin_field, 1, common)))
    )


def _known_length(field: str) -> models.Case:
    return models.Case(
        models.When(**{f"{field}__endswith": "~", "then": models.Value(4)}),
        default=Length(field),
        output_field=models.IntegerField(),
    )
