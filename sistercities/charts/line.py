"""A line through numbers of one year after the other."""

from dataclasses import dataclass
from typing import Literal

from sistercities.charts.frame import Frame, Label
from sistercities.charts.scales import written

BOX = 1000
"""The line is drawn in a box of so many units either way, which is then drawn out to its place."""


@dataclass(frozen=True)
class Line(Frame):
    """A line from the first point to the last."""

    kind: Literal["line"] = "line"

    def across(self, index: int) -> float:
        """The first point at the left edge, the last at the right."""
        return 100 * index / (len(self.points) - 1) if len(self.points) > 1 else 100

    @property
    def corners(self) -> list[tuple[str, str]]:
        """Where the line turns, in the box."""
        return [
            (
                written(BOX * self.across(index) / 100),
                written(BOX * float(1 - point.value / self.scale[-1])),
            )
            for index, point in enumerate(self.points)
        ]

    @property
    def path(self) -> str:
        """The line as SVG's `d`."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.corners) if self.points else ""

    @property
    def end(self) -> Label | None:
        """The last number, above the line's end."""
        if not self.points:
            return None
        y = self.down(self.points[-1].value)
        return Label("100", written(y - 0.7), self.points[-1].words, anchor="end")

    @property
    def end_y(self) -> str:
        """Where the line ends."""
        return written(self.down(self.points[-1].value))
