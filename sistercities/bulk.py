"""Writing many small rows at once, on either database, without an object per row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models

ROWS_AT_ONCE = 400


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
        head, one = f"INSERT INTO {table} ({names}) VALUES", _marks(len(columns))
        if not tail:
            cursor.executemany(f"{head} {one}", rows)
            return
        for batch in batches(rows, ROWS_AT_ONCE):
            values = [value for row in batch for value in row]
            cursor.execute(f"{head} {', '.join([one] * len(batch))} {tail}", values)


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
        # One statement for many rows; a list of values alone would not know its types.
        types = {field.column: _plain_type(field) for field in model._meta.concrete_fields}
        sets = ", ".join(f"{quote(name)} = given.{quote(name)}::{types[name]}" for name in columns)
        names = ", ".join(quote(column) for column in (*columns, model._meta.pk.column))
        one = _marks(len(columns) + 1)
        for batch in batches(rows, ROWS_AT_ONCE):
            values = [value for row in batch for value in row]
            cursor.execute(
                f"UPDATE {table} SET {sets} FROM (VALUES {', '.join([one] * len(batch))}) "  # noqa: S608
                f"AS given ({names}) WHERE {table}.{key} = given.{key}::bigint",
                values,
            )


def refresh_statistics() -> None:
    """Have the database look at its tables anew, after many rows were written.

    Without figures SQLite takes any index for a good one, and reads all published ties to find
    those of one city. A sample is enough: a few hundredths of a second.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")
        else:  # without names it would lock the server's own tables until the transaction ends
            tables = sorted(connection.introspection.django_table_names(include_views=False))
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _marks(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"


def _plain_type(field: models.Field) -> str:
    """The column's type without a length: a cast to varchar(12) would cut a text in silence."""
    return field.db_type(connection).partition("(")[0]
