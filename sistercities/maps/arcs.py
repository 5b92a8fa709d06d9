"""Gentle curves between two cities, and how one leaves the map's edge to return at the other."""

import math
from itertools import pairwise
from typing import NamedTuple

from sistercities.maps.projection import Albers, EqualEarth

BEND = 0.1
"""How far the top of a curve lies off the straight line, as a share of its length."""
STEPS = 24
"""Straight steps in a curve that crosses the edge of the map."""

Point = tuple[float, float]


class Strand(NamedTuple):
    """What is drawn of an arc in one stroke: start, control and end of a curve, or a run of points.

    On the projected plane, y downwards.
    """

    points: list[Point]
    curved: bool

    def samples(self, steps: int) -> list[Point]:
        """Points along it, for measuring and for keeping labels off."""
        if not self.curved:
            return self.points
        return [_on_curve(*self.points, i / steps) for i in range(steps + 1)]


def strands(projection: EqualEarth | Albers, start: Point, end: Point) -> list[Strand]:
    """The arc between two (lon, lat), longitudes counted from the projection's middle.

    None when both are one place; two when the shorter way runs over the edge of the map.
    """
    if start == end:
        return []
    if abs(start[0] - end[0]) > 180:
        return [Strand(line, curved=False) for line in _over_the_edge(projection, start, end)]
    a, b = projection.project(*start), projection.project(*end)
    return [Strand([a, _control(a, b, southern=start[1] + end[1] < 0), b], curved=True)]


def _control(start: Point, end: Point, *, southern: bool) -> Point:
    """The middle point of a quadratic curve, off to the pole's side as a great circle would be."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    if dx < 0 or (dx == 0 and dy > 0):
        dx, dy = -dx, -dy
    side = -2 * BEND if southern else 2 * BEND
    return (start[0] + end[0]) / 2 + side * dy, (start[1] + end[1]) / 2 - side * dx


def _on_curve(start: Point, control: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
    return (
        a * start[0] + b * control[0] + c * end[0],
        a * start[1] + b * control[1] + c * end[1],
    )


def _over_the_edge(
    projection: EqualEarth | Albers, start: Point, end: Point
) -> tuple[list[Point], list[Point]]:
    """From the start to the map's edge, and from the same latitude of its other edge to the end.

    Bent in degrees, not on the plane, so that both parts meet the edge at one latitude.
    """
    edge = math.copysign(180, start[0])
    beyond = (end[0] + 2 * edge, -end[1])
    near = (start[0], -start[1])  # y downwards, as _control wants it
    control = _control(near, beyond, southern=start[1] + end[1] < 0)
    control = (control[0], max(-88.0, min(88.0, control[1])))
    curve = [_on_curve(near, control, beyond, i / STEPS) for i in range(STEPS + 1)]
    first, second = [curve[0]], []
    for (lon_a, y_a), (lon_b, y_b) in pairwise(curve):
        if not second and abs(lon_b) >= 180:
            meeting = y_a + (edge - lon_a) / (lon_b - lon_a) * (y_b - y_a)
            first.append((edge, meeting))
            second.append((-edge, meeting))
        if second:
            second.append((lon_b - 2 * edge, y_b))
        else:
            first.append((lon_b, y_b))
    return (
        [projection.project(lon, -y) for lon, y in first],
        [projection.project(lon, -y) for lon, y in second],
    )
