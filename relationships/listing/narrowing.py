"""How the filters of a very long list become one question that reads few rows.

Neither database may be left to guess which of several filters is the rare one. The rarest, by the
tallies, is asked of its index; the others are checked on the rows that come. A filter that most
rows pass is checked as well, while the list is read in its order: fifty rows are soon found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce

FEW = 10_000
"""Rows that may be read and sorted for one page: a few milliseconds."""


@dataclass(frozen=True)
class Narrowing:
    """One filter, put in two ways that find the same rows.

    `seek` can use an index, `check` cannot. `in_order`: the index has the rows by name as well.
    """

    seek: Callable[[QuerySet], QuerySet]
    check: Callable[[QuerySet], QuerySet]
    in_order: bool = False


def equal(column: str, value: str) -> Narrowing:
    """A column that has an index (review or listed, column, name)."""
    return Narrowing(
        seek=lambda rows: rows.filter(**{column: value}),
        check=lambda rows: unseen(rows, column).filter(**{f"{column}_unseen": value}),
        in_order=True,
    )


def unseen(rows: QuerySet, column: str) -> QuerySet:
    """The rows with `<column>_unseen`: the same value, in a form that no index is made for."""
    field = rows.model._meta.get_field(column)
    same = (
        F(column) + 0
        if isinstance(field, IntegerField)
        else Coalesce(F(column), Value(""), output_field=CharField())
    )
    return rows.alias(**{f"{column}_unseen": same})


def narrow(
    rows: QuerySet, narrowings: Mapping[str, Narrowing], sizes: Mapping[str, float], by_name: bool
) -> QuerySet:
    """The rows that pass all. `sizes` has how many rows of the whole list pass each one alone;
    one without a size is taken for the rarest, one that none passes ends the matter."""
    if not narrowings:
        return rows
    if 0 in sizes.values():
        return rows.none()
    rarest = min(narrowings, key=lambda name: (sizes.get(name, 0), name))
    leads = sizes.get(rarest, 0) <= FEW or (narrowings[rarest].in_order and by_name)
    for name, narrowing in narrowings.items():
        rows = narrowing.seek(rows) if leads and name == rarest else narrowing.check(rows)
    return rows
