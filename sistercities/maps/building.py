"""Turn Natural Earth's outlines (TopoJSON of the npm package world-atlas) into our own small file.

The file keeps land rings and the land borders between countries, simplified so that a page's map
can be drawn from it without any other source: fine where most sister cities of this registry lie
(Mexico, the United States, Central America, the Caribbean, Hawaii), fair in Europe and East Asia,
and about as coarse as Natural Earth's 1:110m elsewhere. Antarctica is left out.
"""

import heapq
import json
import math
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

UNIT = 100
"""The file counts in hundredths of a degree (about 1.1 km)."""

COARSE = 0.12
"""Smallest triangle worth keeping outside the windows, in square degrees of the equator."""

WINDOWS = [
    # west, south, east, north, smallest triangle, smallest island
    (-126.0, 6.5, -59.0, 50.0, 0.0055, 0.03),
    (-161.0, 18.5, -154.5, 22.5, 0.003, 0.02),
    (-11.0, 35.0, 32.0, 61.0, 0.018, 0.1),
    (116.0, 22.0, 146.0, 46.0, 0.03, 0.12),
]
SMALLEST_ISLAND = 0.3
ANTARCTIC = -60.0

MOROCCO, WESTERN_SAHARA, RUSSIA, UKRAINE = "504", "732", "643", "804"
CRIMEA = (32.0, 44.0, 36.7, 46.6)

Point = tuple[float, float]


def build_outlines(topology: dict) -> dict:
    """The outlines as plain lists of whole numbers; `topology` is world-atlas's countries-50m.

    Every ring and border is [lon, lat, step in lon, step in lat, …] in hundredths of a degree.
    Longitudes run on past 180 where a ring crosses the antimeridian. Holes (the Caspian Sea) are
    rings like all others, to be filled by the even-odd rule.
    """
    arcs = [simplify(arc) for arc in _decode_arcs(topology)]
    return {
        "source": "Natural Earth (public domain), from the npm package world-atlas",
        "unit": "1/100 degree; each list is lon, lat, then the steps from point to point",
        "land": [_steps(ring) for ring in _land_rings(topology, arcs)],
        "borders": [_steps(line) for line in _border_lines(topology, arcs)],
    }


def write_outlines(outlines: dict, target: Path) -> int:
    """Write one ring a line, so that a later change can be read; returns the size in bytes."""
    parts = []
    for key, value in outlines.items():
        if isinstance(value, str):
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
        else:
            lines = ",\n".join(json.dumps(ring, separators=(",", ":")) for ring in value)
            parts.append(f"{json.dumps(key)}: [\n{lines}\n]")
    text = "{" + ",\n".join(parts) + "}\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="ascii")
    return len(text)


def simplify(line: list[Point]) -> list[Point]:
    """Drop the points that matter least (Visvalingam and Whyatt 1993), finer inside WINDOWS.

    A point's weight is the area of the triangle with its two neighbours over the threshold of the
    place it lies in. Both ends stay, so lines that met still meet; a closed line keeps four points.
    """
    floor = 4 if line[0] == line[-1] else 2
    before = {i: i - 1 for i in range(len(line))}
    after = {i: i + 1 for i in range(len(line))}
    weight = {i: _weight(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    heap = [(w, i) for i, w in weight.items()]
    heapq.heapify(heap)
    left = len(line)
    while heap and left > floor:
        w, i = heapq.heappop(heap)
        if weight.get(i) != w:
            continue
        if w >= 1:
            break
        del weight[i]
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in weight:
                # Never less than the point just dropped, or a bay would vanish in one go.
                weight[j] = max(w, _weight(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (weight[j], j))
    return [line[i] for i in range(len(line)) if i in weight or i in (0, len(line) - 1)]


def _weight(a: Point, b: Point, c: Point) -> float:
    area = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
    if max(a[0], b[0], c[0]) - min(a[0], b[0], c[0]) > 180:
        return math.inf
    return area * math.cos(math.radians(b[1])) / _thresholds(b)[0]


def _thresholds(point: Point) -> tuple[float, float]:
    """Smallest triangle and smallest island at a place, in square degrees of the equator."""
    lon, lat = point
    for west, south, east, north, triangle, island in WINDOWS:
        if west <= lon <= east and south <= lat <= north:
            return triangle, island
    return COARSE, SMALLEST_ISLAND


def _decode_arcs(topology: dict) -> list[list[Point]]:
    """TopoJSON 2.1.3 and 2.1.4: undo the steps between points and the scale."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _join(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _unwrap(points: list[Point]) -> list[Point]:
    """Let longitudes run on past 180, and drop what a step over the antimeridian left behind."""
    turned = [points[0]]
    for (lon_a, _), (lon_b, lat_b) in pairwise(points):
        step = (lon_b - lon_a + 180) % 360 - 180
        turned.append((turned[-1][0] + step, lat_b))
    return turned


def _land_rings(topology: dict, arcs: list[list[Point]]) -> list[list[Point]]:
    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for indexes in polygon:
                ring = _unwrap(_join(indexes, arcs))
                if max(lat for _, lat in ring) < ANTARCTIC or len(ring) < 4:
                    continue
                if _area(ring) >= _thresholds(ring[0])[1]:
                    rings.append(ring)
    return rings


def _area(ring: list[Point]) -> float:
    """Square degrees of the equator."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    middle = sum(lat for _, lat in ring) / len(ring)
    return abs(twice) / 2 * math.cos(math.radians(middle))


def _border_lines(topology: dict, arcs: list[list[Point]]) -> list[list[Point]]:
    """The arcs that two countries share, save those that are a matter of dispute.

    Natural Earth draws who is in control. A registry of friendships takes no side: lines are left
    out where one side has no ISO 3166 number, round Western Sahara, and at the neck of Crimea.
    """
    owners = defaultdict(set)
    for country in topology["objects"]["countries"]["geometries"]:
        name = (country.get("id"), country["properties"]["name"])
        for index in _flat(country.get("arcs", [])):
            owners[index if index >= 0 else ~index].add(name)
    lines = []
    for index, names in sorted(owners.items()):
        ids = {number for number, _ in names}
        if len(names) < 2 or None in ids or ids == {MOROCCO, WESTERN_SAHARA}:
            continue
        line = arcs[index]
        if ids == {RUSSIA, UKRAINE} and all(_inside(point, CRIMEA) for point in line):
            continue
        lines.append(_unwrap(line))
    return lines


def _inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _flat(nested) -> list[int]:
    return [nested] if isinstance(nested, int) else [i for part in nested for i in _flat(part)]


def _steps(points: list[Point]) -> list[int]:
    rounded = [(round(lon * UNIT), round(lat * UNIT)) for lon, lat in points]
    steps = [*rounded[0]]
    for a, b in pairwise(rounded):
        if a != b:
            steps += [b[0] - a[0], b[1] - a[1]]
    return steps
