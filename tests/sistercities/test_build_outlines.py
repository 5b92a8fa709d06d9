"""Making the outlines file from world-atlas's TopoJSON."""

import json

import pytest
from django.core.management import CommandError, call_command

from sistercities.maps.building import build_outlines, simplify, write_outlines


def topology(arcs, land, countries=()):
    """A world in whole degrees; arcs are lists of (lon, lat)."""
    stepped = [
        [[a[0] - b[0], a[1] - b[1]] for a, b in zip(arc, [(0, 0), *arc[:-1]], strict=True)]
        for arc in arcs
    ]
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": stepped,
        "objects": {
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": land}]},
            "countries": {
                "geometries": [
                    {"id": number, "properties": {"name": name}, "arcs": indexes}
                    for number, name, indexes in countries
                ]
            },
        },
    }


NEIGHBOURS = [
    [(0, 0), (0, 10)],
    [(0, 10), (-10, 10), (-10, 0), (0, 0)],
    [(0, 0), (10, 0), (10, 10), (0, 10)],
]


def neighbours(first, second):
    """Two countries on one island, the border between them from (0, 0) to (0, 10)."""
    return topology(
        NEIGHBOURS,
        [[[1, 2]]],
        [(first, "First", [[0, 1]]), (second, "Second", [[2, ~0]])],
    )


def test_land_and_the_border_between_two_countries_are_kept():
    built = build_outlines(neighbours("100", "200"))
    assert built["borders"] == [[0, 0, 0, 1000]]
    assert built["land"] == [[0, 1000, -1000, 0, 0, -1000, 1000, 0, 1000, 0, 0, 1000, -1000, 0]]


@pytest.mark.parametrize(("first", "second"), [("504", "732"), (None, "200")])
def test_a_border_in_dispute_is_left_out(first, second):
    assert build_outlines(neighbours(first, second))["borders"] == []


def test_the_neck_of_crimea_is_left_out_and_the_rest_of_that_border_kept():
    neck, north = [(33, 46), (34, 46)], [(35, 47), (40, 50)]
    built = build_outlines(
        topology(
            [neck, north],
            [],
            [("643", "Russia", [[0, 1]]), ("804", "Ukraine", [[~0, ~1]])],
        )
    )
    assert built["borders"] == [[3500, 4700, 500, 300]]


def test_a_ring_over_the_antimeridian_runs_on_past_180():
    ring = [(170, 60), (-170, 60), (-170, 70), (170, 70), (170, 60)]
    built = build_outlines(topology([ring], [[[0]]]))
    assert built["land"] == [[17000, 6000, 2000, 0, 0, 1000, -2000, 0, 0, -1000]]


def test_antarctica_and_tiny_islands_are_left_out():
    ice = [(0, -80), (20, -80), (20, -70), (0, -70), (0, -80)]
    islet = [(60, 0), (60.2, 0), (60.2, 0.2), (60, 0.2), (60, 0)]
    assert build_outlines(topology([ice, islet], [[[0]], [[1]]]))["land"] == []


def test_simplifying_keeps_ends_and_corners_and_drops_what_cannot_be_seen():
    line = [(60, 0), (65, 0.001), (70, 0), (70, 10)]
    assert simplify(line) == [(60, 0), (70, 0), (70, 10)]


def test_simplifying_keeps_more_where_the_registry_looks_closer():
    asia = [(60, 30), (61, 30.1), (62, 30)]
    mexico = [(-102, 30), (-101, 30.1), (-100, 30)]
    assert simplify([*asia, (70, 40)]) == [asia[0], asia[2], (70, 40)]
    assert simplify([*mexico, (-90, 40)]) == [*mexico, (-90, 40)]


def test_the_file_reads_back_as_it_was_written(tmp_path):
    built = build_outlines(neighbours("100", "200"))
    target = tmp_path / "map" / "outlines.json"
    assert write_outlines(built, target) == target.stat().st_size
    assert json.loads(target.read_text()) == built


def test_the_command_writes_where_it_is_told(tmp_path, capsys):
    (tmp_path / "countries-50m.json").write_text(json.dumps(neighbours("100", "200")))
    call_command("build_outlines", str(tmp_path), output=tmp_path / "out.json")
    assert "1 land rings and 1 borders" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text())["borders"] == [[0, 0, 0, 1000]]


@pytest.mark.parametrize("content", [None, "{}", "no json", "[]"])
def test_the_command_refuses_what_is_not_the_package(tmp_path, content):
    if content is not None:
        (tmp_path / "countries-50m.json").write_text(content)
    with pytest.raises(CommandError, match=r"countries-50m\.json"):
        call_command("build_outlines", str(tmp_path), output=tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()
