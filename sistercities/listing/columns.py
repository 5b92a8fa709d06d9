"""Reading plain columns."""

from django.db.models import QuerySet


def columns(rows: QuerySet, *names: str) -> QuerySet:
    """The values of columns as they are stored, as tuples in this order.

    The querysets of translated models read more columns than were asked for, in an order of their
    own, and choose among them row by row. A list names the columns of both languages itself.
    """
    plain = rows.rewrite(False) if hasattr(rows, "rewrite") else rows
    return plain.values_list(*names)
