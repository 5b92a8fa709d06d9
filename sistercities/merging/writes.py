"""Columns of rows, each with the value before and after: what a merge wrote, forwards and back."""

import datetime
import decimal
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from sistercities.bulk import batches
from sistercities.partialdates import PartialDate

AT_ONCE = 500
STAMP = "changed_at"

Model = type[models.Model]
Columns = dict[str, tuple[Any, Any]]
Final = dict[Model, dict[int, Columns]]


def plain(value: Any) -> Any:
    """A value as JSON keeps it; its column's `to_python` reads it again."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, PartialDate | decimal.Decimal):
        return str(value)
    return value


@dataclass(frozen=True)
class Write:
    """These rows of a model had and get these values: {column: (before, after)}, plain."""

    model: Model
    columns: Columns
    keys: tuple[int, ...]

    def forwards(self) -> None:
        """Write the values after."""
        self._write(self._values(1))

    def backwards(self) -> None:
        """Write the values before. A time of change stays when somebody changed the row since."""
        if STAMP in self.columns:
            stamped = self._values(1)[STAMP]
            rows = self.model._base_manager.filter(pk__in=self.keys, **{STAMP: stamped})
            rows.update(**{STAMP: self._values(0)[STAMP]})
        self._write({name: one for name, one in self._values(0).items() if name != STAMP})

    def _values(self, which: int) -> dict[str, Any]:
        get = self.model._meta.get_field
        return {name: get(name).to_python(pair[which]) for name, pair in self.columns.items()}

    def _write(self, values: dict[str, Any]) -> None:
        for some in batches(self.keys, AT_ONCE) if values else ():
            self.model._base_manager.filter(pk__in=some).update(**values)

    def as_json(self) -> list:
        """For the record."""
        columns = {name: list(pair) for name, pair in self.columns.items()}
        return [self.model._meta.label_lower, columns, list(self.keys)]

    @classmethod
    def read(cls, kept: list) -> "Write":
        """From the record."""
        label, columns, keys = kept
        pairs = {name: (pair[0], pair[1]) for name, pair in columns.items()}
        return cls(apps.get_model(label), pairs, tuple(keys))


def grouped(model: Model, changes: Iterable[tuple[int, Columns]]) -> Iterator[Write]:
    """One write for all rows that have and get the same."""
    alike: dict[str, tuple[Columns, list[int]]] = {}
    for key, columns in changes:
        _columns, keys = alike.setdefault(json.dumps(columns, sort_keys=True), (columns, []))
        keys.append(key)
    for columns, keys in alike.values():
        yield Write(model, columns, tuple(keys))


def final(writes: Iterable[Write]) -> Final:
    """What all writes together change: the first value before, the last one after, of each row."""
    found: Final = defaultdict(dict)
    for write in writes:
        for key in write.keys:
            row = found[write.model].setdefault(key, {})
            for name, (before, after) in write.columns.items():
                row[name] = (row[name][0] if name in row else before, after)
    return found
