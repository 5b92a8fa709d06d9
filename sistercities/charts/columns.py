"""Columns, one beside the other, for numbers of years and decades."""

from dataclasses import dataclass
from typing import Literal

from sistercities.charts.frame import ABOVE, HEIGHT, ROOM, Frame, Label
from sistercities.charts.scales import written

SHARE = 0.72
"""Of its place, how much a column fills."""


@dataclass(frozen=True)
class Column:
    """One column; the lowest line is its foot."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Columns(Frame):
    """A column for each point."""

    kind: Literal["columns"] = "columns"

    @property
    def band(self) -> float:
        """The place of one column, in percent."""
        return 100 / max(1, len(self.points))

    def across(self, index: int) -> float:
        """The middle of a column."""
        return self.band * (index + 0.5)

    @property
    def columns(self) -> list[Column]:
        """In the order of the points; none for nothing."""
        return [
            Column(
                written(self.band * (index + (1 - SHARE) / 2)),
                written(self.down(point.value)),
                written(self.band * SHARE),
                written(ABOVE + HEIGHT - self.down(point.value)),
            )
            for index, point in enumerate(self.points)
            if point.value
        ]

    @property
    def values(self) -> list[Label]:
        """The numbers that stand on their columns: that of the highest always, the others where
        the columns are few."""
        highest = max(
            range(len(self.points)), key=lambda index: self.points[index].value, default=None
        )
        few = len(self.points) <= ROOM
        return [
            Label(
                written(min(98, max(2, self.across(index)))),
                written(self.down(point.value) - 0.4),
                point.words,
                index != highest,
                self._held(index),
            )
            for index, point in enumerate(self.points)
            if point.value and (few or index == highest)
        ]

    def _held(self, index: int) -> str:
        """A number near an edge begins or ends there."""
        across = self.across(index)
        return "start" if across < 5 else "end" if across > 95 else "middle"
