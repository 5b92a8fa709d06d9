"""Adding up: three questions to the database, whatever the number of years, places and rows.

A tie has two sides. It counts once for a place that has either city or both; an exchange in both
directions goes out and comes in. So the lines of two countries do not add up to a total, which is
counted by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from committees.models import CommitteeCity
from relationships.figures.cell import (
    EXCHANGES,
    GIFTS,
    TIES,
    Cell,
    in_years,
    public_donations,
)
from relationships.figures.scope import Scope, own_ties
from relationships.listing.exchanges import public_exchanges
from relationships.models import Exchange, Tie
from sistercities.listing.columns import columns

WAYS = ("", "country", "state", "committee")
"""What the lines of a table are besides years; empty: the whole scope."""
ALL = None
"""The year of the line that sums up all years."""
Groups = Callable[..., tuple[set[str], set[str]]]
MEASURED = (*TIES, *EXCHANGES)
ONE_WAY = ("out", "in", "given", "value_given", "received", "value_received")
"""Measures that need somebody's view."""
VALUE_OF = {"donations": "value", "given": "value_given", "received": "value_received"}
Side = Exchange.Direction
OUT = {Side.A_TO_B: (True, False), Side.B_TO_A: (False, True), Side.BOTH: (True, True)}
"""From which of the two sides somebody travelled."""


@dataclass
class Line:
    """The numbers of one place in one year. `aid` by (kind, currency), where "valued" is how many
    donations have a value; `themes` has exchanges and participants by theme."""

    year: int | None
    group: str
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    aid: dict[tuple[str, str], dict[str, int | Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    themes: dict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )


class Table:
    """The figures of some years (both counted) for a scope, line by line.

    `by` is one of WAYS: a line for every year, or for every year and country, state or committee.
    """

    def __init__(self, first: int, last: int, scope: Scope | None = None, by: str = "") -> None:
        self.first, self.last, self.by = first, last, by
        self.scope = scope or Scope()
        self._lines: dict[tuple[int | None, str], Line] = {}
        self.unknown = 0
        """Ties in force of which nobody knows the year: they are in no line."""

    @property
    def has_ways(self) -> bool:
        """Whether its lines have an inside: only then something goes out or comes in."""
        return bool(self.by or self.scope)

    @cached_property
    def lines(self) -> dict[tuple[int | None, str], Line]:
        """By year and group; the line (None, "") sums up all."""
        self._line(ALL, "")
        groups = self._groups()
        self._count_ties(groups)
        self._count_exchanges(groups)
        self._count_donations(groups)
        return self._lines

    @property
    def total(self) -> Line:
        """Over all years and places, everything once."""
        return self.lines[ALL, ""]

    def number(self, line: Line, measure: str, of: tuple[str, str] | None = None) -> Any:
        """A number of a line; of aid, that of a kind and currency. None where it would mean
        nothing: what goes out of everywhere, the value of what nobody valued."""
        if measure in ONE_WAY and not (line.group or self.scope):
            return None
        if of is None:
            return line.numbers.get(measure, 0)
        return line.aid[of].get(measure, None if measure.startswith("value") else 0)

    def cell(self, line: Line, measure: str, kind: str = "", currency: str = "") -> Cell:
        """The rows behind a number of a line."""
        first, last = (self.first, self.last) if line.year is ALL else (line.year, line.year)
        scope = self.scope.narrowed(self.by, line.group) if line.group else self.scope
        return Cell(measure, first, last, scope, kind, currency)

    def _line(self, year: int | None, group: str) -> Line:
        key = (year, group)
        if key not in self._lines:
            self._lines[key] = Line(year, group)
        return self._lines[key]

    def _of(self, year: int, group: str | None) -> Iterable[Line]:
        """The lines in which something of a year counts; `group` None is the whole scope."""
        if group is not None:
            return [self._line(year, group)]
        total = [self._line(ALL, "")]
        return total if self.by else [*total, self._line(year, "")]

    # Which sides are in the scope, and in which groups

    def _asked(self, rows: QuerySet, tie: str, *more: str) -> Iterable[tuple]:
        """Rows summed by place, sides and `more`; the caller annotates what is summed."""
        a, b = self.scope.sides(tie)
        rows = rows.order_by()
        if self.scope:
            rows = rows.filter(a | b)
        rows = rows.annotate(in_a=_flag(a), in_b=_flag(b))
        return columns(rows, "in_a", "in_b", *(f"{tie}{name}" for name in self._places), *more)

    @property
    def _places(self) -> tuple[str, ...]:
        return {
            "": (),
            "country": ("city_a__country", "city_b__country"),
            "state": ("city_a__region__code", "city_b__region__code"),
            "committee": ("city_a", "city_b", "pk"),
        }[self.by]

    def _groups(self) -> Groups:
        """A function of a row's places that gives the groups of both sides."""
        if self.by == "committee":
            return _committees()
        if self.by:
            return lambda a, b: ({a} - {None, ""}, {b} - {None, ""})
        return lambda: (set(), set())

    def _sides(self, row: tuple, groups: Groups) -> Iterable[tuple[str | None, bool, bool]]:
        """(group, whether it has the first city, the second), and the whole scope as None."""
        in_a, in_b, *places = row
        yield None, bool(in_a), bool(in_b)
        of_a, of_b = groups(*places)
        of_a, of_b = of_a if in_a else set(), of_b if in_b else set()
        for group in of_a | of_b:
            yield group, group in of_a, group in of_b

    # The three questions

    def _count_ties(self, groups: Groups) -> None:
        ties = Tie.objects.public().filter(Q(since=None) | Q(since__lt=f"{self.last + 1:04}"))
        ties = ties.annotate(
            begun=Substr("since", 1, 4), over=Substr("ended", 1, 4), gone=_flag(Q(status="ended"))
        )
        width = 2 + len(self._places)
        standing: dict[str | None, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        asked = self._asked(ties, "", "begun", "over", "gone")
        for row in asked.annotate(n=Count("pk")):
            begun, over, gone, n = row[width:]
            begun, over = _year(begun), _year(over)
            if begun is None and not gone:
                self.unknown += n
            for group, _a, _b in self._sides(row[:width], groups):
                for name, year in (("new", begun), ("ended", over)):
                    if year is not None and self.first <= year <= self.last:
                        for line in self._of(year, group):
                            line.numbers[name] += n
                if begun is not None and (over is not None or not gone):
                    standing[group][begun] += n
                    if over is not None:
                        standing[group][over] -= n
        for group, moves in standing.items():
            self._stand(group, moves)

    def _stand(self, group: str | None, moves: dict[int, int]) -> None:
        """Ties in force at the end of each year, from how many came and went in each."""
        number = sum(n for year, n in moves.items() if year < self.first)
        for year in range(self.first, self.last + 1):
            number += moves.get(year, 0)
            if number and (group is not None or not self.by):
                self._line(year, group or "").numbers["in_force"] = number
        if group is None:
            self._line(ALL, "").numbers["in_force"] = number

    def _count_exchanges(self, groups: Groups) -> None:
        rows = public_exchanges().filter(in_years("begins", self.first, self.last))
        rows = rows.annotate(year=Substr("begins", 1, 4))
        width = 2 + len(self._places)
        asked = self._asked(rows, "tie__", "year", "direction", "theme")
        sums = {
            "participants": Sum(F("travellers") + F("hosts")),
            "young": Sum("youth"),
            "helpers": Sum("volunteers"),
        }
        for row in asked.annotate(n=Count("pk"), **sums):
            year, way, theme, n, *people = row[width:]
            from_a, from_b = OUT.get(way, (False, False))
            for group, a, b in self._sides(row[:width], groups):
                ways = ((a and from_a) or (b and from_b), (a and from_b) or (b and from_a))
                counted = (n, n * ways[0], n * ways[1], *people)
                for line in self._of(_year(year), group):
                    for name, number in zip(EXCHANGES, counted, strict=True):
                        line.numbers[name] += number
                    line.themes[theme]["exchanges"] += n
                    line.themes[theme]["participants"] += people[0]

    def _count_donations(self, groups: Groups) -> None:
        rows = public_donations().filter(in_years("date", self.first, self.last))
        rows = rows.annotate(year=Substr("date", 1, 4))
        width = 2 + len(self._places)
        asked = self._asked(rows, "tie__", "year", "kind", "currency", "given_by")
        sums = {"valued": Count("amount"), "total": Sum("amount")}
        for row in asked.annotate(n=Count("pk"), **sums):
            year, kind, currency, giver, n, valued, total = row[width:]
            for group, a, b in self._sides(row[:width], groups):
                for line in self._of(_year(year), group):
                    line.aid[kind, currency]["valued"] += valued
                ways = (True, a if giver == "a" else b, b if giver == "a" else a)
                for line in self._of(_year(year), group):
                    for name, counts in zip(GIFTS, ways, strict=True):
                        if counts:
                            aid = line.aid[kind, currency]
                            aid[name] += n
                            if total is not None:
                                aid[VALUE_OF[name]] += total


def _flag(condition: Q) -> Case | Value:
    """1 where it holds, 0 elsewhere; an empty condition always holds."""
    if not condition:
        return Value(1, output_field=IntegerField())
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _year(text: object) -> int | None:
    """Of the first four letters of a date."""
    return int(str(text)[:4]) if text else None


def _committees() -> Groups:
    """The published committees of both sides of a tie: those that serve the city today, but for
    committees of one single tie, which have that one only."""
    single = own_ties()
    alone = {one.committee for one in single}
    served: dict[int, set[str]] = defaultdict(set)
    links = CommitteeCity.objects.filter(until=None, committee__review="published")
    for city, committee in links.order_by().values_list("city", "committee"):
        if committee not in alone:
            served[city].add(str(committee))
    of_tie = defaultdict(list)
    for one in single:
        of_tie[one.tie].append(one)

    def groups(a: int, b: int, tie: int) -> tuple[set[str], set[str]]:
        sides = set(served.get(a, ())), set(served.get(b, ()))
        for one in of_tie.get(tie, ()):
            for city, found in zip((a, b), sides, strict=True):
                if city in one.cities:
                    found.add(str(one.committee))
        return sides

    return groups
