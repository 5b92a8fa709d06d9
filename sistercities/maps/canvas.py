"""A frame of the plane laid out in a picture's own units, and SVG path data in them."""

import math
from collections.abc import Iterable

from sistercities.maps.arcs import Strand
from sistercities.maps.labels import CELL
from sistercities.maps.outlines import Frame

Spot = tuple[float, float]


class Canvas:
    """The map's own units: its frame laid out `width` wide."""

    def __init__(self, frame: Frame, width: int) -> None:
        self.left, self.top = frame.left, frame.top
        self.width = width
        self.scale = width / (frame.right - frame.left)
        self.height = round((frame.bottom - frame.top) * self.scale)

    def place(self, point: Spot) -> Spot:
        """A point of the plane in the map's units."""
        x, y = point
        return round((x - self.left) * self.scale, 1), round((y - self.top) * self.scale, 1)

    def shows(self, spot: Spot) -> bool:
        """Whether a point in the map's units lies on the map."""
        return 0 <= spot[0] <= self.width and 0 <= spot[1] <= self.height

    def arc(self, arc: list[Strand]) -> str:
        """SVG path data of an arc; nothing when it is too short to be seen."""
        parts = []
        for strand in arc:
            start, *rest = (self.place(point) for point in strand.points)
            if strand.curved and rest[-1] == start:
                continue
            parts.append(f"M{_pair(start)}{'Q' if strand.curved else 'L'}")
            parts.append(" ".join(_pair(point) for point in rest))
        return "".join(parts)

    def points_along(self, arcs: list[list[Strand]]) -> list[Spot]:
        """Points along all arcs, close enough together that no label slips between them."""
        most = max(8, 3000 // max(1, len(arcs)))
        points = []
        for strand in (strand for arc in arcs for strand in arc):
            length = math.dist(strand.points[0], strand.points[-1]) * self.scale
            points += map(self.place, strand.samples(min(most, 4 + int(length / CELL))))
        return points

    def transform(self, drawn_scale: float) -> str:
        """SVG's transform for what was drawn round the plane's (0, 0) in another scale."""
        x, y = self.place((0.0, 0.0))
        return f"translate({_pair((x, y))}) scale({self.scale / drawn_scale:.4f})"


def dot_path(spots: Iterable[Spot]) -> str:
    """Dots as the round ends of lines without length: they keep their size on any screen."""
    return "".join(f"M{_pair(spot)}h.01" for spot in dict.fromkeys(spots))


def _pair(point: Spot) -> str:
    return f"{point[0]:g} {point[1]:g}"
