"""Taking a row that waits: of several processes that look at once, one gets it."""

from django.db import connection
from django.db.models import Model, QuerySet


def next_free(rows: QuerySet) -> Model | None:
    """The first of these rows that nobody else is just taking; None when there is none.

    Call it inside a transaction, and mark the row as taken by an update that asks for it as it was
    found: PostgreSQL skips rows that are locked, SQLite lets one writer in after the other.
    """
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()
