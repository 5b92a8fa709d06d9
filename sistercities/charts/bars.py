"""Bars, one below the other, in the rows of a table: the table is the chart's letters."""

from collections.abc import Sequence

from sistercities.charts.points import Point
from sistercities.charts.scales import Value, written

FULL = 100


def lengths(points: Sequence[Point], longest: Value | None = None) -> list[str]:
    """How long the bar of each point is, the longest 100; with `longest`, that is 100."""
    top = longest or max((point.value for point in points), default=0) or 1
    return [written(FULL * point.value / top) for point in points]
