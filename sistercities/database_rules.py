"""Rules held by the database that Django has no constraint for, written once per database.

A rule names the table and the statements that (re)create it, all of them harmless when repeated.
They run after every `migrate`, because SQLite loses a table's triggers when a later migration
rebuilds the table. Apps register theirs beside the model they guard.
"""

from dataclasses import dataclass

from django.db import connections


@dataclass(frozen=True)
class DatabaseRule:
    """`sqlite` and `postgresql`: statements that may run any number of times."""

    table: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


_rules: list[DatabaseRule] = []


def register(rule: DatabaseRule) -> DatabaseRule:
    """Have the rule kept from the next `migrate` on."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def ensure_rules(using: str = "default", **_signal) -> None:
    """Put every registered rule whose table exists into the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for rule in _rules:
            if rule.table in tables:
                for statement in getattr(rule, connection.vendor, ()):
                    cursor.execute(statement)
