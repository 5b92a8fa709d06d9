"""The outlines of land and borders: read once a process, projected once, cut to a frame per page.

Nothing is read before the first map is asked for.
"""

import json
import math
from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sistercities.maps.projection import Albers, EqualEarth, turn

OUTLINES = Path(__file__).resolve().parents[2] / "static" / "map" / "outlines.json"
UNIT = 100
"""The file counts in hundredths of a degree."""

WORLD_STEP = 0.5
"""For a map of the world, points closer than this (degrees) are passed over."""
WORLD_ISLAND = 1.3
"""…and so are islands smaller than this from side to side (degrees), Hawaii's largest kept."""

WORLD_SCALE = 160
"""Units to the Earth radius in the map of the world, which makes it 866 wide."""

PIECE = 48
"""Points in a piece; a piece that lies wholly beside the frame is passed over in one step."""

Line = list[tuple[float, float]]


class Frame(NamedTuple):
    """A rectangle on the projected plane, in Earth radii, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Piece(NamedTuple):
    """A run of projected points with the box round them."""

    left: float
    top: float
    right: float
    bottom: float
    xs: array
    ys: array


class Shape(NamedTuple):
    """A ring or a border in pieces, with the box round all of them."""

    left: float
    top: float
    right: float
    bottom: float
    pieces: list[Piece]


@lru_cache(maxsize=1)
def load_outlines() -> dict[str, list[Line]]:
    """Land rings and border lines in degrees; longitudes run on past ±180 where a line does."""
    stored = json.loads(OUTLINES.read_text(encoding="ascii"))
    return {kind: [_walk(steps) for steps in stored[kind]] for kind in ("land", "borders")}


def _walk(steps: list[int]) -> Line:
    lon = lat = 0
    line = []
    for step_lon, step_lat in zip(steps[::2], steps[1::2], strict=True):
        lon, lat = lon + step_lon, lat + step_lat
        line.append((lon / UNIT, lat / UNIT))
    return line


@lru_cache(maxsize=24)
def projected_land(projection: EqualEarth | Albers, *, world: bool) -> list[Shape]:
    """Every land ring on the plane, cut open where the projection's edge runs through it."""
    rings: list[Shape] = []
    for ring in load_outlines()["land"]:
        if world:
            ring = _thin(ring)
            if not ring:
                continue
        for part in _cut_at_edge(ring, projection.centre):
            rings.append(_shape([projection.project(lon, lat) for lon, lat in part]))
    return rings


@lru_cache(maxsize=24)
def projected_borders(projection: EqualEarth | Albers) -> list[Shape]:
    """Every border on the plane, save the few that the projection's edge would tear apart."""
    lines = []
    for border in load_outlines()["borders"]:
        turned = [(turn(lon, projection.centre), lat) for lon, lat in border]
        if max(lon for lon, _ in turned) - min(lon for lon, _ in turned) < 180:
            lines.append(_shape([projection.project(lon, lat) for lon, lat in turned]))
    return lines


@lru_cache(maxsize=36)
def world_land_path(projection: EqualEarth) -> str:
    """SVG path data of all land, coarse, WORLD_SCALE units to the Earth radius round (0, 0)."""
    rings = projected_land(projection, world=True)
    everything = Frame(-math.inf, -math.inf, math.inf, math.inf)
    return _path(rings, everything, (0.0, 0.0), WORLD_SCALE, "z")


@lru_cache(maxsize=64)
def land_path(projection: EqualEarth | Albers, frame: Frame, scale: float) -> str:
    """SVG path data of the land in a frame, `scale` units to the Earth radius, in whole units."""
    rings = projected_land(projection, world=False)
    return _path(rings, frame, (frame.left, frame.top), scale, "z")


@lru_cache(maxsize=64)
def border_path(projection: EqualEarth | Albers, frame: Frame, scale: float) -> str:
    """SVG path data of the borders between countries in a frame."""
    return _path(projected_borders(projection), frame, (frame.left, frame.top), scale, "")


def _path(
    shapes: list[Shape], frame: Frame, origin: tuple[float, float], scale: float, end: str
) -> str:
    parts = (_subpath(points, origin, scale) for points in _cut(shapes, frame))
    return "".join(part + end for part in parts if part)


def _thin(ring: Line) -> Line:
    """What is left of a ring at the scale of the world; nothing, for a small island."""
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    narrow = math.cos(math.radians(lats[0]))
    if max((max(lons) - min(lons)) * narrow, max(lats) - min(lats)) < WORLD_ISLAND:
        return []
    kept = [ring[0]]
    for lon, lat in ring[1:-1]:
        last_lon, last_lat = kept[-1]
        if abs(lon - last_lon) * narrow + abs(lat - last_lat) >= WORLD_STEP:
            kept.append((lon, lat))
    kept.append(ring[-1])
    return kept


def _cut_at_edge(ring: Line, centre: float) -> Iterator[Line]:
    """The parts of a ring on one turn of the globe, longitudes counted from the middle."""
    lons = [lon for lon, _ in ring]
    first = math.floor((min(lons) - centre + 180) / 360)
    last = math.floor((max(lons) - centre + 180) / 360)
    for lap in range(first, last + 1):
        part = [(lon - centre - 360 * lap, lat) for lon, lat in ring]
        if lap > first:
            part = _keep_side(part, -180.0, 1)
        if lap < last:
            part = _keep_side(part, 180.0, -1)
        if len(part) > 3:
            yield part


def _keep_side(ring: Line, edge: float, side: int) -> Line:
    """Sutherland and Hodgman's cut along one meridian; new sides follow it in small steps."""
    kept: Line = []
    for i, (lon, lat) in enumerate(ring):
        before_lon, before_lat = ring[i - 1]
        inside, was_inside = (lon - edge) * side >= 0, (before_lon - edge) * side >= 0
        if inside != was_inside:
            share = (edge - before_lon) / (lon - before_lon)
            crossing = before_lat + share * (lat - before_lat)
            if kept and inside:
                kept.extend(_along_meridian(edge, kept[-1][1], crossing))
            kept.append((edge, crossing))
        if inside:
            kept.append((lon, lat))
    return kept


def _along_meridian(lon: float, start: float, end: float) -> Line:
    steps = int(abs(end - start) // 5)
    return [(lon, start + (end - start) * i / (steps + 1)) for i in range(1, steps + 1)]


def _shape(points: Line) -> Shape:
    pieces = []
    for start in range(0, len(points), PIECE):
        xs = array("f", (x for x, _ in points[start : start + PIECE]))
        ys = array("f", (y for _, y in points[start : start + PIECE]))
        pieces.append(Piece(min(xs), min(ys), max(xs), max(ys), xs, ys))
    return Shape(
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
        pieces,
    )


def _cut(shapes: list[Shape], frame: Frame) -> Iterator[Line]:
    """Each shape with the points dropped that lie beside the frame and change nothing inside.

    Of neighbouring points that are all beyond the same side, the first and the last are enough:
    the straight line between them stays beyond that side too.
    """
    left, top, right, bottom = frame
    for shape in shapes:
        if _beside(shape, frame):
            continue
        kept: Line = []
        shared = before = 0
        run = 0
        for piece in shape.pieces:
            if _beside(piece, frame):
                points = ((piece.xs[0], piece.ys[0]), (piece.xs[-1], piece.ys[-1]))
            else:
                points = zip(piece.xs, piece.ys, strict=True)
            for x, y in points:
                side = (x < left) | (x > right) << 1 | (y < top) << 2 | (y > bottom) << 3
                if side & shared:
                    shared &= side
                    if run > 1:
                        kept[-1] = (x, y)
                    else:
                        kept.append((x, y))
                        run = 2
                else:
                    kept.append((x, y))
                    shared = side & before
                    run = 2 if shared else 1
                    shared = shared or side
                before = side
        yield kept


def _beside(part: Piece | Shape, frame: Frame) -> bool:
    return (
        part.right < frame.left
        or part.left > frame.right
        or part.bottom < frame.top
        or part.top > frame.bottom
    )


def _subpath(points: Line, origin: tuple[float, float], scale: float) -> str:
    """One line in relative whole units; nothing, where all its points fall on one."""
    left, top = origin
    start_x = last_x = round((points[0][0] - left) * scale)
    start_y = last_y = round((points[0][1] - top) * scale)
    parts = []
    for x, y in points[1:]:
        x, y = round((x - left) * scale), round((y - top) * scale)
        dx, dy = x - last_x, y - last_y
        if dx or dy:
            parts.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
            last_x, last_y = x, y
    return f"M{start_x} {start_y}l" + " ".join(parts).replace(" -", "-") if parts else ""
