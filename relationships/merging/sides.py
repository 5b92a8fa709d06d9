"""Which city of a tie is the first follows from the cities' numbers. When that turns round, so do
all columns that say "the first" or "the second"."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from relationships.models import Exchange, Tie
from relationships.models.tie import Side
from sistercities.merging import kinds
from sistercities.merging.planning import Plan, Row

TURNED = {Side.A.value: Side.B.value, Side.B.value: Side.A.value}
TURNED_WAY = {
    Exchange.Direction.A_TO_B.value: Exchange.Direction.B_TO_A.value,
    Exchange.Direction.B_TO_A.value: Exchange.Direction.A_TO_B.value,
}
Turns = dict[str, dict[str, str]]


def turns_of(model: type[models.Model]) -> Turns:
    """The columns of a model that name a side or a direction, with what becomes of each value."""
    found: Turns = {}
    for field in model._meta.concrete_fields:
        if field.choices == Side.choices:
            found[field.attname] = TURNED
        elif field.choices == Exchange.Direction.choices:
            found[field.attname] = TURNED_WAY
    return found


class Turned:
    """Turns the sides of rows that come from these ties."""

    columns = frozenset({"side", "given_by", "said_by", "entered_by", "direction"})

    def __init__(self, ties: set[int]) -> None:
        self.ties = ties

    def __call__(self, row: Row) -> dict[str, Any]:
        """The columns as they read when the other city is the first."""
        if row.get("tie_id") not in self.ties:
            return {}
        return {
            name: (TURNED | TURNED_WAY).get(row[name], row[name])
            for name in self.columns & row.keys()
        }


def turn_in_place(plan: Plan, ties: set[int]) -> None:
    """Turn all rows of ties that stay where they are, and what is said about those rows."""
    if not ties:
        return
    for field in kinds.relations_of(Tie):
        _turn(plan, field.model, {f"{field.attname}__in": ties})
    turn_below(plan, ties)


def turn_below(plan: Plan, ties: set[int]) -> None:
    """Turn what hangs on the rows of these ties, such as an objection to an exchange."""
    for field in kinds.relations_of(Tie) if ties else ():
        for deeper in kinds.relations_of(field.model):
            if deeper.model is not Tie and not _leads_to_a_tie(deeper.model):
                _turn(plan, deeper.model, {f"{deeper.name}__{field.name}__in": ties})


def _leads_to_a_tie(model: type[models.Model]) -> bool:
    return any(field.related_model is Tie for field in model._meta.concrete_fields)


def _turn(plan: Plan, model: type[models.Model], condition: dict[str, Iterable[int]]) -> None:
    turns = turns_of(model)
    if not turns:
        return
    rows = model._base_manager.filter(**condition).order_by("pk").values("pk", *turns)
    away, back = [], []  # by way of capitals: while they change places, no two rows are the same
    for row in rows:
        change = {
            name: (row[name], values[row[name]])
            for name, values in turns.items()
            if row[name] in values
        }
        if change:
            away.append((row["pk"], {n: (old, old.upper()) for n, (old, _new) in change.items()}))
            back.append((row["pk"], {n: (old.upper(), new) for n, (old, new) in change.items()}))
    plan.change(model, away)
    plan.change(model, back)
