"""Charts: round scales, lengths in proportion, labels that have room."""

from decimal import Decimal
from itertools import pairwise

import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from sistercities.charts.bars import lengths
from sistercities.charts.columns import Columns
from sistercities.charts.frame import ABOVE, HEIGHT, NARROW_ROOM, ROOM
from sistercities.charts.line import BOX, Line
from sistercities.charts.points import Point
from sistercities.charts.scales import MOST_LINES, every, ticks, written

FEW = settings(max_examples=60, deadline=None)


def points(*values: int, first: int = 1960) -> list[Point]:
    return [
        Point(str(year), value, f"{value:,}", place=year)
        for year, value in enumerate(values, first)
    ]


@FEW
@given(st.integers(0, 10**12) | st.decimals(0, 10**9, places=2))
def test_a_scale_begins_at_nothing_rises_in_equal_round_steps_and_holds_the_largest(largest):
    scale = ticks(largest)
    steps = {after - before for before, after in pairwise(scale)}
    assert scale[0] == 0
    assert scale[-1] >= largest
    assert 2 <= len(scale) <= MOST_LINES + 1
    assert len(steps) == 1
    assert str(steps.pop()).rstrip("0") in ("1", "2", "5")
    assert largest == 0 or scale[-2] < largest


@FEW
@given(st.integers(1, 400))
def test_labels_for_a_small_room_are_among_those_for_a_large_one(count):
    narrow = every(count, NARROW_ROOM)
    wide = every(count, ROOM, narrow)
    assert -(-count // narrow) <= NARROW_ROOM
    assert -(-count // wide) <= ROOM
    assert narrow % wide == 0


def test_years_are_labelled_where_they_are_round():
    names = Line("Ties", points(*range(127), first=1900), str).names
    assert [one.text for one in names] == [str(year) for year in range(1900, 2021, 10)]
    assert [one.text for one in names if not one.wide] == ["1900", "1950", "2000"]


def test_names_at_the_edges_stay_inside():
    names = Columns("Aid", points(*[1] * 41, first=1985), str).names
    assert [(one.text, one.anchor) for one in names[::8]] == [("1985", "start"), ("2025", "end")]
    few = Columns("Ties", points(*[1] * 11, first=1), str).names
    assert {one.anchor for one in few} == {"middle"}


@FEW
@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=40))
def test_columns_are_as_high_as_their_numbers_and_stand_on_the_lowest_line(values):
    chart = Columns("Ties", points(*values), str)
    assert len(chart.columns) == sum(value > 0 for value in values)
    for column, value in zip(chart.columns, filter(None, values), strict=True):
        assert float(column.height) == pytest.approx(HEIGHT * value / chart.scale[-1], abs=0.006)
        assert float(column.y) + float(column.height) == pytest.approx(ABOVE + HEIGHT, abs=0.011)
        assert 0 <= float(column.x) <= float(column.x) + float(column.width) <= 100


def test_the_highest_column_always_says_its_number_the_others_where_there_is_room():
    few = Columns("Ties", points(3, 9, 0, 1200), "{:,}".format)
    assert [(one.text, one.wide) for one in few.values] == [
        ("3", True),
        ("9", True),
        ("1,200", False),
    ]
    assert not few.is_wide_scale
    many = Columns("Ties", points(*[5] * 20, 70_000_000), "{:,}".format)
    assert [one.text for one in many.values] == ["70,000,000"]
    assert many.values[0].anchor == "end"
    assert many.is_wide_scale


def test_a_line_turns_where_its_numbers_are():
    chart = Line("Ties", points(0, 5, 10), str)
    assert chart.corners == [("0", str(BOX)), ("500", "500"), ("1000", "0")]
    assert chart.path == "M0 1000L500 500L1000 0"
    assert (chart.end.text, chart.end_y) == ("10", written(ABOVE))


def test_bars_are_in_proportion_to_the_longest_or_to_a_given_whole():
    of = [Point("a", 30, "30"), Point("b", 10, "10"), Point("c", 0, "0")]
    assert lengths(of) == ["100", "33.33", "0"]
    assert lengths(of, 60) == ["50", "16.67", "0"]
    assert lengths([]) == []
    assert lengths([Point("a", 0, "0")]) == ["0"]


@pytest.mark.parametrize("kind", [Columns, Line])
@pytest.mark.parametrize("values", [[], [0], [7], [Decimal("1234.56"), 3, 0]])
def test_a_drawing_is_well_formed_has_no_style_and_writes_lengths_with_a_point(kind, values):
    chart = kind("Title <b>", points(*values), str)
    with override("es"):
        html = render_to_string("includes/charts/_chart.html", {"chart": chart})
    tree = html5lib.HTMLParser(strict=True).parseFragment(html)
    for one in tree.iter():
        assert "style" not in one.attrib
        for name in ("x", "y", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "d"):
            assert "," not in one.get(name, "")
    [drawing] = [one for one in tree.iter() if one.get("role") == "img"]
    assert drawing.get("aria-label") == "Title <b>"
