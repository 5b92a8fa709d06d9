"""Large maps: two sheets, lines for one tie or for many, nothing torn across the page."""

import re
from itertools import pairwise

import pytest

from sistercities.maps.atlas import SHEETS, Line, Place, draw, within
from sistercities.maps.picture import Dot

HONOLULU = Place("Honolulu", 21.31, -157.86)
HIROSHIMA = Place("Hiroshima", 34.39, 132.46)
GUADALAJARA = Place("Guadalajara", 20.67, -103.35)
SAN_ANTONIO = Place("San Antonio", 29.42, -98.49)
BERLIN = Place("Berlin", 52.52, 13.4)
PLACES = dict(enumerate([HONOLULU, HIROSHIMA, GUADALAJARA, SAN_ANTONIO, BERLIN]))
WORLD, AMERICAS = SHEETS["world"], SHEETS["americas"]


def drawn(sheet, lines, **options):
    return draw(sheet, PLACES, lines, title="", summary="", **options)


def points(path):
    found = [float(n) for n in re.findall(r"-?\d*\.?\d+", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def test_honolulu_and_hiroshima_are_joined_by_one_short_line_over_the_pacific():
    (path,) = drawn(WORLD, [Line(0, 1)]).arcs
    (start, _middle, end) = points(path)
    assert path.count("M") == 1
    assert 0 < end[0] < start[0] < WORLD.canvas.width / 2


def test_a_line_over_the_edge_of_the_world_leaves_it_and_returns_at_one_latitude():
    (path,) = drawn(WORLD, [Line(4, 1)]).arcs
    first, second = (points(part) for part in path.split("M")[1:])
    assert first[0][0] > WORLD.canvas.width * 0.7 and second[-1][0] < WORLD.canvas.width * 0.3
    assert abs(first[-1][1] - second[0][1]) < 0.3
    longest = max(abs(a[0] - b[0]) for line in (first, second) for a, b in pairwise(line))
    assert longest < WORLD.canvas.width / 10


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_mexico_and_the_united_states_lie_on_both_sheets(sheet):
    assert sheet.shows(GUADALAJARA) and sheet.shows(SAN_ANTONIO)
    assert sheet.canvas.height < sheet.canvas.width


def test_what_leads_off_the_sheet_is_told_from_what_does_not():
    lines = [Line(2, 3), Line(2, 4, 7)]
    assert within(AMERICAS, PLACES, lines) == [Line(2, 3)]
    assert within(WORLD, PLACES, lines) == lines


def test_a_line_is_the_wider_the_more_ties_it_stands_for():
    picture = drawn(WORLD, [Line(2, 3, 100), Line(2, 4, 1), Line(3, 4, 2), Line(2, 1, 25)])
    assert picture.arcs == ()
    assert [(band.width, band.path.count("M")) for band in picture.bands] == [
        (1, 2),
        (3, 1),
        (5, 1),
    ]


def test_a_lit_city_is_named_first_and_its_lines_are_drawn_apart():
    picture = drawn(WORLD, [Line(2, 3), Line(2, 4), Line(0, 1)], lit=[Line(0, 1)], main=0)
    assert len(picture.highlighted_arcs) == 1
    assert picture.labels[0].text == picture.large_labels[0].text == "Honolulu"
    assert [dot.name for dot in picture.dots if dot.main] == ["Honolulu"]
    assert isinstance(picture.dots[0], Dot)


def test_many_places_leave_room_for_five_names():
    places = {n: Place(f"Town {n}", 20 + n % 25, -120 + n % 40) for n in range(300)}
    lines = [Line(n, (n * 7 + 1) % 300) for n in range(300) if n != (n * 7 + 1) % 300]
    picture = draw(AMERICAS, places, lines, title="", summary="")
    assert picture.is_crowded
    assert 3 <= len(picture.labels) <= 5
    assert picture.large_type_size * 320 / picture.width >= 12


def test_an_empty_sheet_shows_its_land():
    picture = draw(WORLD, {}, [], title="", summary="")
    assert picture.land and not picture.dots and not picture.labels
