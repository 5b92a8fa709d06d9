"""Pouring hundreds of thousands of rows of a model into its table: COPY or executemany.

No model object is made and no `save` is called: who pours gives slugs, folded names and all else
that `save` would have filled in, and moves the registry's version on.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils import timezone

from sistercities.bulk import insert_rows
from sistercities.history import current_request_id

_ADAPTED = (models.DateField, models.DecimalField, models.JSONField)


def new_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys that nobody else will get, in rising order. Call in the transaction that uses
    them."""
    table, column = model._meta.db_table, model._meta.pk.column
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [quote(table), column, count],
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute(
            f"SELECT max((SELECT coalesce(max({quote(column)}), 0) FROM {quote(table)}),"  # noqa: S608
            " (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s))",
            [table],
        )
        (last,) = cursor.fetchone()
    return range(last + 1, last + 1 + count)


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows, each in the order of `columns` (attribute names such as "city_id").

    Columns that are not named get the model's default, times that are set by themselves the
    present one.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    named = [fields[name] for name in columns]
    other = [f for name, f in fields.items() if name not in columns and not f.primary_key]
    present = timezone.now()
    constants = tuple(
        _stored(field, present if _is_stamp(field) else field.get_default()) for field in other
    )
    adapt = [(at, field) for at, field in enumerate(named) if isinstance(field, _ADAPTED)]
    insert_rows(
        model,
        [field.column for field in (*named, *other)],
        _with_constants(rows, constants, adapt),
    )


def pour_with_history(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence], *, reason: str
) -> None:
    """As `pour`, and a history row "created" for each; `columns` must hold the primary key."""
    stamps = [
        f.attname
        for f in model._meta.concrete_fields
        if f.attname not in columns and (_is_stamp(f) or f.default is timezone.now)
    ]
    present = timezone.now()
    columns = (*columns, *stamps)
    times = (present,) * len(stamps)
    rows = [(*row, *times) for row in rows]
    pour(model, columns, rows)
    pour_history(model, columns, rows, reason=reason, type_="+")


def pour_history(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence],
    *,
    reason: str,
    type_: str,
) -> None:
    """History rows of type "+", "~" or "-" for rows of `model` given column by column."""
    history = model.history.model
    kept = {field.attname for field in history._meta.concrete_fields}
    places = [at for at, name in enumerate(columns) if name in kept]
    said = {
        "history_date": timezone.now(),
        "history_type": type_,
        "history_change_reason": reason,
        "history_request_id": current_request_id(),
    }
    tail = tuple(said.values())
    pour(
        history,
        [*(columns[at] for at in places), *said],
        ((*(row[at] for at in places), *tail) for row in rows),
    )


def _is_stamp(field: models.Field) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _stored(field: models.Field, value: Any) -> Any:
    """A Python value as the database's driver takes it."""
    if value is None:
        return None
    if isinstance(value, (datetime, date, Decimal)) or isinstance(field, models.JSONField):
        return field.get_db_prep_save(value, connection)
    return field.get_prep_value(value)


def _with_constants(
    rows: Iterable[Sequence], constants: tuple, adapt: list[tuple[int, models.Field]]
) -> Iterable[Sequence]:
    if not adapt:
        for row in rows:
            yield (*row, *constants)
        return
    known: dict[Any, Any] = {}
    for row in rows:
        values = list(row)
        for at, field in adapt:
            value = values[at]
            if isinstance(value, (datetime, date)):
                if value not in known:
                    if len(known) > 10_000:
                        known.clear()
                    known[value] = _stored(field, value)
                values[at] = known[value]
            else:
                values[at] = _stored(field, value)
        yield (*values, *constants)
