"""Large maps on one of two fixed sheets: the world, or Mexico with its neighbours.

Their lines may stand for many ties each; a sheet never moves, so that filters change what is drawn
and nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt
from typing import NamedTuple

from sistercities.maps.arcs import Strand, strands
from sistercities.maps.canvas import Canvas
from sistercities.maps.labels import Cells
from sistercities.maps.outlines import WORLD_SCALE, Frame, border_path, land_path, world_land_path
from sistercities.maps.picture import ArcMap, Band, Dot, labelled
from sistercities.maps.projection import Albers, EqualEarth, turn

WIDTH = 840
BANDS = 5
CROWDED = 120
"""Lines from which on they are drawn thinner."""
MOST_NAMES = 5


class Place(NamedTuple):
    """A city, or the middle of a region's cities, in degrees."""

    name: str
    lat: float
    lon: float


class Line(NamedTuple):
    """So many ties between two places, by their keys; within one place, nothing is drawn."""

    a: int
    b: int
    count: int = 1


@dataclass(frozen=True)
class Sheet:
    """A projection and the part of it that is shown."""

    code: str
    projection: EqualEarth | Albers
    frame: Frame
    is_world: bool

    @cached_property
    def canvas(self) -> Canvas:
        """The sheet in the picture's units."""
        return Canvas(self.frame, WIDTH)

    def turned(self, place: Place) -> tuple[float, float]:
        """Longitude, counted from the middle, and latitude."""
        return turn(place.lon, self.projection.centre), place.lat

    def spot(self, place: Place) -> tuple[float, float]:
        """Where a place lies, in the picture's units."""
        return self.canvas.place(self.projection.project(*self.turned(place)))

    def shows(self, place: Place) -> bool:
        """Whether a place lies on the sheet."""
        return self.canvas.shows(self.spot(place))

    @property
    def script(self) -> dict[str, str | float | tuple[float, float, float]]:
        """All that the page's script needs to draw on it."""
        cone = {"cone": self.projection.cone} if isinstance(self.projection, Albers) else {}
        return {
            "code": self.code,
            "centre": self.projection.centre,
            "left": self.frame.left,
            "top": self.frame.top,
            "scale": self.canvas.scale,
            **cone,
        }


def _world() -> Sheet:
    """All of it but the ice, cut open between Europe and Asia, so that America lies whole."""
    projection = EqualEarth(-110.0)
    edge = projection.project(180, 0)[0]
    north, south = projection.project(0, 78.5)[1], projection.project(0, -56)[1]
    return Sheet("world", projection, Frame(-edge, north, edge, south), is_world=True)


def _americas() -> Sheet:
    """From Vancouver to Panama, wide enough for a screen."""
    projection = Albers(-98.0, 17.0, 43.0)
    top, bottom = projection.project(0, 51)[1], projection.project(20, 6.8)[1]
    half = (bottom - top) * 1.5 / 2
    return Sheet(
        "americas", projection, Frame(0.04 - half, top, 0.04 + half, bottom), is_world=False
    )


SHEETS = {sheet.code: sheet for sheet in (_world(), _americas())}


def draw(
    sheet: Sheet,
    places: Mapping[int, Place],
    lines: Sequence[Line],
    *,
    lit: Collection[Line] = (),
    main: int | None = None,
    title: str,
    summary: str,
    missing: int = 0,
) -> ArcMap:
    """The lines on a sheet; `lit` are drawn over them, and `main` is the city they belong to.

    Where a line stands for several ties, all have widths by their number.
    """
    arcs = {line: _strands(sheet, places, line) for line in (*lines, *lit)}
    most = max((line.count for line in lines), default=1)
    paths = {line: sheet.canvas.arc(arc) for line, arc in arcs.items()}
    dots = {key: Dot(one.name, *sheet.spot(one), key == main) for key, one in places.items()}
    dots = {key: dot for key, dot in dots.items() if sheet.canvas.shows((dot.x, dot.y))}
    crowded = len(lines) > CROWDED
    wanted = [dots[key] for key in _by_weight(lines, lit, main) if key in dots]
    strokes = Cells()
    if lit or not crowded:
        strokes.mark(sheet.canvas.points_along([arcs[line] for line in lit or lines]))
    world = sheet.is_world
    return ArcMap(
        title=title,
        summary=summary,
        width=WIDTH,
        height=sheet.canvas.height,
        land=(
            world_land_path(sheet.projection)
            if world
            else land_path(sheet.projection, sheet.frame, sheet.canvas.scale)
        ),
        land_transform=sheet.canvas.transform(WORLD_SCALE) if world else "",
        borders=("" if world else border_path(sheet.projection, sheet.frame, sheet.canvas.scale)),
        arcs=tuple(paths[line] for line in lines) if most == 1 else (),
        bands=_bands(lines, paths, most) if most > 1 else (),
        highlighted_arcs=tuple(paths[line] for line in lit),
        dots=tuple(dots.values()),
        **labelled(
            [(dot.name, dot.x, dot.y) for dot in wanted[: MOST_NAMES + (main is not None)]],
            width=WIDTH,
            height=sheet.canvas.height,
            dots=[(dot.x, dot.y) for dot in (wanted[:MOST_NAMES] if crowded else wanted)],
            strokes=strokes,
            musts=2,
        ),
        missing=missing,
        is_crowded=crowded,
    )


def within(sheet: Sheet, places: Mapping[int, Place], lines: Sequence[Line]) -> list[Line]:
    """The lines with both ends on the sheet."""
    if sheet.is_world:
        return list(lines)
    off = {key for key, place in places.items() if not sheet.shows(place)}
    return [line for line in lines if line.a not in off and line.b not in off]


def _strands(sheet: Sheet, places: Mapping[int, Place], line: Line) -> list[Strand]:
    a, b = places[line.a], places[line.b]
    return strands(sheet.projection, sheet.turned(a), sheet.turned(b))


def _by_weight(lines: Sequence[Line], lit: Collection[Line], main: int | None) -> list[int]:
    """The page's own city, then the places with the most ties: of the lit lines, if any are."""
    weights: dict[int, int] = {}
    for line in lines:
        for key in {line.a, line.b}:
            weights[key] = weights.get(key, 0) + line.count
    ends = {key for line in lit for key in line[:2]}
    return sorted(
        weights.keys() | ends,
        key=lambda key: (key != main, bool(lit) and key not in ends, -weights.get(key, 0), key),
    )


def _bands(lines: Sequence[Line], paths: Mapping[Line, str], most: int) -> tuple[Band, ...]:
    """The lines by width, the thin ones first. A width grows with the root of the number."""
    found: dict[int, list[str]] = {}
    for line in lines:
        found.setdefault(ceil(BANDS * sqrt(line.count / most)), []).append(paths[line])
    return tuple(Band(width, "".join(found[width])) for width in sorted(found))
