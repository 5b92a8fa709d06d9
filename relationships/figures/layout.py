"""The lines of a table in their order, and the numbers of a line as cells with their addresses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from relationships.figures.cell import Cell
from relationships.figures.counting import ALL, MEASURED, ONE_WAY, VALUE_OF, Line, Table
from relationships.figures.words import group_words
from relationships.models import Donation
from sistercities.choicewords import choice_words
from sistercities.folding import fold
from sistercities.templatetags.ui import money, number

AID = tuple(name for pair in VALUE_OF.items() for name in pair)
"""Columns of a table of aid: how many donations, and beside it their value."""
KINDS = list(Donation.Kind.values)
Address = Callable[[Cell], str]


@dataclass(frozen=True)
class Shown:
    """One number: as it is written, and the address of its rows. None is not asked for."""

    number: Any
    words: str
    url: str


NOTHING = Shown(None, "–", "")


@dataclass(frozen=True)
class Row:
    """A line of a table: whose, and its numbers in the order of the columns."""

    year: int | None
    name: str
    cells: list[Shown]
    kind: str = ""


def sorted_lines(table: Table) -> list[tuple[Line, str]]:
    """The lines but for the total, with the names of their places, the newest year first."""
    lines = [line for line in table.lines.values() if line.year is not ALL]
    names = group_words(table.by, {line.group for line in lines})
    named = [(line, names.get(line.group, line.group)) for line in lines]
    named.sort(key=lambda pair: (-(pair[0].year or 0), fold(pair[1]), pair[0].group))
    return named


def with_total(table: Table) -> list[tuple[Line, str]]:
    """The lines, the total at their end."""
    return [*sorted_lines(table), (table.total, "")]


def sorted_aid(line: Line) -> list[tuple[tuple[str, str], dict]]:
    """Donations by kind, money first, and currency."""
    return sorted(line.aid.items(), key=lambda one: (KINDS.index(one[0][0]), one[0][1]))


def columns_of(table: Table, measures: tuple[str, ...]) -> list[str]:
    """The measures that mean something in this table."""
    return [name for name in measures if table.has_ways or name not in ONE_WAY]


def figure_row(table: Table, line: Line, name: str, address: Address) -> Row:
    """Ties, exchanges and people of a line."""
    cells = []
    for measure in columns_of(table, MEASURED):
        found = table.number(line, measure)
        cells.append(_shown(found, number(found), table.cell(line, measure), address))
    return Row(line.year, name, cells)


def aid_lines(table: Table, line: Line, name: str, address: Address) -> Iterator[Row]:
    """Aid of a line, one row for each kind and currency."""
    kinds = choice_words(Donation.Kind)
    for of, _numbers in sorted_aid(line):
        cells = []
        for measure in columns_of(table, AID):
            found = table.number(line, measure, of)
            words = money(found, of[1]) if measure.startswith("value") else number(found)
            cells.append(_shown(found, words, table.cell(line, measure, *of), address))
        yield Row(line.year, name, cells, kinds[of[0]])


def _shown(found: Any, words: str, cell: Cell, address: Address) -> Shown:
    return NOTHING if found is None else Shown(found, words, address(cell))
