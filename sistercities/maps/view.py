"""The small map of a page: its own arcs, its cities, the land behind them."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext, override

from sistercities.maps.arcs import strands
from sistercities.maps.canvas import Canvas
from sistercities.maps.distance import great_circle_km
from sistercities.maps.framing import choose_frame, choose_projection
from sistercities.maps.labels import Cells
from sistercities.maps.outlines import WORLD_SCALE, border_path, land_path, world_land_path
from sistercities.maps.picture import MOST_MUSTS, ArcMap, Dot, labelled
from sistercities.maps.projection import turn

WIDTH = 720
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
    stressed_cities = {city.name for tie in ties if tie.stressed for city in (tie.a, tie.b)}
    weighty = sorted(dots, key=lambda dot: (not dot.main, dot.name not in stressed_cities))
    wanted = [(dot.name, dot.x, dot.y) for dot in weighty]
    strokes = Cells()
    strokes.mark(canvas.points_along(arcs))
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
        **labelled(
            wanted,
            width=width,
            height=canvas.height,
            dots=[(dot.x, dot.y) for dot in dots],
            strokes=strokes,
            musts=min(MOST_MUSTS, max(1, len(stressed_cities))),
        ),
        missing=len(lines) - len(ties),
    )


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
