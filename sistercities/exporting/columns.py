"""What an export holds: columns, each declared once for file, schema and page of help."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Choices, QuerySet
from django.utils.translation import gettext_lazy as _

from sistercities.bulk import batches
from sistercities.listing.columns import columns
from sistercities.partialdates import PartialDate

ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Type:
    """What a column holds: a word for people, its JSON Schema, the words of which it is one."""

    label: Any
    schema: Mapping[str, Any]
    codes: tuple[tuple[str, Any], ...] = ()


TEXT = Type(_("text"), {"type": "string"})
WHOLE = Type(_("whole number"), {"type": "integer"})
NUMBER = Type(_("number"), {"type": "number"})
TRUTH = Type(_("yes or no"), {"type": "boolean"})
AMOUNT = Type(_("amount, as text"), {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"})
DAY = Type(_("date"), {"type": "string", "format": "date"})
MOMENT = Type(_("date and time"), {"type": "string", "format": "date-time"})
WHEN = Type(
    _("date as precise as it is known: 1969, 1969-05, 1969-05-14; with ~ when only about"),
    {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?~?$"},
)
ADDRESS = Type(_("web address"), {"type": "string", "format": "uri"})
WEBSITE = Type(_("web address"), {"type": "string", "format": "iri"})
"""As somebody wrote it: its letters may be of any language."""
COUNTRY = Type(_("ISO 3166-1 code"), {"type": "string", "pattern": "^[A-Z]{2}$"})
STATE = Type(_("ISO 3166-2 code, or one like it"), {"type": "string", "maxLength": 10})
WORDS = Type(_("list of texts"), {"type": "array", "items": {"type": "string"}})
NUMBERS = Type(_("list of numbers"), {"type": "array", "items": {"type": "integer"}})


def code_of(choices: type[Choices]) -> Type:
    """One of a few words."""
    return Type(
        _("one of:"), {"type": "string", "enum": list(choices.values)}, tuple(choices.choices)
    )


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, what it holds, what it means.

    `reads` names what is read of the database or of the table's `beside`; `make` makes the value of
    these, and is left out where one is the value. What is not `always` known is null, or an empty
    cell.
    """

    key: str
    type: Type
    about: Any
    reads: tuple[str, ...]
    make: Callable[..., Any] | None = None
    always: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """Of its value."""
        schema = dict(self.type.schema)
        if not self.always:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        return schema


Beside = Callable[[Sequence[int]], Mapping[int, Any]]


@dataclass(frozen=True)
class Table:
    """The columns of one subject. `name` stands in the schema ("tie"), `title` is for people.

    `beside` has what no join gives, asked for a thousand rows at once: by name, a function from
    primary keys to values.
    """

    name: str
    title: Any
    columns: tuple[Column, ...]
    beside: Mapping[str, Beside] = field(default_factory=dict)
    place: Callable[[dict[str, Any]], dict | None] | None = None
    """The geometry of a row, where there is GeoJSON."""

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.key for column in self.columns]

    @cached_property
    def _reads(self) -> list[str]:
        wanted = {name: None for column in self.columns for name in column.reads}
        return ["pk", *(name for name in wanted if name not in self.beside)]

    @cached_property
    def _makers(self) -> list[tuple[str, Callable[..., Any] | None, list[int]]]:
        at = {name: n for n, name in enumerate([*self._reads, *self.beside])}
        return [
            (column.key, column.make, [at[name] for name in column.reads])
            for column in self.columns
        ]

    def rows(self, found: QuerySet) -> Iterator[dict[str, Any]]:
        """The rows of a sorted queryset, each as a dictionary; no more than a thousand at once."""
        raw = columns(found, *self._reads).iterator(chunk_size=ROWS_AT_ONCE)
        if not self.beside:
            yield from map(self._row, raw)
            return
        for batch in batches(raw, ROWS_AT_ONCE):
            keys = [row[0] for row in batch]
            beside = [of_keys(keys) for of_keys in self.beside.values()]
            for row in batch:
                yield self._row((*row, *(one.get(row[0]) for one in beside)))

    def _row(self, raw: tuple) -> dict[str, Any]:
        return {
            key: plain(raw[at[0]] if make is None else make(*[raw[n] for n in at]))
            for key, make, at in self._makers
        }


def plain(value: Any) -> Any:
    """A value as JSON knows it; what is empty is null."""
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float | bool | list):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of an export")
