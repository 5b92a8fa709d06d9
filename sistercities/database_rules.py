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


def two_at_once(
    name: str,
    *,
    table: str,
    same: tuple[str, ...],
    first: str,
    last: str,
    only: str = "",
    triggers: str = "",
) -> DatabaseRule:
    """That no two rows with the same columns share a day between `first` and `last`, both counted;
    an empty last day is open. `only` names a column that says which rows are meant."""
    triggers = triggers or name
    meant = f"NEW.{only}" if only else "1"
    other_meant = f"other.{only} AND " if only else ""
    alike = " AND ".join(f"other.{column} = NEW.{column}" for column in same)
    overlap = f"""
        SELECT RAISE(ABORT, '{name}')
        WHERE {meant} AND EXISTS (
            SELECT 1 FROM {table} other
            WHERE {other_meant}other.id <> NEW.id AND {alike}
              AND other.{first} <= COALESCE(NEW.{last}, '9999-12-31')
              AND COALESCE(other.{last}, '9999-12-31') >= NEW.{first});
    """  # noqa: S608 - the names are our own
    equal = ", ".join(f"{column} WITH =" for column in same)
    where = f" WHERE ({only})" if only else ""
    return DatabaseRule(
        table=table,
        sqlite=(
            f"DROP TRIGGER IF EXISTS {triggers}_insert",
            f"CREATE TRIGGER {triggers}_insert AFTER INSERT ON {table} BEGIN {overlap} END",
            f"DROP TRIGGER IF EXISTS {triggers}_update",
            f"CREATE TRIGGER {triggers}_update AFTER UPDATE ON {table} BEGIN {overlap} END",
        ),
        postgresql=(
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN
                    ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
                        {equal}, daterange({first}, {last}, '[]') WITH &&
                    ){where};
                END IF;
            END $$
            """,  # noqa: S608 - as above
        ),
    )


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
