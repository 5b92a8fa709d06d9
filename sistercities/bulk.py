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
    an ON CONFLICT clause; it is our own text, never input."""
    quote = connection.ops.quote_name
    head = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for batch in batches(rows, ROWS_AT_ONCE):
            values = [value for row in batch for value in row]
            cursor.execute(f"{head}{', '.join([one] * len(batch))} {tail}", values)


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Set columns by primary key: each row is the columns' values, then the key."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    key = quote(model._meta.pk.column)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        for batch in batches(rows, 2000):
            cursor.executemany(statement, batch)
