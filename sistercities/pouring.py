"""Pouring hundreds of thousands of rows of a model into its table: COPY or executemany.

No model object is made and no `save` is called: who pours gives slugs, folded names and all else
that `save` would have filled in, and moves the registry's version on.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from json import dumps
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
    _insert(model, columns, _as_stored(model, columns, rows))


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
    stored = list(_as_stored(model, columns, ((*row, *times) for row in rows)))
    _insert(model, columns, stored)
    _insert_history(model, columns, stored, reason, "+")


def pour_history(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence],
    *,
    reason: str,
    type_: str,
) -> None:
    """History rows of type "+", "~" or "-" for rows of `model` given column by column."""
    _insert_history(model, columns, _as_stored(model, columns, rows), reason, type_)


def _insert_history(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence],
    reason: str,
    type_: str,
) -> None:
    history = model.history.model
    kept = {field.attname for field in history._meta.concrete_fields}
    places = [at for at, name in enumerate(columns) if name in kept]
    said = {
        "history_date": _stored(history._meta.get_field("history_date"), timezone.now()),
        "history_type": type_,
        "history_change_reason": reason,
        "history_request_id": current_request_id(),
    }
    tail = tuple(said.values())
    _insert(
        history,
        [*(columns[at] for at in places), *said],
        ((*(row[at] for at in places), *tail) for row in rows),
    )


def _insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows of stored values, completed with what is not named."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    other = [f for name, f in fields.items() if name not in columns and not f.primary_key]
    present = timezone.now()
    constants = tuple(
        _stored(field, present if _is_stamp(field) else field.get_default()) for field in other
    )
    insert_rows(
        model,
        [field.column for field in (*(fields[name] for name in columns), *other)],
        ((*row, *constants) for row in rows),
    )


def _is_stamp(field: models.Field) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _stored(field: models.Field, value: Any) -> Any:
    """A Python value as the database's driver takes it."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return dumps(value, cls=field.encoder)
    if isinstance(value, (datetime, date, Decimal)):
        return field.get_db_prep_save(value, connection)
    return field.get_prep_value(value)


def _as_stored(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]
) -> Iterable[Sequence]:
    """Rows with their dates, amounts and JSON as the database's driver takes them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    adapt = [(at, fields[name]) for at, name in enumerate(columns)]
    adapt = [(at, field) for at, field in adapt if isinstance(field, _ADAPTED)]
    if not adapt:
        return rows
    return _adapted(rows, adapt)


def _adapted(rows: Iterable[Sequence], adapt: list[tuple[int, models.Field]]) -> Iterable[Sequence]:
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
        yield values
