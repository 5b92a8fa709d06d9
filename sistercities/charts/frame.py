"""What columns and lines stand in: a few light lines with their numbers, and names below."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sistercities.charts.points import Point
from sistercities.charts.scales import Value, every, labelled, ticks, written

ABOVE, HEIGHT, BELOW = 1.6, 15, 2.2
"""Above the highest line, from there to the lowest, below it; in em."""
ROOM, NARROW_ROOM = 13, 6
"""Labels that a wide chart and one on a telephone can hold."""
EDGE = 3.5
"""Percent from an edge within which a name would stand out over it."""
LONG = 6
"""Letters of a number that the usual margin can hold."""


@dataclass(frozen=True)
class GridLine:
    """A line across, and the number that it stands for."""

    y: str
    words: str
    text_y: str


@dataclass(frozen=True)
class Label:
    """A text of the drawing. `wide`: only where there is room; `anchor` as SVG has it."""

    x: str
    y: str
    text: str
    wide: bool = False
    anchor: str = "middle"


@dataclass(frozen=True)
class Frame(ABC):
    """Points over a scale that begins at 0. `say` writes a number of the scale for the reader;
    `title` names the drawing for those who cannot see it."""

    title: str
    points: Sequence[Point]
    say: Callable[[Any], str] = field(default=str, repr=False)

    @cached_property
    def scale(self) -> list[int]:
        """The numbers at the lines."""
        return ticks(max((point.value for point in self.points), default=0))

    def down(self, value: Value) -> float:
        """How far below the upper edge a value is drawn."""
        return ABOVE + HEIGHT * float(1 - value / self.scale[-1])

    @property
    def lines(self) -> list[GridLine]:
        """From the lowest to the highest."""
        return [
            GridLine(written(self.down(one)), self.say(one), written(self.down(one) + 0.35))
            for one in self.scale
        ]

    @property
    def is_wide_scale(self) -> bool:
        """Whether its numbers need a wider margin."""
        return max(len(self.say(one)) for one in self.scale) > LONG

    @property
    def top(self) -> str:
        """Where the highest line is."""
        return written(ABOVE)

    @property
    def plot(self) -> str:
        """How high it is from the lowest line to the highest."""
        return written(HEIGHT)

    @property
    def height(self) -> str:
        """Of the whole drawing."""
        return written(ABOVE + HEIGHT + BELOW)

    @abstractmethod
    def across(self, index: int) -> float:
        """Where the middle of a point is, in percent."""

    @property
    def names(self) -> list[Label]:
        """The names below, those that there is room for."""
        places = [point.place for point in self.points]
        step = every(len(places), NARROW_ROOM)
        narrow = labelled(places, step)
        wide = labelled(places, every(len(places), ROOM, step))
        y = written(ABOVE + HEIGHT + 1.5)
        return [
            Label(
                written(self.across(index)),
                y,
                point.tick or point.label,
                index not in narrow,
                self.anchor(index),
            )
            for index, point in enumerate(self.points)
            if index in wide
        ]

    def anchor(self, index: int) -> str:
        """Where the name of a point holds on to it: those at the edges stay inside."""
        across = self.across(index)
        return "start" if across < EDGE else "end" if across > 100 - EDGE else "middle"
