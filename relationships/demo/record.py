"""Keeping count of what a load writes, with the reason in every row's history."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history

REASON = "Demo registry"
Thing = TypeVar("Thing", bound=models.Model)


class Record:
    """How many rows were created and how many completed, by model."""

    def __init__(self) -> None:
        self.created: Counter[type[models.Model]] = Counter()
        self.completed: Counter[type[models.Model]] = Counter()

    def __bool__(self) -> bool:
        return bool(self.created or self.completed)

    def save(self, thing: Thing, *, new: bool = True) -> Thing:
        """Save one object by its own rules."""
        thing._change_reason = REASON
        thing.save()
        (self.created if new else self.completed)[type(thing)] += 1
        return thing

    def save_all(self, things: Sequence[Thing]) -> list[Thing]:
        """Save new objects of one model at once; only for models whose save() adds nothing."""
        if not things:
            return []
        model = type(things[0])
        self.created[model] += len(things)
        return bulk_create_with_history(list(things), model, default_change_reason=REASON)
