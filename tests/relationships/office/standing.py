"""All that stands in the database, to be compared exactly: the columns themselves, not what a
model reads from them."""

import hashlib
from collections import Counter

from django.apps import apps
from django.db import connection

from sistercities.history import ChangeRecord

FLOORS = ("sistercities", "committees", "relationships", "account", "auth", "mfa")
NOT_COMPARED = {
    "sistercities_merge",
    "sistercities_registryversion",
    "django_admin_log",
    "sistercities_cacheentry",
    "sistercities_formreceipt",
    "sistercities_knock",
}
ANEW = {"sistercities_searchname": ("id",), "sistercities_tally": ("id",)}
"""Rows that are written anew when a name or count changes: compared but for their own numbers. The
words of a searched name follow from it."""
FOLLOWS = {"sistercities_searchtail"}

Rows = dict[str, Counter]


def rows() -> Rows:
    """Every row of every table of ours, but histories, logs, the version number and the record of
    merges. A tally of nothing is none."""
    found: Rows = {}
    for floor in FLOORS:
        for model in apps.get_app_config(floor).get_models(include_auto_created=True):
            table = model._meta.db_table
            if issubclass(model, ChangeRecord) or table in NOT_COMPARED | FOLLOWS:
                continue
            left = ANEW.get(table, ())
            columns = [f.column for f in model._meta.concrete_fields if f.column not in left]
            names = ", ".join(map(connection.ops.quote_name, columns))
            where = " WHERE n <> 0" if table == "sistercities_tally" else ""
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {names} FROM {table}{where}")
                found[table] = Counter(map(str, cursor.fetchall()))
    return found


def hashed(found: Rows) -> str:
    """One number for all of it."""
    digest = hashlib.sha256()
    for table, lines in sorted(found.items()):
        digest.update(table.encode())
        for line, n in sorted(lines.items()):
            digest.update(f"{n} {line}".encode())
    return digest.hexdigest()


def differences(before: Rows, after: Rows) -> dict[str, tuple]:
    """By table: lines that are gone and lines that came."""
    return {
        table: (list((lines - after[table]).elements()), list((after[table] - lines).elements()))
        for table, lines in before.items()
        if lines != after[table]
    }
