"""What is special about merging objects of one model; each floor says it for its own."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from sistercities.folding import fold
from sistercities.history import ChangeRecord
from sistercities.merging.likeness import Likeness, Pair

if TYPE_CHECKING:
    from sistercities.merging.planning import Plan

Model = type[models.Model]
Touched = dict[Model, set[int]]
Rule = Callable[["Plan", models.ForeignKey, dict[int, int]], None]


class Refused(ValidationError):
    """Why two objects are not merged, or not any more taken apart: sentences for the office."""


class Kind:
    """One model whose objects can be merged. Subclasses say what differs; `after` recomputes."""

    model: Model
    together: tuple[tuple[str, ...], ...] = ()
    """Columns that say one thing: chosen as one, shown by the first."""
    left: tuple[str, ...] = ()
    """Columns that stay as they are in both."""
    suspected_last = False
    """Whether duplicates of other kinds are looked for first."""
    named_by: tuple[str, ...] = ()
    """Relations that the name of an object needs."""

    def columns(self) -> list[tuple[models.Field, ...]]:
        """What is chosen field by field: the columns that people edit."""
        names = {field.name for field in self.model._meta.concrete_fields}
        groups = {group[0]: group for group in self.together}
        inside = {name for group in self.together for name in group[1:]}
        get = self.model._meta.get_field
        return [
            tuple(get(name) for name in groups.get(field.name, (field.name,)))
            for field in self.model._meta.concrete_fields
            if field.editable
            and not field.primary_key
            and f"{field.name}_es" not in names
            and field.name not in {*self.left, *inside, "changed_at"}
        ]

    def rows(self) -> models.QuerySet:
        """All objects, with what their names need."""
        return self.model._base_manager.select_related(*self.named_by)

    def stands(self, one: models.Model) -> bool:
        """Whether it is a record of its own still."""
        return one.merged_into_id is None

    def newer(self, one: models.Model, other: models.Model) -> bool:
        """Whether what stands in `one` was confirmed later."""
        return False

    def prefer_gone(self, kept: models.Model, gone: models.Model, fields: Iterable) -> bool:
        """Whether the values of the one that goes are proposed: where the other has none, or has
        older ones."""
        fields = tuple(fields)
        values = [[value_of(one, field) for field in fields] for one in (kept, gone)]
        if not filled(values[1][0]) or values[0] == values[1]:
            return False
        return not filled(values[0][0]) or self.newer(gone, kept)

    def obstacles(self, plan: "Plan") -> None:
        """Say to the plan what stands in the way (`plan.refuse`)."""

    def join(self, plan: "Plan") -> None:
        """Plan that everything which points to one points to the other."""
        plan.join(self.model, {plan.gone.pk: plan.kept.pk})

    def special(self, plan: "Plan") -> None:
        """Plan what the model graph does not say (`plan.change`)."""

    def follow(self, kept: models.Model) -> dict[str, Any]:
        """Columns that follow from others of the object: the folded name from the name."""
        column = self.model._meta.get_field("sort_name")
        return {"sort_name": fold(kept.name)[: column.max_length]}

    def suspects(self, among: set[int] | None) -> Iterable[tuple[Pair, Likeness | None]]:
        """Pairs that may be the same; with `among`, those with one of these objects."""
        return ()

    def after(self, touched: Touched) -> None:
        """Recompute what follows, after merging and after undoing, from the numbers of the rows
        that were written."""


@dataclass(frozen=True)
class Numbered:
    """A column that holds numbers of a model's objects without being a foreign key."""

    model: Model
    column: str
    written: Callable[[int], Any] = int


_kinds: dict[Model, Kind] = {}
_rules: dict[str, Rule] = {}
_twins: dict[str, Callable[["Plan", dict[int, int]], None]] = {}
_numbered: dict[Model, list[Numbered]] = defaultdict(list)


def register(kind: type[Kind]) -> type[Kind]:
    """Let objects of its model be merged."""
    _kinds[kind.model] = kind()
    return kind


def kind_of(model: Model) -> Kind:
    """The kind; KeyError for a model whose objects are not merged."""
    return _kinds[model]


def everything() -> list[Kind]:
    """All kinds, in the order in which duplicates are looked for."""
    return sorted(_kinds.values(), key=lambda kind: kind.suspected_last)


def rule(*labels: str) -> Callable[[Rule], Rule]:
    """How the rows of relations ("app.model.field") are moved, instead of the general way."""

    def take(work: Rule) -> Rule:
        _rules.update(dict.fromkeys(labels, work))
        return work

    return take


def stays(*labels: str) -> None:
    """These rows say what was: they go on pointing to the object that they named."""
    rule(*labels)(lambda plan, field, pairs: None)


def twins(label: str):
    """What else is written when two rows of a model ("app.model") turn out to be one: a function
    of the plan and {the one that stays behind: the one that is kept}."""

    def take(work):
        _twins[label] = work
        return work

    return take


def numbered(owner: Model, column: Numbered) -> None:
    """Move this column too when objects of `owner` are merged."""
    if column not in _numbered[owner]:
        _numbered[owner].append(column)


def rule_of(field: models.Field) -> Rule | None:
    """The rule of a relation, if it has one of its own."""
    return _rules.get(f"{field.model._meta.label_lower}.{field.name}")


def twin_rule_of(model: Model):
    """What else to do with twins of this model."""
    return _twins.get(model._meta.label_lower)


def numbered_of(model: Model) -> list[Numbered]:
    """Columns with numbers of this model's objects."""
    return _numbered.get(model, [])


def relations_of(model: Model) -> list[models.ForeignKey]:
    """Every foreign key of every table that points to a model, but those of histories and of
    earlier merges."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and relation.field.name != "merged_into"
        and not issubclass(relation.related_model, ChangeRecord)
    ]


def value_of(one: models.Model, field: models.Field) -> Any:
    """The value of a column itself, not of the reader's language."""
    return getattr(one, field.attname)


def filled(value: Any) -> bool:
    """Whether a column says something."""
    return value not in (None, "", 0)
