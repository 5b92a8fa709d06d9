"""Which part of the globe a page's map shows, and in which projection."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sistercities.maps.outlines import Frame
from sistercities.maps.projection import Albers, EqualEarth, turn

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

LEAST_SPAN = math.radians(18)
"""No map shows less than this from side to side: a coast must be recognisable."""
PADDING = 0.18
"""Share of the points' own width and height left free on each side, for labels."""
NARROWEST, WIDEST = 1.45, 2.0
"""Width over height; the whole world is wider."""
WORLD_SPAN = 0.9
"""A map that needs more of the globe's width than this shows the whole width."""
WORLD_SOUTH, WORLD_NORTH = -56.0, 79.0
"""A map of the world leaves the ice out, unless a city lies there…"""
EDGE = 0.08
"""…and then keeps this much (Earth radii) beyond it."""
REGION_SPAN_LON, REGION_SPAN_LAT = 85.0, 55.0
OPEN_SEAS = (-170.0, -30.0)
"""The meridians that run through the least land: Bering Strait and the Atlantic."""


@dataclass(frozen=True)
class View:
    """A projection and the rectangle of it that is shown."""

    projection: EqualEarth | Albers
    frame: Frame
    world: bool
    """Whether the coarse outlines are fine enough."""


def choose_projection(
    places: Sequence[Place], joined: Iterable[tuple[Place, Place]]
) -> EqualEarth | Albers:
    """The projection that no arc, or as few as can be, leaves at one edge to return at the other.

    A region away from the equator gets Albers, anything else Equal Earth. Middles are rounded to
    10° and parallels to a few bands, so that few projections serve all pages.
    """
    spans = [_shorter_way(a[1], b[1]) for a, b in joined]
    spans += [(lon, 0.0) for _, lon in places]
    west, width = _covered(spans)
    lats = [lat for lat, _ in places]
    south, north = min(lats), max(lats)
    middle_lat = (south + north) / 2
    if width >= 360:
        return EqualEarth(turn(_quiet_seam(spans) + 180, 0))
    centre = turn(round((west + width / 2) / 10) * 10, 0)
    regional = width <= REGION_SPAN_LON and north - south <= REGION_SPAN_LAT
    if regional and 15 <= abs(middle_lat) <= 72:
        band = math.copysign(max(20.0, min(60.0, round(abs(middle_lat) / 10) * 10.0)), middle_lat)
        return Albers(centre, band - 12, band + 12)
    return EqualEarth(centre)


def choose_frame(projection: EqualEarth | Albers, points: Sequence[tuple[float, float]]) -> View:
    """The rectangle round projected points, padded, of a pleasant shape, inside the globe."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    width, height = right - left, bottom - top
    span = max(width, height)
    width = max(width + 2 * PADDING * max(width, span / 2), LEAST_SPAN)
    height = max(height + 2 * PADDING * max(height, span / 2), LEAST_SPAN / NARROWEST)
    if width / height < NARROWEST:
        width = height * NARROWEST
    elif width / height > WIDEST:
        height = width / WIDEST
    x, y = (left + right) / 2, (top + bottom) / 2
    if isinstance(projection, EqualEarth):
        edge = projection.project(180, 0)[0]
        north = min(projection.project(0, WORLD_NORTH)[1], top - EDGE)
        south = max(projection.project(0, WORLD_SOUTH)[1], bottom + EDGE)
        if width > 2 * edge * WORLD_SPAN:
            x, width = 0.0, 2 * edge
        height = min(max(height, width / WIDEST), south - north)
        y = min(max(y, north + height / 2), south - height / 2)
        if width < 2 * edge:
            x = min(max(x, -edge + width / 2), edge - width / 2)
    frame = Frame(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return View(projection, frame, world=isinstance(projection, EqualEarth) and width > 2.0)


def _shorter_way(lon_a: float, lon_b: float) -> tuple[float, float]:
    """The western end and the width of the shorter way between two meridians."""
    step = turn(lon_b, lon_a)
    return (lon_a, step) if step >= 0 else (lon_b, -step)


def _covered(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """The western end and the width of the least stretch that holds all spans; 360 if all do."""
    ordered = sorted((turn(west, 0), width) for west, width in spans)
    reach, widest, after = -math.inf, 0.0, 0.0
    for lap in (0, 360):  # a second lap, for spans of the first one that run on past its start
        for west, width in ordered:
            if lap and west + lap - reach > widest:
                widest, after = west + lap - reach, west
            reach = max(reach, west + lap + width)
    return after, 360.0 - widest


def _quiet_seam(spans: list[tuple[float, float]]) -> float:
    """The meridian, by tens of degrees, that cuts the fewest spans; open seas win a draw."""
    candidates = [*OPEN_SEAS, *(float(lon) for lon in range(-180, 180, 10))]
    return min(
        candidates,
        key=lambda seam: sum(0 < (seam - west) % 360 < width for west, width in spans),
    )
