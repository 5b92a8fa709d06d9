"""Which rows would be the same row twice, asked in memory: one question for all of a relation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Key:
    """Columns (attribute names) that no two rows share, among those that meet a condition."""

    columns: tuple[str, ...]
    condition: Q | None = None
    reads: frozenset[str] = frozenset()

    def of(self, row: dict[str, Any]) -> tuple | None:
        """The key of a row; None for one that the rule is not about."""
        values = tuple(row[name] for name in self.columns)
        if None in values or (self.condition is not None and not meets(row, self.condition)):
            return None
        return values


def keys_with(model: type[models.Model], columns: set[str]) -> list[Key]:
    """The unique keys of a model that hold one of these columns (attribute names), with all that
    they read. Keys of expressions are left to the database."""
    attname = {field.name: field.attname for field in model._meta.concrete_fields}
    attname |= {name: name for name in attname.values()}
    known = [
        ((field.name,), None)
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    known += [
        (one.fields, one.condition)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.fields
    ]
    keys = []
    for names, condition in known:
        own = tuple(attname[name] for name in names)
        asked = {attname[name] for name in _names(condition)} if condition is not None else set()
        keys.append(Key(own, condition, frozenset({*own, *asked})))
    return [key for key in keys if columns & set(key.columns)]


def _names(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names(child)
        else:
            yield child[0].removesuffix("__isnull")


def meets(row: dict[str, Any], condition: Q) -> bool:
    """Whether a row meets a condition of equalities and of "is empty"."""
    answers = [
        meets(row, child) if isinstance(child, Q) else _equals(row, *child)
        for child in condition.children
    ]
    met = any(answers) if condition.connector == Q.OR else all(answers)
    return met != condition.negated


def _equals(row: dict[str, Any], name: str, value: Any) -> bool:
    if name.endswith("__isnull"):
        return (row[_column(row, name.removesuffix("__isnull"))] is None) == value
    return row[_column(row, name)] == value


def _column(row: dict[str, Any], name: str) -> str:
    return name if name in row else f"{name}_id"
