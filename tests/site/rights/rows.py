"""What stands in the whole database, to be compared before and after."""

import datetime
import decimal
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models
from django.utils.translation import override

FLOORS = ("sistercities", "committees", "relationships", "account", "mfa")
NOISE = {
    *("sistercities.formreceipt", "sistercities.knock", "sistercities.registryversion"),
    *("sistercities.cacheentry", "sistercities.tally"),
}
CHANCE = {
    *("history_request_id", "message_id", "key", "taken_by", "file", "thumb", "nonce", "object_id"),
    *("text", "about", "person_key", "slug", "data"),
}
"""Columns that hold random names, numbers and links of new rows in words, or (a draft's data) what
was typed as it was typed, of which a form reads only its own questions."""

Rows = dict[str, Counter]


def snapshot(
    known: dict[str, set] | None = None,
    before: Rows | None = None,
    written: set[str] | frozenset[str] = frozenset(),
) -> Rows:
    """Every row of every table of ours, without moments, random names and numbers of new rows.

    `known` are the primary keys that were there before (`keys()`); later ones become "new". What
    is known from `before` is read again only of the tables that were `written` since.
    """
    found = {}
    for model in _models():
        if before is not None and model._meta.db_table not in written:
            found[model._meta.label_lower] = before[model._meta.label_lower]
            continue
        fields = [one for one in model._meta.concrete_fields if one.attname not in CHANCE]
        names = [one.attname for one in fields]
        with override("es"):  # a translated column is read by the language of the moment
            rows = list(model._base_manager.values_list(*names))
        found[model._meta.label_lower] = Counter(
            tuple(
                (name, _plain(one, value, model, known))
                for name, one, value in zip(names, fields, row, strict=True)
                if not isinstance(one, models.DateTimeField)
            )
            for row in rows
        )
    return found


@contextmanager
def writing() -> Iterator[set[str]]:
    """The tables that are named meanwhile by any statement that does more than read."""
    written: set[str] = set()

    def look(execute, sql, *rest):
        if not sql.lstrip().upper().startswith("SELECT"):
            written.update(re.findall(r"\w+", sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield written


def keys() -> dict[str, set]:
    """The primary keys of every table."""
    return {
        model._meta.label_lower: set(model._base_manager.values_list("pk", flat=True))
        for model in _models()
    }


def changed(before: Rows, after: Rows) -> dict[str, tuple]:
    """By table: rows that are gone and rows that came."""
    return {
        label: (list((rows - after[label]).elements()), list((after[label] - rows).elements()))
        for label, rows in before.items()
        if rows is not after[label] and rows != after[label]
    }


def _models() -> list[type[models.Model]]:
    return [
        model
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models(include_auto_created=True)
        if model._meta.label_lower not in NOISE
    ]


def _plain(field: models.Field, value, model: type[models.Model], known: dict | None):
    target = field.related_model._meta.label_lower if field.is_relation else None
    if field.primary_key or field.name == "history_id":
        target = model._meta.label_lower
    elif field.name == "id":  # the row that a line of history is about
        target = model._meta.label_lower.replace(".historical", ".")
    if known is not None and target in known and value is not None:
        return value if value in known[target] else "new"
    if isinstance(value, dict | list):
        return repr(value)
    if isinstance(value, datetime.date | datetime.time | decimal.Decimal):
        return str(value)
    return value
