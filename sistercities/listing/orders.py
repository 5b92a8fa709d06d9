"""Orders of a list, and places in them that can stand in an address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection, models
from django.db.models import Q, QuerySet

SEPARATOR = "."
LONGEST_KEY = 500
_WHOLE = re.compile(r"-?[0-9]{1,18}")

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Order:
    """Columns as for `order_by`, the primary key last: ("-tie_count", "sort_name", "id").

    A place in the list is the key of one row: its values of these columns. Reading on from a key
    is a range of the index, so the thousandth page costs what the first does.
    """

    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns without their directions."""
        return tuple(column.lstrip("-") for column in self.columns)

    def reverse(self) -> "Order":
        """The same list from its end."""
        return Order(
            tuple(c.removeprefix("-") if c.startswith("-") else f"-{c}" for c in self.columns)
        )

    def sort(self, rows: QuerySet) -> QuerySet:
        """The rows in this order."""
        return rows.order_by(*self.columns)

    def after(self, rows: QuerySet, key: Key, *, itself: bool = False) -> list[QuerySet]:
        """The rows that follow a key (and its own row), as ordered querysets to read one by one.

        The first holds the rows that share all but the last two values with the key, each next one
        shares one value less: every one is a single range of the index.
        """
        *leads, (column, value), (last, number) = list(zip(self.columns, key, strict=True))
        ends = Q(**{_beyond(last, itself): number})
        near = Q(**{_beyond(column, True): value}) & (Q(**{_beyond(column, False): value}) | ends)
        parts = [Q(**{name.lstrip("-"): v for name, v in leads}) & near]
        for at in range(len(leads) - 1, -1, -1):
            same = {name.lstrip("-"): v for name, v in leads[:at]}
            parts.append(Q(**same) & Q(**{_beyond(leads[at][0], False): leads[at][1]}))
        return [self.sort(rows.filter(part)) for part in parts]

    def written(self, key: Key) -> str:
        """A key as text for an address."""
        return SEPARATOR.join(map(str, key))

    def read(self, text: str, model: type[models.Model]) -> Key | None:
        """The key in a text from an address; None when it is not one of this order."""
        parts = text.split(SEPARATOR)
        if len(text) > LONGEST_KEY or len(parts) != len(self.columns):
            return None
        values = [_value(model, name, part) for name, part in zip(self.names, parts, strict=True)]
        return None if None in values else tuple(values)


def _beyond(column: str, itself: bool) -> str:
    """The lookup for what stands after a value of a column, or after or at it."""
    lookup = "lt" if column.startswith("-") else "gt"
    return f"{column.lstrip('-')}__{lookup}{'e' if itself else ''}"


def _value(model: type[models.Model], name: str, text: str) -> Any:
    """One value of a key as its column takes it; None when it does not. A name that is no column
    of the model is a number worked out by the query."""
    known = {field.name: field for field in model._meta.concrete_fields}
    field = known.get(name, models.IntegerField())
    if isinstance(field, models.IntegerField):
        if not _WHOLE.fullmatch(text):
            return None
        least, most = connection.ops.integer_field_range(field.get_internal_type())
        number = int(text)
        inside = (least is None or number >= least) and (most is None or number <= most)
        return number if inside else None
    try:
        value = field.to_python(text)
    except ValidationError:
        return None
    return value if len(text) <= (field.max_length or LONGEST_KEY) else None


def read_together(parts: Sequence[QuerySet]) -> list[list[tuple]]:
    """The rows of several ordered, cut querysets of the same columns, in one question.

    Values come as the database keeps them. (`QuerySet.union` cannot do this on SQLite, which wants
    each ordered part in parentheses of its own.)
    """
    statements, params = [], []
    for number, part in enumerate(parts):
        try:
            sql, its_params = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT {number} AS part, p{number}.* FROM ({sql}) p{number}")  # noqa: S608
        params += its_params
    found: list[list[tuple]] = [[] for _ in parts]
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), params)
            for number, *row in cursor.fetchall():
                found[number].append(tuple(row))
    return found
