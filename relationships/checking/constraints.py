"""What the database itself should hold: asked again, in case it did not (a restored dump, an old
SQLite file, a repair by hand)."""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from committees.models import Committee, OfficeTerm
from relationships.checking.difference import Difference, Differences, name_of
from relationships.models import Tie

APPS = ("sistercities", "committees", "relationships")


def our_models() -> list[type[models.Model]]:
    """Every table of the three floors but the history."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "instance_type") and "history_id" not in _columns(model)
    ]


def _columns(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def broken_conditions() -> Differences:
    """Rows that a check constraint forbids: pairs out of order, ends before beginnings, amounts
    without currency, and every other rule written so."""
    editor = connection.schema_editor()
    quote = connection.ops.quote_name
    for model in our_models():
        for constraint in model._meta.constraints:
            if not isinstance(constraint, models.CheckConstraint):
                continue
            # The very text that stands in the table, so that NULL means what it means there.
            condition = constraint._get_check_sql(model, editor).replace("%%", "%")
            table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {key} FROM {table} WHERE NOT ({condition}) ORDER BY {key}")  # noqa: S608
                broken = [number for (number,) in cursor.fetchall()]
            for number in broken:
                yield Difference(name_of(model), number, f"breaks the rule {constraint.name}")


def repeated_values() -> Differences:
    """Rows that share what must be unique: a pair of cities, an open membership, a fingerprint."""
    editor, quote = connection.schema_editor(), connection.ops.quote_name
    for model in our_models():
        column = {field.name: quote(field.column) for field in model._meta.concrete_fields}
        unique = [
            (field.name, [column[field.name]], None, True)
            for field in model._meta.concrete_fields
            if field.unique and not field.primary_key
        ]
        unique += [
            (one.name, [column[name] for name in one.fields], *_rows_of(one, model, editor))
            for one in model._meta.constraints
            if isinstance(one, models.UniqueConstraint) and one.fields
        ]
        table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
        for name, columns, condition, nulls_differ in unique:
            conditions = [f"({condition})"] if condition else []
            if nulls_differ:
                conditions += [f"{one} IS NOT NULL" for one in columns]
            where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT MIN({key}), COUNT(*) FROM {table} {where} "  # noqa: S608
                    f"GROUP BY {', '.join(columns)} HAVING COUNT(*) > 1 ORDER BY 1"
                )
                repeated = cursor.fetchall()
            for first, n in repeated:
                yield Difference(name_of(model), first, f"is one of {n} rows that break {name}")


def _rows_of(one: models.UniqueConstraint, model: type[models.Model], editor) -> tuple:
    """Among which rows a constraint wants its values once, as it stands in the index, and whether
    rows without a value differ."""
    condition = one._get_condition_sql(model, editor)
    return condition and condition.replace("%%", "%"), one.nulls_distinct is not False


def overlapping_terms() -> Differences:
    """Exclusive offices held by two people on one day, and terms that forgot to be exclusive."""
    terms = OfficeTerm.objects.order_by("pk")
    for pk, right in terms.exclude(is_exclusive=F("office__is_exclusive")).values_list(
        "pk", "office__is_exclusive"
    ):
        yield Difference("officeterm", pk, f"is_exclusive should be {right}", fixable=True)
    last_day = Coalesce("ends", Value(date.max))
    others = OfficeTerm.objects.annotate(last=last_day).filter(
        office=OuterRef("office"),
        committee=OuterRef("committee"),
        begins__lte=OuterRef("last"),
        last__gte=OuterRef("begins"),
        pk__lt=OuterRef("pk"),
    )
    exclusive = terms.filter(office__is_exclusive=True).annotate(last=last_day)
    for pk in exclusive.filter(Exists(others)).values_list("pk", flat=True):
        yield Difference("officeterm", pk, "holds an exclusive office with another on one day")


def merged_rows() -> Differences:
    """Rows that became another: the pointer and the state agree, and no chain bites its tail."""
    for model in our_models():
        if "merged_into_id" not in _columns(model):
            continue
        into = dict(
            model._base_manager.exclude(merged_into=None).values_list("pk", "merged_into_id")
        )
        for pk in sorted(into):
            if _runs_in_a_circle(pk, into):
                yield Difference(name_of(model), pk, "was merged into itself")
        if model in (Tie, Committee):
            stray = model.objects.exclude(merged_into=None).exclude(review=model.Review.MERGED)
            for pk in stray.order_by("pk").values_list("pk", flat=True):
                yield Difference(name_of(model), pk, "was merged into another but is not marked so")
            lost = model.objects.filter(review=model.Review.MERGED, merged_into=None)
            for pk in lost.order_by("pk").values_list("pk", flat=True):
                yield Difference(name_of(model), pk, "is marked as merged but not into which")


def _runs_in_a_circle(start: int, into: dict[int, int]) -> bool:
    seen, at = set(), start
    while at in into and at not in seen:
        seen.add(at)
        at = into[at]
    return at in seen and at == start


def dangling_keys() -> Differences:
    """Foreign keys that point nowhere. PostgreSQL cannot have any; SQLite can, after a restore."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        found: Iterable[tuple] = cursor.fetchall()
    for table, row, parent, _key in found:
        yield Difference(table, row, f"points to a row of {parent} that does not exist")
