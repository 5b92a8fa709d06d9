"""Queries that are written with the ORM once and asked many times.

A page of ten small queries spends most of its time on building and compiling them again
(docs/decisions/0007-prepared-queries.md). A function marked with `prepared` is called once per
connection, with stand-ins for its arguments; the SQL that Django compiles from its queryset is
kept, and each question only puts its values in their places, as parameters.

    @prepared
    def events_of(tie: int):
        return TieEvent.objects.filter(tie=tie).order_by("date").values("pk", "kind", "date")

    events_of.dicts(tie=7)      # dictionaries
    events_of.tuples(tie=7)     # tuples, for long lists
    events_of.objects(tie=7)    # instances of TieEvent, its other columns deferred

Arguments are annotated as int, str or datetime.date and compared with columns as they are: no
lists, no lookups that change them (icontains), no slices by argument.
"""

import datetime
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

Value = int | str | datetime.date

STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda n: 31_000 + n,
    str: lambda n: f"9901-01-{n:02}",
    datetime.date: lambda n: datetime.date(9902, 1, n),
}
"""Values that no query of ours names: an int fits every integer column, a text can be read as a
partial date."""


@dataclass(frozen=True)
class Plan:
    """A query as one connection takes it; `places` names the argument of each parameter."""

    sql: str
    parameters: tuple
    places: tuple[str, ...]
    names: tuple[str, ...]
    converters: dict
    compiler: SQLCompiler
    branch: "Branch"


class Prepared:
    """What `prepared` makes of a function that returns `queryset.values(…)`."""

    def __init__(self, build: Callable[..., models.QuerySet]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        arguments = inspect.signature(build).parameters.items()
        self.stand_ins = {
            name: STAND_INS[argument.annotation](number)
            for number, (name, argument) in enumerate(arguments, start=1)
        }
        self.plans: WeakKeyDictionary[Any, Plan] = WeakKeyDictionary()

    def dicts(self, **values: Value) -> list[dict[str, Any]]:
        """The answer as dictionaries."""
        plan = self._plan()
        return [dict(zip(plan.names, row, strict=True)) for row in self._ask(plan, values)]

    def tuples(self, **values: Value) -> list[tuple]:
        """The answer as tuples; `columns` keeps the order of the names."""
        return self._ask(self._plan(), values)

    def objects(self, **values: Value) -> list[Any]:
        """The answer as objects of the queryset's model. Columns named "relation__column" become
        the related object: None where it has no key."""
        plan = self._plan()
        return [plan.branch.grow(row) for row in self._ask(plan, values)]

    def _plan(self) -> Plan:
        """The query compiled for the connection of this thread."""
        here = connections["default"]
        plan = self.plans.get(here)
        if plan is None:
            plan = self.plans[here] = self._compile(here)
        return plan

    def _compile(self, here: Any) -> Plan:
        query = self.build(**self.stand_ins).query
        compiler = query.get_compiler(connection=here)
        sql, parameters = compiler.as_sql()
        places = tuple(self._place(one) for one in parameters)
        names = tuple(query.selected or (*query.values_select, *query.annotation_select))
        if missing := self.stand_ins.keys() - set(places):
            raise ValueError(f"{self.build.__name__} does not compare {sorted(missing)} as it is.")
        return Plan(
            sql=sql,
            parameters=tuple(parameters),
            places=places,
            names=names,
            converters=compiler.get_converters(one[0] for one in compiler.select),
            compiler=compiler,
            branch=Branch.of(query.model, names),
        )

    def _place(self, parameter: Any) -> str:
        """The argument whose stand-in a parameter is; "" for a value that stays."""
        for name, stand_in in self.stand_ins.items():
            same = parameter == stand_in and not isinstance(parameter, bool)
            if same or (isinstance(stand_in, datetime.date) and parameter == str(stand_in)):
                return name
        return ""

    def _ask(self, plan: Plan, values: dict[str, Value]) -> list[tuple]:
        if values.keys() != self.stand_ins.keys():
            raise TypeError(f"{self.build.__name__} takes {sorted(self.stand_ins)}.")
        parameters = [
            _in_form(values[name], was) if name else was
            for name, was in zip(plan.places, plan.parameters, strict=True)
        ]
        with connections["default"].cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            rows = cursor.fetchall()
        if plan.converters:
            rows = map(tuple, plan.compiler.apply_converters(rows, plan.converters))
        return list(rows)


def prepared(build: Callable[..., models.QuerySet]) -> Prepared:
    """Mark a function of plain values that returns `queryset.values(…)`."""
    return Prepared(build)


def columns(model: type[models.Model], *relations: str) -> Iterator[str]:
    """All columns of a model, and of the models that foreign keys lead to, for `values`."""
    yield from (one.attname for one in model._meta.concrete_fields)
    for relation in relations:
        related = model
        for step in relation.split("__"):
            related = related._meta.get_field(step).related_model
        yield from (f"{relation}__{one.attname}" for one in related._meta.concrete_fields)


def _in_form(value: Value, stand_in: Any) -> Any:
    """A date as the text that SQLite keeps, where the stand-in was turned into one."""
    is_date = isinstance(value, datetime.date) and isinstance(stand_in, str)
    return value.isoformat() if is_date else value


class Branch:
    """How to make an object of some places of a row, and its related objects of others."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.places: dict[str, int] = {}
        self.annotations: dict[str, int] = {}
        self.related: dict[models.Field, Branch] = {}
        self._attnames = [one.attname for one in model._meta.concrete_fields]

    @classmethod
    def of(cls, model: type[models.Model], names: tuple[str, ...]) -> "Branch":
        """The branch of a model for these column names."""
        root = cls(model)
        for place, name in enumerate(names):
            *steps, last = name.split("__")
            branch = root
            for step in steps:
                field = branch.model._meta.get_field(step)
                branch = branch.related.setdefault(field, cls(field.related_model))
            branch.add(last, place)
        root.put_in_order()
        return root

    def add(self, name: str, place: int) -> None:
        """A column, or an annotation of another name."""
        name = self.model._meta.pk.attname if name == "pk" else name
        (self.places if name in self._attnames else self.annotations)[name] = place

    def put_in_order(self) -> None:
        """Columns in the order in which the model takes them, here and in what grows from here."""
        self.places = {one: self.places[one] for one in self._attnames if one in self.places}
        for branch in self.related.values():
            branch.put_in_order()

    def grow(self, row: tuple) -> models.Model | None:
        """The object of a row, with its related objects; None where its key is."""
        if row[self.places[self.model._meta.pk.attname]] is None:
            return None
        values = [row[place] for place in self.places.values()]
        thing = self.model.from_db("default", self.places, values)
        for name, place in self.annotations.items():
            setattr(thing, name, row[place])
        for field, branch in self.related.items():
            field.set_cached_value(thing, branch.grow(row))
        return thing
