"""The small maps: frames, arcs, labels, words and what a page pays for them."""

import gzip
import math
import re
import tracemalloc
from itertools import combinations, pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from sistercities.maps import outlines
from sistercities.maps.outlines import load_outlines, projected_land
from sistercities.maps.picture import MOST_LABELS, MOST_LARGE_LABELS
from sistercities.maps.view import arc_map

SOUTH_EL_MONTE = ("South El Monte", 34.05, -118.05)
GOMEZ_PALACIO = ("Gómez Palacio", 25.56, -103.5)
HONOLULU = ("Honolulu", 21.31, -157.86)
HIROSHIMA = ("Hiroshima", 34.39, 132.46)
GUADALAJARA = ("Guadalajara", 20.67, -103.35)
LONDON, DELHI, NEW_YORK = ("London", 51.5, -0.12), ("Delhi", 28.6, 77.2), ("New York", 40.7, -74.0)
SISTERS = [
    ("Kyoto", 35.01, 135.77),
    ("Sevilla", 37.38, -5.98),
    ("Downey", 33.94, -118.13),
    ("Alajuela", 10.02, -84.21),
    ("San Antonio", 29.42, -98.49),
    ("Portland", 45.52, -122.67),
    ("Lansing", 42.73, -84.55),
    ("Albuquerque", 35.08, -106.65),
    ("Tucson", 32.22, -110.93),
    ("Cleveland", 41.5, -81.69),
    ("Wrocław", 51.1, 17.03),
    ("Xiamen", 24.48, 118.09),
    ("Milano", 45.46, 9.19),
    ("Lima", -12.05, -77.04),
    ("Curitiba", -25.43, -49.27),
]
STAR = [(*GUADALAJARA, *sister, False) for sister in SISTERS]
TIE = [(*SOUTH_EL_MONTE, *GOMEZ_PALACIO, True)]
PACIFIC = [(*HONOLULU, *HIROSHIMA, True)]
MAINZ = ("Mainz", 50.0, 8.27)
EUROPE = [
    (*MAINZ, *sister, False)
    for sister in [("Dijon", 47.32, 5.04), ("Nancy", 48.69, 6.18), ("Kraków", 50.06, 19.94)]
]
ROUND_THE_WORLD = [
    (*HONOLULU, *HIROSHIMA, True),
    (*HIROSHIMA, *DELHI, False),
    (*DELHI, *LONDON, False),
    (*LONDON, *NEW_YORK, False),
    (*NEW_YORK, *HONOLULU, False),
]
SAMPLES = [TIE, STAR, PACIFIC, EUROPE, ROUND_THE_WORLD]


def draw(lines, **options):
    return arc_map(lines, **{"language": "en", **options})


def numbers(path):
    return [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", path)]


def points(path):
    """The points of an arc's path, which is absolute."""
    found = numbers(path)
    return list(zip(found[::2], found[1::2], strict=True))


# Frames


def test_a_tie_of_mexico_and_the_united_states_is_framed_in_a_conic():
    drawn = draw(TIE)
    assert (drawn.width, drawn.land_transform) == (720, "")
    first, second = drawn.dots
    assert first.x < second.x and first.y < second.y


def test_honolulu_and_hiroshima_are_joined_across_the_pacific():
    drawn = draw(PACIFIC)
    (arc,) = drawn.highlighted_arcs
    honolulu, hiroshima = drawn.dots
    assert hiroshima.x < honolulu.x
    start, control, end = points(arc)
    assert start == (honolulu.x, honolulu.y)
    assert end == (hiroshima.x, hiroshima.y)
    assert hiroshima.x < control[0] < honolulu.x


def test_a_star_of_ties_over_the_whole_world_never_meets_the_edge():
    drawn = draw(STAR, highlight="Guadalajara")
    assert [arc.count("M") for arc in drawn.arcs] == [1] * 15


def test_an_arc_round_the_world_leaves_one_edge_and_returns_at_the_other():
    drawn = draw(ROUND_THE_WORLD)
    split = [arc for arc in (*drawn.highlighted_arcs, *drawn.arcs) if arc.count("M") == 2]
    assert len(split) == 1
    first, second = (points(part) for part in split[0].split("M")[1:])
    assert first[-1][1] == pytest.approx(second[0][1], abs=0.2)
    assert abs(first[-1][0] - second[0][0]) > drawn.width * 0.8
    for line in (first, second):
        assert max(abs(a[0] - b[0]) for a, b in pairwise(line)) < drawn.width / 10


def test_cities_beside_each_other_still_show_a_coast():
    drawn = draw([("San Diego", 32.72, -117.16, "Tijuana", 32.53, -117.02, True)])
    assert len(numbers(drawn.land)) > 80
    san_diego, tijuana = drawn.dots
    assert math.dist((san_diego.x, san_diego.y), (tijuana.x, tijuana.y)) < 20


@pytest.mark.parametrize("lines", SAMPLES)
def test_every_city_lies_on_the_map_with_room_to_spare(lines):
    drawn = draw(lines)
    for dot in drawn.dots:
        assert 10 < dot.x < drawn.width - 10
        assert 10 < dot.y < drawn.height - 10


# What is asked for and what is not known


def test_without_lines_there_is_no_map():
    assert draw([]) is None
    assert draw([("Toluca", None, None, "Fort Worth", None, None, False)]) is None


def test_a_city_whose_sister_has_no_place_stands_alone():
    drawn = draw([("Toluca", 19.29, -99.65, "Somewhere", None, None, True)], highlight="Toluca")
    assert [(dot.name, dot.main) for dot in drawn.dots] == [("Toluca", True)]
    assert (drawn.arcs, drawn.highlighted_arcs, drawn.missing) == ((), (), 1)
    assert drawn.title == "Map of Toluca"


@pytest.mark.parametrize(
    ("lat", "lon"), [(None, 5), (5, None), (91, 5), (math.nan, 5), (5, math.nan), (5, math.inf)]
)
def test_lines_without_a_place_on_the_globe_are_counted_and_passed_over(lat, lon):
    drawn = draw([*TIE, (*GOMEZ_PALACIO, "Nowhere", lat, lon, False)])
    assert [dot.name for dot in drawn.dots] == ["South El Monte", "Gómez Palacio"]
    assert (drawn.arcs, drawn.missing) == ((), 1)


def test_two_names_for_one_place_share_a_dot_and_no_arc():
    drawn = draw([("Nuevo Laredo", 27.48, -99.5, "Laredo", 27.48, -99.5, False)])
    assert drawn.arcs == ()
    assert drawn.dot_path.count("M") == 1
    assert [label.text for label in drawn.labels] == ["Nuevo Laredo", "Laredo"]


def test_poles_do_no_harm():
    drawn = draw([("North", 90, 0, "South", -90, 0, True), ("North", 90, 0, *LONDON, False)])
    assert len(drawn.dots) == 3
    assert len(drawn.arcs) == 1


def test_a_namesake_among_the_sisters_is_not_taken_for_the_page_s_city():
    ohio, spain, toyohashi = (
        ("Toledo", 41.65, -83.54),
        ("Toledo", 39.86, -4.02),
        ("Toyohashi", 34.77, 137.39),
    )
    drawn = draw([(*spain, *ohio, False), (*ohio, *toyohashi, False)], highlight="Toledo")
    assert [(dot.name, dot.main) for dot in drawn.dots] == [
        ("Toledo", False),
        ("Toledo", True),
        ("Toyohashi", False),
    ]


# Labels


@pytest.mark.parametrize("lines", SAMPLES)
def test_labels_keep_clear_of_each_other_and_of_the_edge(lines):
    drawn = draw(lines)
    for labels, most in ((drawn.labels, MOST_LABELS), (drawn.large_labels, MOST_LARGE_LABELS)):
        assert 2 <= len(labels) <= most
        for a, b in combinations(labels, 2):
            assert not a.box.overlaps(b.box)
        for label in labels:
            assert label.box.left >= 0 and label.box.right <= drawn.width
            assert label.box.top >= 0 and label.box.bottom <= drawn.height


def test_the_page_s_own_city_is_labelled_first_in_both_sets():
    drawn = draw(STAR, highlight="Guadalajara")
    assert drawn.labels[0].text == drawn.large_labels[0].text == "Guadalajara"


def test_large_labels_are_14_pixels_on_a_phone():
    drawn = draw(STAR)
    assert drawn.large_type_size * 320 / drawn.width >= 13.5


def test_a_long_name_is_cut_on_the_map():
    name = "Dolores Hidalgo Cuna de la Independencia Nacional"
    drawn = draw([(name, 21.16, -100.93, *SOUTH_EL_MONTE, False)])
    assert drawn.labels[0].text == "Dolores Hidalgo Cuna de la…"


# Words


def test_the_sentence_names_the_nearest_and_the_farthest():
    drawn = draw(STAR, highlight="Guadalajara")
    assert drawn.title == "Map of the 15 ties of Guadalajara"
    assert drawn.summary == (
        "Lines join Guadalajara with its sister cities: the nearest is San Antonio, "
        "1,089 km (677 miles) away, and the farthest Xiamen, 13,285 km (8,255 miles) away."
    )


def test_a_tie_and_a_set_of_ties_have_their_own_sentences():
    assert draw(TIE).summary == (
        "A line joins South El Monte and Gómez Palacio, which are 1,689 km (1,049 miles) apart."
    )
    assert draw(ROUND_THE_WORLD).title == "Map of 5 ties"


def test_numbers_follow_the_language():
    assert "1\xa0689" in draw(TIE, language="es").summary


# What a page pays


@pytest.mark.parametrize("lines", SAMPLES)
def test_a_map_costs_a_page_at_most_12_kb(lines):
    html = render_to_string("includes/_map.html", {"map": draw(lines)})
    assert len(gzip.compress(html.encode())) <= 12_000


@pytest.mark.parametrize("lines", SAMPLES)
def test_the_same_lines_make_the_same_map(lines):
    first = draw(lines)
    for cached in (outlines.land_path, outlines.border_path, outlines.world_land_path):
        cached.cache_clear()
    second = draw(lines)
    assert (first, first.uid) == (second, second.uid)


def test_maps_of_all_parts_of_the_world_keep_within_10_mb():
    for cached in (
        load_outlines,
        projected_land,
        outlines.projected_borders,
        outlines.land_path,
        outlines.border_path,
        outlines.world_land_path,
    ):
        cached.cache_clear()
    tracemalloc.start()
    try:
        for lon in range(-180, 180, 30):
            draw([("A", 20, lon, "B", 45, lon + 15, False)])
            draw([("A", 20, lon, "B", 45, lon + 150, False)])
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept <= 10_000_000


places = st.tuples(
    st.sampled_from(["A", "Ávila", "San Luis Río Colorado", "京都"]),
    st.floats(-90, 90) | st.none(),
    st.floats(-400, 400) | st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(places, places, st.booleans()), max_size=8))
def test_any_places_make_a_sound_map(drawn_lines):
    lines = [(*a, *b, stressed) for a, b, stressed in drawn_lines]
    drawn = draw(lines, highlight="A")
    if drawn is None:
        return
    assert 300 <= drawn.height <= 500
    for arc in (*drawn.arcs, *drawn.highlighted_arcs):
        for strand in arc.split("M")[1:]:
            xs = [x for x, _ in points(strand)]
            assert max(xs) - min(xs) <= drawn.width * 1.01
    for dot in drawn.dots:
        assert -0.1 <= dot.x <= drawn.width + 0.1
        assert -0.1 <= dot.y <= drawn.height + 0.1
    for labels in (drawn.labels, drawn.large_labels):
        for a, b in combinations(labels, 2):
            assert not a.box.overlaps(b.box)


# The page's part


def test_the_include_is_a_picture_with_a_name_and_nothing_inline():
    drawn = draw([("<b>A</b>", 19.3, -99.6, *SOUTH_EL_MONTE, True)], language="es")
    html = render_to_string("includes/_map.html", {"map": drawn})
    assert html.count("<svg") == 1
    assert f'role="img" aria-labelledby="{drawn.uid}-title {drawn.uid}-desc"' in re.sub(
        r"\s+", " ", html
    )
    assert "<b>" not in html
    assert "style" not in html


def test_the_include_writes_coordinates_with_points_in_spanish():
    with_comma = re.compile(r'[xy]="\d+,\d')
    with override("es"):
        html = render_to_string("includes/_map.html", {"map": draw(TIE, language="es")})
    assert with_comma.search(html) is None
    assert html.count("<text") == 4


def test_the_include_shows_nothing_without_a_map():
    assert render_to_string("includes/_map.html", {"map": None}).strip() == ""
