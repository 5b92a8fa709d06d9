"""A chart with its finding and its table: the page, its drawing and the CSV read the same rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from sistercities.charts.bars import lengths
from sistercities.charts.columns import Columns
from sistercities.charts.line import Line
from sistercities.charts.points import Point
from sistercities.templatetags.ui import number

MANY = 16
"""More rows than this are folded away under a drawing."""


@dataclass(frozen=True)
class Row:
    """One number with its name: `code` for machines, `url` the list of just its rows, `page` more
    about it. A row that is not `drawn` stands in the table only."""

    code: str
    label: str
    value: int | Decimal
    url: str = ""
    page: str = ""
    tick: str = ""
    place: int = 0
    drawn: bool = True


@dataclass(frozen=True)
class Barred:
    """A row of a table with its bar; `length` is empty for what is not drawn."""

    label: str
    words: str
    length: str
    url: str
    page: str


@dataclass
class Chart:
    """One question with its answer. `key` and `columns` are for addresses and files and never
    change; `subject`, `head` and `unit` are what the table is about, `say` writes its numbers.

    `more` says how many rows stand in the file only.
    """

    key: str
    subject: str
    finding: str
    rows: list[Row]
    head: str
    unit: str
    columns: tuple[str, ...]
    kind: str = "bars"
    say: Callable[[Any], str] = number
    note: str = ""
    shown: int = 10_000
    whole: int | None = None
    links_to: str = ""
    csv_url: str = field(default="", init=False)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to draw."""
        return any(row.value for row in self.rows)

    @cached_property
    def listed(self) -> list[Barred]:
        """The rows of the table in the reader's words, each with its bar. Where columns are drawn,
        a year without any has none, and no row either."""
        rows = [row for row in self.rows if row.value] if self.kind == "columns" else self.rows
        shown = rows[: self.shown]
        drawn = iter(lengths([_point(row, self.say) for row in shown if row.drawn], self.whole))
        return [
            Barred(
                row.label,
                self.say(row.value),
                next(drawn) if row.drawn else "",
                row.url if row.value else "",
                row.page,
            )
            for row in shown
        ]

    @property
    def more(self) -> int:
        """Rows that are in the file only."""
        return max(0, len(self.rows) - self.shown)

    @property
    def is_long(self) -> bool:
        """Whether the table is folded away under its drawing."""
        return self.kind != "bars" and len(self.listed) > MANY

    @cached_property
    def drawing(self) -> Columns | Line | None:
        """Columns or a line; bars are in the table."""
        points = [_point(row, self.say) for row in self.rows if row.drawn]
        title = f"{self.subject}: {self.finding}"
        if self.kind == "columns":
            return Columns(title, points, self.say)
        return Line(title, points, self.say) if self.kind == "line" else None

    def lines(self) -> Iterator[list]:
        """The same rows for a file: codes, names and plain numbers."""
        yield list(self.columns)
        for row in self.rows:
            named = [row.code, row.label] if len(self.columns) > 2 else [row.code]
            yield [*named, row.value]


def _point(row: Row, say: Callable[[Any], str]) -> Point:
    return Point(row.label, row.value, say(row.value), row.tick, row.place)
