"""What templates/includes/_map.html draws, whoever made it."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sistercities.maps.canvas import dot_path
from sistercities.maps.labels import Box, Cells, Label, place_labels

TYPE_SIZE = 16
"""CSS pixels when the map is seen at its own width."""
LARGE_TYPE_SHARE = 14 / 320
"""Of the map's width: 14 CSS pixels when the map is seen 320 wide."""
DOT_RADIUS = 4
STROKES = ((0.8, 0.3), (1.6, 0.6), (2.6, 1), (4, 1), (6, 1))
"""Pixels and opacity of the five widths, as static/css/site.css has them."""
MOST_LABELS, MOST_LARGE_LABELS, MOST_MUSTS = 6, 4, 2


class Dot(NamedTuple):
    """A place on the map, in the map's units; `main` for the page's own city."""

    name: str
    x: float
    y: float
    main: bool


class Band(NamedTuple):
    """Lines of one width, 1 to 5, as one path."""

    width: int
    path: str

    @property
    def stroke(self) -> float:
        """Pixels, where no style sheet says so."""
        return STROKES[self.width - 1][0]

    @property
    def opacity(self) -> float:
        """Share of the colour, where no style sheet says so."""
        return STROKES[self.width - 1][1]


@dataclass(frozen=True)
class ArcMap:
    """A map as paths and texts."""

    title: str
    summary: str
    """What the map shows, for those who cannot see it."""
    width: int
    height: int
    land: str
    land_transform: str
    borders: str
    arcs: tuple[str, ...]
    highlighted_arcs: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    large_labels: tuple[Label, ...]
    """A second set in large type, to show instead of `labels` where the map is narrow."""
    type_size: int
    large_type_size: int
    missing: int
    """Lines that are not drawn because the place of a city is not known."""
    bands: tuple[Band, ...] = ()
    """Lines that stand for several ties each, by width."""
    is_crowded: bool = False
    """Whether lines and dots are to be thin."""

    @property
    def view_box(self) -> str:
        """SVG's viewBox."""
        return f"0 0 {self.width} {self.height}"

    @cached_property
    def uid(self) -> str:
        """An HTML id that is the same whenever the same map is drawn."""
        drawn = "".join((self.title, *self.arcs, *self.highlighted_arcs, repr(self.dots)))
        return f"map-{zlib.crc32(drawn.encode()):08x}"

    @property
    def arc_path(self) -> str:
        """All quiet arcs as one path."""
        return "".join(self.arcs)

    @property
    def highlighted_path(self) -> str:
        """All stressed arcs as one path."""
        return "".join(self.highlighted_arcs)

    @property
    def dot_path(self) -> str:
        """All dots but that of the page's own city."""
        return dot_path((dot.x, dot.y) for dot in self.dots if not dot.main)

    @property
    def main_dot_path(self) -> str:
        """The dot of the page's own city."""
        return dot_path((dot.x, dot.y) for dot in self.dots if dot.main)


def labelled(
    wanted: Sequence[tuple[str, float, float]],
    *,
    width: int,
    height: int,
    dots: Sequence[tuple[float, float]],
    strokes: Cells,
    musts: int,
) -> Mapping[str, Any]:
    """Both sets of labels for an ArcMap, and their sizes; `wanted` by importance."""
    large = max(TYPE_SIZE, round(width * LARGE_TYPE_SHARE))
    room = {
        "bounds": Box(3, 3, width - 3, height - 3),
        "dots": dots,
        "strokes": strokes,
        "musts": musts,
    }
    return {
        "labels": place_labels(
            wanted, size=TYPE_SIZE, limit=MOST_LABELS, dot_radius=DOT_RADIUS, **room
        ),
        "large_labels": place_labels(
            wanted,
            size=large,
            limit=MOST_LARGE_LABELS,
            dot_radius=DOT_RADIUS * large / TYPE_SIZE,
            **room,
        ),
        "type_size": TYPE_SIZE,
        "large_type_size": large,
    }
