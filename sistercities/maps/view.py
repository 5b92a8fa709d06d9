"""The small map of a page: its own arcs, its cities, the land behind them."""

import math
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext, override

from sistercities.maps.arcs import Strand, strands
from sistercities.maps.distance import great_circle_km
from sistercities.maps.framing import choose_frame, choose_projection
from sistercities.maps.labels import CELL, Box, Cells, Label, place_labels
from sistercities.maps.outlines import (
    WORLD_SCALE,
    Frame,
    border_path,
    land_path,
    world_land_path,
)
from sistercities.maps.projection import turn

WIDTH = 720
TYPE_SIZE = 16
"""CSS pixels when the map is seen at its own width."""
LARGE_TYPE_SHARE = 14 / 320
"""Of the map's width: 14 CSS pixels when the map is seen 320 wide."""
DOT_RADIUS = 4
MOST_LABELS, MOST_LARGE_LABELS, MOST_MUSTS = 6, 4, 2
KM_PER_MILE = 1.609344

Line = tuple[str, float | None, float | None, str, float | None, float | None, bool]
"""Name, latitude and longitude of one city, the same of the other, and whether to stress the tie.

A line whose second city has no coordinates is not drawn, but its first city still gets a dot.
"""


class City(NamedTuple):
    """A named place in degrees."""

    name: str
    lat: float
    lon: float


class Tie(NamedTuple):
    """A line that can be drawn."""

    a: City
    b: City
    stressed: bool

    @property
    def length(self) -> float:
        """Kilometres along the globe."""
        return great_circle_km(self.a.lat, self.a.lon, self.b.lat, self.b.lon)

    def other(self, city: City) -> City:
        """The city at the other end."""
        return self.b if self.a == city else self.a


class Dot(NamedTuple):
    """A city on the map, in the map's units; `main` for the page's own city."""

    name: str
    x: float
    y: float
    main: bool


@dataclass(frozen=True)
class ArcMap:
    """All that templates/includes/_map.html draws."""

    title: str
    summary: str
    """One sentence that says what the map shows, for those who cannot see it."""
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
        """Dots as the round ends of lines without length: they keep their size on any screen."""
        return _dot_path(dot for dot in self.dots if not dot.main)

    @property
    def main_dot_path(self) -> str:
        """The dot of the page's own city."""
        return _dot_path(dot for dot in self.dots if dot.main)


def arc_map(
    lines: Iterable[Line], *, highlight: str | None = None, width: int = WIDTH, language: str
) -> ArcMap | None:
    """The map of a page's own ties, or None when no city's place is known.

    `highlight` is the name of the page's own city: it is always labelled. Put the other cities in
    the order of their weight: up to five more names are shown, the first ones that find room.
    `width` is the width, in CSS pixels, at which the map is meant to be seen on a wide screen.
    """
    lines = list(lines)
    ties, cities = _read(lines)
    if not cities:
        return None
    main = _main_city(ties, cities, highlight)
    projection = choose_projection(
        [(city.lat, city.lon) for city in cities],
        [((tie.a.lat, tie.a.lon), (tie.b.lat, tie.b.lon)) for tie in ties],
    )
    turned = {city: (turn(city.lon, projection.centre), city.lat) for city in cities}
    plane = {city: projection.project(*point) for city, point in turned.items()}
    arcs = [strands(projection, turned[tie.a], turned[tie.b]) for tie in ties]
    bends = [point for arc in arcs for strand in arc for point in strand.samples(4)]
    view = choose_frame(projection, [*plane.values(), *bends])
    canvas = Canvas(view.frame, width)
    drawn = [(canvas.arc(arc), tie.stressed) for arc, tie in zip(arcs, ties, strict=True)]
    dots = tuple(Dot(city.name, *canvas.place(plane[city]), city == main) for city in cities)
    large = max(TYPE_SIZE, round(width * LARGE_TYPE_SHARE))
    stressed_cities = {city.name for tie in ties if tie.stressed for city in (tie.a, tie.b)}
    weighty = sorted(dots, key=lambda dot: (not dot.main, dot.name not in stressed_cities))
    wanted = [(dot.name, dot.x, dot.y) for dot in weighty]
    strokes = Cells()
    strokes.mark(canvas.points_along(arcs))
    room = {
        "bounds": Box(3, 3, width - 3, canvas.height - 3),
        "dots": [(dot.x, dot.y) for dot in dots],
        "strokes": strokes,
        "musts": min(MOST_MUSTS, max(1, len(stressed_cities))),
    }
    with override(language):
        title, summary = _words(ties, cities, main)
    return ArcMap(
        title=title,
        summary=summary,
        width=width,
        height=canvas.height,
        land=(
            world_land_path(projection)
            if view.world
            else land_path(projection, view.frame, canvas.scale)
        ),
        land_transform=canvas.transform(WORLD_SCALE) if view.world else "",
        borders="" if view.world else border_path(projection, view.frame, canvas.scale),
        arcs=tuple(path for path, stressed in drawn if path and not stressed),
        highlighted_arcs=tuple(path for path, stressed in drawn if path and stressed),
        dots=dots,
        labels=place_labels(
            wanted, size=TYPE_SIZE, limit=MOST_LABELS, dot_radius=DOT_RADIUS, **room
        ),
        large_labels=place_labels(
            wanted,
            size=large,
            limit=MOST_LARGE_LABELS,
            dot_radius=DOT_RADIUS * large / TYPE_SIZE,
            **room,
        ),
        type_size=TYPE_SIZE,
        large_type_size=large,
        missing=len(lines) - len(ties),
    )


class Canvas:
    """The map's own units: its frame laid out `width` wide."""

    def __init__(self, frame: Frame, width: int) -> None:
        self.left, self.top = frame.left, frame.top
        self.scale = width / (frame.right - frame.left)
        self.height = round((frame.bottom - frame.top) * self.scale)

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """A point of the plane in the map's units."""
        x, y = point
        return round((x - self.left) * self.scale, 1), round((y - self.top) * self.scale, 1)

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

    def points_along(self, arcs: list[list[Strand]]) -> list[tuple[float, float]]:
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


def _read(lines: list[Line]) -> tuple[list[Tie], list[City]]:
    """The ties whose two places are known, and every known place once, in the lines' order."""
    ties, cities = [], {}
    for name_a, lat_a, lon_a, name_b, lat_b, lon_b, stressed in lines:
        a, b = _city(name_a, lat_a, lon_a), _city(name_b, lat_b, lon_b)
        cities.update(dict.fromkeys(city for city in (a, b) if city))
        if a and b:
            ties.append(Tie(a, b, bool(stressed)))
    return ties, list(cities)


def _city(name: str, lat: float | None, lon: float | None) -> City | None:
    """None unless the place is known and lies on the globe."""
    if lat is None or lon is None:
        return None
    lat, lon = float(lat), float(lon)
    if not (math.isfinite(lon) and -90 <= lat <= 90):
        return None
    return City(name, lat, turn(lon, 0))


def _main_city(ties: list[Tie], cities: list[City], name: str | None) -> City | None:
    """The page's own city; where a sister city bears the same name, the one with more ties."""
    ends = Counter(city for tie in ties for city in (tie.a, tie.b))
    namesakes = [city for city in cities if city.name == name]
    return max(namesakes, key=lambda city: ends[city], default=None)


def _dot_path(dots: Iterable[Dot]) -> str:
    spots = dict.fromkeys((dot.x, dot.y) for dot in dots)
    return "".join(f"M{_pair(spot)}h.01" for spot in spots)


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:g} {point[1]:g}"


def _words(ties: list[Tie], cities: list[City], main: City | None) -> tuple[str, str]:
    """Title and one-sentence summary in the active language."""
    if not ties:
        names = {"city": (main or cities[0]).name}
        return gettext("Map of %(city)s") % names, gettext("The map shows %(city)s.") % names
    ordered = sorted(ties, key=lambda tie: tie.length)
    near, far = ordered[0], ordered[-1]
    if len(ties) == 1:
        names = {"a": far.a.name, "b": far.b.name, "distance": _distance(far)}
        return (
            gettext("Map of the tie between %(a)s and %(b)s") % names,
            gettext("A line joins %(a)s and %(b)s, which are %(distance)s apart.") % names,
        )
    if main and all(main in (tie.a, tie.b) for tie in ties):
        names = {
            "city": main.name,
            "count": number_format(len(ties)),
            "near": near.other(main).name,
            "near_distance": _distance(near),
            "far": far.other(main).name,
            "far_distance": _distance(far),
        }
        return (
            gettext("Map of the %(count)s ties of %(city)s") % names,
            gettext(
                "Lines join %(city)s with its sister cities: the nearest is %(near)s, "
                "%(near_distance)s away, and the farthest %(far)s, %(far_distance)s away."
            )
            % names,
        )
    names = {
        "count": number_format(len(ties)),
        "cities": number_format(len(cities)),
        "a": far.a.name,
        "b": far.b.name,
        "distance": _distance(far),
    }
    return (
        gettext("Map of %(count)s ties") % names,
        gettext("Lines join %(cities)s cities; the longest, %(distance)s, joins %(a)s and %(b)s.")
        % names,
    )


def _distance(tie: Tie) -> str:
    return gettext("%(km)s km (%(miles)s miles)") % {
        "km": number_format(round(tie.length), force_grouping=True),
        "miles": number_format(round(tie.length / KM_PER_MILE), force_grouping=True),
    }
