"""Writing many small rows at once, on either database, without an object per row."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection, models

ROWS_AT_ONCE = 2000


def batches(rows: Iterable, size: int) -> Iterator[list]:
    """Lists of at most `size` rows."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence], tail: str = ""
) -> None:
    """Insert tuples in the order of `columns` (column names). `tail` ends the statement, such as
    an ON CONFLICT clause; it is our own text, never input. `rows` must ask the database nothing
    while they are read: PostgreSQL takes them in one COPY."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if not tail and connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        if connection.vendor == "postgresql":
            for batch in batches(rows, ROWS_AT_ONCE):
                given, values = _given(model, columns, batch)
                cursor.execute(f"INSERT INTO {table} ({names}) {given} {tail}", values)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}) {tail}", rows)  # noqa: S608


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Set columns by primary key: each row is the columns' values, then the key."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            sets = ", ".join(f"{quote(column)} = %s" for column in columns)
            statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"  # noqa: S608
            for batch in batches(rows, 2000):
                cursor.executemany(statement, batch)
            return
        sets = ", ".join(f"{quote(column)} = given.{quote(column)}" for column in columns)
        columns = (*columns, model._meta.pk.column)
        for batch in batches(rows, ROWS_AT_ONCE):
            given, values = _given(model, columns, batch)
            cursor.execute(
                f"UPDATE {table} SET {sets} FROM ({given}) AS given "  # noqa: S608
                f"WHERE {table}.{key} = given.{key}",
                values,
            )


@contextmanager
def pages_in_memory(megabytes: int) -> Iterator[None]:
    """Let SQLite hold so much of its file meanwhile: new rows go to random places of the indexes,
    and with few pages at hand nearly every one must be read first."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size={-1024 * megabytes:d}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size={before:d}")


def refresh_statistics(*looked_at: type[models.Model]) -> None:
    """Have the database look at these tables, or all, anew, after many rows were written.

    Without figures SQLite takes any index for a good one, and reads all published ties to find
    those of one city. A sample is enough: a few hundredths of a second.
    """
    tables = [model._meta.db_table for model in looked_at]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
            for table in tables or [""]:
                cursor.execute(f"ANALYZE {table and connection.ops.quote_name(table)}")
        else:  # without names it would lock the server's own tables until the transaction ends
            tables = tables or connection.introspection.django_table_names(include_views=False)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, sorted(tables)))}")


def _given(model: type[models.Model], columns: Sequence[str], rows: list[Sequence]) -> tuple:
    """PostgreSQL: a SELECT of rows of these columns, and its parameters, one array a column."""
    quote = connection.ops.quote_name
    types = {field.column: _plain_type(field) for field in model._meta.concrete_fields}
    names = ", ".join(map(quote, columns))
    arrays = ", ".join(f"%s::{types[column]}[]" for column in columns)
    values = [list(column) for column in zip(*rows, strict=True)]
    return f"SELECT {names} FROM unnest({arrays}) AS given ({names})", values  # noqa: S608


def _plain_type(field: models.Field) -> str:
    """The column's type without a length: a cast to varchar(12) would cut a text in silence."""
    return field.db_type(connection).partition("(")[0]
