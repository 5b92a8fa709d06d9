"""What lies under the maps: distances, projections and the outlines of land."""

import math
import random
import re
from itertools import pairwise

import pytest

from sistercities.maps import outlines
from sistercities.maps.distance import great_circle_km
from sistercities.maps.outlines import OUTLINES, Frame, load_outlines, projected_land
from sistercities.maps.projection import Albers, EqualEarth, turn
from sistercities.maps.view import arc_map

SOUTH_EL_MONTE = ("South El Monte", 34.05, -118.05)
GOMEZ_PALACIO = ("Gómez Palacio", 25.56, -103.5)
HONOLULU = ("Honolulu", 21.31, -157.86)
HIROSHIMA = ("Hiroshima", 34.39, 132.46)
LONDON = ("London", 51.5, -0.12)


def numbers(path):
    return [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", path)]


def polygons(path):
    """The rings of a land path, which steps from point to point."""
    rings = []
    for part in path.split("z")[:-1]:
        steps = numbers(part)
        steps = list(zip(steps[::2], steps[1::2], strict=True))
        ring = [steps[0]]
        for dx, dy in steps[1:]:
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring)
    return rings


def covers(rings, x, y):
    """Whether a point lies on land by the even-odd rule."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


# Distance


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (SOUTH_EL_MONTE, GOMEZ_PALACIO, 1689),
        (HONOLULU, HIROSHIMA, 6874),
        (LONDON, ("Paris", 48.8566, 2.3522), 343),
        (("North pole", 90, 0), ("South pole", -90, 77), 20015),
        (LONDON, LONDON, 0),
    ],
)
def test_distances_are_those_of_the_globe_both_ways(a, b, km):
    assert round(great_circle_km(*a[1:], *b[1:])) == km
    assert round(great_circle_km(*b[1:], *a[1:])) == km


def test_distance_takes_the_shorter_way_over_the_antimeridian():
    assert great_circle_km(0, 179, 0, -179) == pytest.approx(great_circle_km(0, -1, 0, 1))


# Projections


@pytest.mark.parametrize("projection", [EqualEarth(0), Albers(0, 18, 42), Albers(0, -52, -28)])
@pytest.mark.parametrize("lon", [-60, 0.5, 45])
@pytest.mark.parametrize("lat", [-75, -30, 0, 28, 70])
def test_both_projections_keep_areas_true(projection, lon, lat):
    x, y = projection.project(lon, lat)
    step = 0.001
    east, north = projection.project(lon + step, lat), projection.project(lon, lat + step)
    area = abs((east[0] - x) * (north[1] - y) - (north[0] - x) * (east[1] - y))
    true = math.radians(step) ** 2 * math.cos(math.radians(lat))
    assert area == pytest.approx(true, rel=1e-3)


def test_equal_earth_has_the_size_its_authors_give():
    assert EqualEarth(0).project(180, 0)[0] == pytest.approx(2.7066299836)
    assert EqualEarth(0).project(0, 90)[1] == pytest.approx(-1.3173627591)


def test_albers_is_true_to_scale_on_its_parallels():
    projection = Albers(0, 18, 42)
    for lat in (18, 42):
        a, b = projection.project(0, lat), projection.project(0.01, lat)
        true = math.radians(0.01) * math.cos(math.radians(lat))
        assert math.dist(a, b) == pytest.approx(true, rel=1e-6)


# Land


def test_land_is_where_it_is_and_sea_is_sea():
    drawn = arc_map([(*SOUTH_EL_MONTE, *GOMEZ_PALACIO, True)], language="en")
    rings = polygons(drawn.land)
    gomez_palacio = drawn.dots[1]
    assert covers(rings, gomez_palacio.x, gomez_palacio.y)
    assert not covers(rings, 20, drawn.height - 20)


@pytest.mark.parametrize("projection", [EqualEarth(-100), EqualEarth(150), Albers(-100, 18, 42)])
def test_cutting_land_to_the_frame_changes_nothing_inside_it(projection):
    chance = random.Random(7)
    whole = [
        [p for piece in shape.pieces for p in zip(piece.xs, piece.ys, strict=True)]
        for shape in projected_land(projection, world=False)
    ]
    frame = Frame(-0.3, -0.9, 0.5, -0.3)
    cut = list(outlines._cut(projected_land(projection, world=False), frame))
    assert sum(map(len, cut)) < sum(map(len, whole)) / 3
    answers = set()
    for _ in range(60):
        x, y = chance.uniform(-0.3, 0.5), chance.uniform(-0.9, -0.3)
        assert covers(cut, x, y) == covers(whole, x, y)
        answers.add(covers(cut, x, y))
    assert answers == {True, False}


@pytest.mark.parametrize("centre", range(-180, 180, 30))
def test_the_same_places_are_land_wherever_the_world_is_cut_open(centre):
    projection = EqualEarth(centre)
    rings = [
        [p for piece in shape.pieces for p in zip(piece.xs, piece.ys, strict=True)]
        for shape in projected_land(projection, world=True)
    ]
    for lat, lon, land in [
        (62.0, 100.3, True),
        (67.0, 179.0, True),
        (67.0, -178.0, True),
        (45.3, -100.2, True),
        (-10.2, -55.3, True),
        (15.2, 20.3, True),
        (0.2, -150.3, False),
        (42.0, 50.5, False),
        (-40.0, 80.3, False),
        (30.3, -40.2, False),
    ]:
        assert covers(rings, *projection.project(turn(lon, centre), lat)) == land, (lat, lon)


def test_the_outlines_file_is_small_and_in_range():
    assert OUTLINES.stat().st_size <= 60_000
    for lines in load_outlines().values():
        for line in lines:
            assert all(-90 <= lat <= 90 and -360 <= lon <= 540 for lon, lat in line)
