"""What all committees of the association did in one year, written by the system.

Every number is one of the figures (`relationships.figures`), so that it leads to its rows. The long
lists name the first rows and say how many more there are.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from committees.models import Committee, CommitteeCity
from relationships.figures.cell import Cell, in_years, public_donations
from relationships.figures.counting import Line, Table
from relationships.figures.words import MEASURES, group_words
from relationships.giving import Gift, Total, gift_of
from relationships.listing.exchanges import Row, public_exchanges, read_rows
from relationships.models import Tie
from sistercities.folding import fold

MOST = 100
OLDEST = 1850
BIRTHDAYS = 25
"""Years between two anniversaries that are named."""
OF_THE_YEAR = ("in_force", "new", "ended", "exchanges", "participants", "youth", "volunteers")
BY_STATE = ("in_force", "new", "ended", "exchanges", "out", "in", "participants", "youth")


@dataclass(frozen=True)
class StateLine:
    """A state with a committee: how many, and its numbers in the order of BY_STATE."""

    name: str
    committees: int
    numbers: list[int]


@dataclass
class AssociationReport:
    """One year of the whole association."""

    year: int
    today: datetime.date

    @property
    def is_over(self) -> bool:
        """Whether nothing can be added to the year any more but what is reported late."""
        return self.year < self.today.year

    # Numbers

    @cached_property
    def table(self) -> Table:
        """The figures of the year."""
        return Table(self.year, self.year)

    def cell(self, measure: str) -> Cell:
        """The rows behind a number of the year."""
        return Cell(measure, self.year, self.year)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """By measure."""
        return {name: self.table.number(self.table.total, name) for name in OF_THE_YEAR}

    @cached_property
    def aid(self) -> Total:
        """All donations of the year, no currency mixed."""
        total = Total()
        for (kind, currency), numbers in self.table.total.aid.items():
            total.add(kind, currency, numbers.get("value"), numbers["donations"])
        return total

    @cached_property
    def states(self) -> list[StateLine]:
        """The states in which a committee serves a city, by name."""
        links = CommitteeCity.objects.filter(until=None, committee__in=self.committees)
        links = links.exclude(city__region=None).order_by().distinct()
        serving: dict[str, int] = {}
        for code, _committee in links.values_list("city__region__code", "committee"):
            serving[code] = serving.get(code, 0) + 1
        table = Table(self.year, self.year, by="state")
        names = group_words("state", set(serving))
        lines = [
            StateLine(
                names.get(code, code),
                number,
                [table.number(_line(table, self.year, code), one) for one in BY_STATE],
            )
            for code, number in serving.items()
        ]
        return sorted(lines, key=lambda line: fold(line.name))

    @property
    def heads(self) -> list:
        """Of the columns of states."""
        return [MEASURES[name] for name in BY_STATE]

    # Committees

    @cached_property
    def committees(self) -> QuerySet[Committee]:
        """Published committees of cities that are not dissolved."""
        local = Committee.objects.public().filter(level=Committee.Level.LOCAL)
        return local.exclude(state=Committee.State.DISSOLVED)

    @cached_property
    def committee_count(self) -> int:
        """How many there are today."""
        return self.committees.count()

    @cached_property
    def in_good_standing(self) -> list[str]:
        """The names of those whose dues are paid, at the year's end or today."""
        day = min(datetime.date(self.year, 12, 31), self.today)
        found = Committee.objects.in_good_standing(day).order_by("sort_name", "pk")
        return list(found.values_list("name", flat=True))

    # Lists: the first rows of each, and how many more there are

    @cached_property
    def new_ties(self) -> list[Tie]:
        """Begun in the year, in the order of their days."""
        return list(self.cell("new").rows().with_cities().order_by("since", "sort_name")[:MOST])

    @cached_property
    def ended_ties(self) -> list[Tie]:
        """Ended in the year."""
        return list(self.cell("ended").rows().with_cities().order_by("ended", "sort_name")[:MOST])

    @cached_property
    def birthdays(self) -> list[tuple[int, Tie]]:
        """Ties in force that turned 25, 50, 75 … in the year, the oldest first."""
        of_these = Q(pk__in=[])
        for year in range(self.year - BIRTHDAYS, OLDEST, -BIRTHDAYS):
            of_these |= in_years("since", year, year)
        ties = Tie.objects.public().in_force().filter(of_these).with_cities()
        found = ties.order_by("since", "sort_name", "pk")[:MOST]
        return [(self.year - tie.since.year, tie) for tie in found]

    @cached_property
    def exchanges(self) -> list[Row]:
        """Begun in the year, in the order of their days."""
        rows = public_exchanges().filter(in_years("begins", self.year, self.year))
        return read_rows(list(rows.order_by("begins", "pk").values_list("pk", flat=True)[:MOST]))

    @cached_property
    def gifts(self) -> list[Gift]:
        """Given in the year, in the order of their days."""
        rows = public_donations().filter(in_years("date", self.year, self.year))
        rows = rows.select_related("tie__city_a", "tie__city_b").order_by("date", "pk")[:MOST]
        return [gift_of(one, (one.tie.city_a.name, one.tie.city_b.name)) for one in rows]

    @property
    def more(self) -> dict[str, int]:
        """How many rows each list leaves out."""
        listed = {
            "new": len(self.new_ties),
            "ended": len(self.ended_ties),
            "exchanges": len(self.exchanges),
        }
        more = {name: max(0, self.numbers[name] - n) for name, n in listed.items()}
        return more | {"gifts": max(0, self.aid.count - len(self.gifts))}


def _line(table: Table, year: int, code: str) -> Line:
    """The line of a state; an empty one where nothing happened."""
    return table.lines.get((year, code)) or Line(year, code)
