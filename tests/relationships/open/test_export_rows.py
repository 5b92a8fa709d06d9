"""What a few rows become in an export, and what it costs."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.models import City
from relationships.deriving import derive
from relationships.fingerprint import registry_hash
from relationships.models import Statement, Tie
from sistercities.partialdates import PartialDate
from sistercities.spreadsheets import FORMULA_LEAD
from tests import factories as make
from tests.relationships.open.reading import ADDRESSES, rows_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


def test_a_text_that_a_spreadsheet_would_run_is_none(client):
    tie = make.TieFactory(
        city_a=make.CityFactory(name="=1+1", longitude=-103.5), city_b=make.CityFactory(name="@b")
    )
    derive([tie.pk])
    [line] = rows_of(client, "/en/ties.csv")
    assert sorted((line["city_a"], line["city_b"])) == ["'=1+1", "'@b"]
    assert "-103.5" in (line["longitude_a"], line["longitude_b"])
    for cell in line.values():
        assert not cell.startswith(FORMULA_LEAD) or float(cell) < 0
    [row] = rows_of(client, "/en/ties.json")
    assert sorted((row["city_a"], row["city_b"])) == ["=1+1", "@b"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_export_asks_as_much_for_three_rows_as_for_one(client, url):
    spent = []
    for n in (1, 2):
        for _ in range(n):
            city = make.CityFactory(region=make.RegionFactory())
            tie = make.TieFactory(city_a=city)
            make.ExchangeFactory(tie=tie)
            make.CommitteeFactory(cities=[city])
            derive([tie.pk])
        with CaptureQueriesContext(connection) as captured:
            assert len(rows_of(client, url)) >= 2 * n - 1
        spent.append(len(captured))
    assert spent[0] == spent[1] <= 4


def test_a_tie_over_the_180th_meridian_is_cut_there(client):
    tie = make.TieFactory(
        city_a=make.CityFactory(name="Honolulu", longitude=-157.5, latitude=21),
        city_b=make.CityFactory(name="Hiroshima", longitude=132.5, latitude=35),
    )
    plain = make.TieFactory(city_a=make.CityFactory(latitude=None, longitude=None))
    derive([tie.pk, plain.pk])
    whole = json.loads(text_of(client.get("/en/ties.geojson")))
    by_name = {one["properties"]["id"]: one for one in whole["features"]}
    (east, west) = by_name[tie.pk]["geometry"]["coordinates"]
    assert (east[0], west[1]) == ([132.5, 35], [-157.5, 21])
    assert (east[1][0], west[0][0], east[1][1]) == (180, -180, west[0][1])
    assert 21 < east[1][1] < 35
    assert by_name[plain.pk]["geometry"] is None


def test_a_web_site_may_have_letters_of_any_language(client):
    make.CityFactory(official_site="https://www.oñati.eus/")
    [row] = rows_of(client, "/en/cities.json")
    assert row["official_site"] == "https://www.oñati.eus/"
    told = client.get("/data/schema.json").json()["$defs"]["city"]["properties"]["official_site"]
    assert (told["format"], told["type"]) == ("iri", ["string", "null"])


# Back into the registry


def exported(client, tmp_path) -> str:
    """The CSV of all ties as a file."""
    path = tmp_path / "ties.csv"
    path.write_text(text_of(client.get("/es/hermanamientos.csv")), encoding="utf-8", newline="")
    return str(path)


def taken(path: str, capsys, **options) -> dict:
    """What `import_ties` prints of a file, without what differs each time."""
    call_command("import_ties", path, json=True, **options)
    result = json.loads(capsys.readouterr().out)
    kept = ("rows", "created", "changed", "same", "conflict", "unresolved", "rejected")
    return {name: result[name] for name in kept if result[name]}


def varied_ties() -> list[Tie]:
    """Ties that differ in what a list can say: kinds, dates of every precision, ends, namesakes."""
    state = make.RegionFactory()
    twins = [make.CityFactory(name="San Juan", region=state) for _ in range(2)]
    ties = [
        make.TieFactory(city_a=twins[0], kind="friendship_city"),
        make.TieFactory(city_a=twins[1], city_b=make.CityFactory(name='=Ñandú, "x"; y')),
        make.TieFactory(kind="contact"),
        make.TieFactory(kind="sister_state"),
        *make.TieFactory.create_batch(24),
    ]
    dates = ("1969", "1969-05", "1969-05-14", "1969~", *["1970"] * 24)
    for tie, day in zip(ties, dates, strict=True):
        make.TieEventFactory(tie=tie, kind="contact", date=PartialDate.parse(day))
    make.TieEventFactory(tie=ties[0], kind="letter_of_intent", date=PartialDate(1968))
    make.TieEventFactory(tie=ties[0], kind="ended", date=PartialDate(2004))
    make.StatementFactory(tie=ties[1])
    derive()
    return ties


def test_the_csv_of_ties_goes_back_in_without_a_change(client, tmp_path, capsys):
    ties = varied_ties()
    path, before = exported(client, tmp_path), registry_hash()
    assert taken(path, capsys, format="registry") == {"rows": len(ties), "same": len(ties)}
    assert registry_hash() == before
    assert exported(client, tmp_path) and Statement.objects.count() == 1


def test_a_row_changed_outside_is_seen(client, tmp_path, capsys):
    tie = make.TieFactory()
    make.TieEventFactory(tie=tie, date=PartialDate(1969))
    derive()
    path = exported(client, tmp_path)
    text = Path(path).read_text(encoding="utf-8").replace(",1969,", ",1971,")
    Path(path).write_text(text, encoding="utf-8", newline="")
    assert taken(path, capsys) == {"rows": 1, "conflict": 1}


def test_another_registry_takes_our_ties_in_by_names_and_places(client, tmp_path, capsys):
    tie = make.TieFactory(city_a=make.CityFactory(name="Gómez Palacio"))
    derive()
    path, slug = exported(client, tmp_path), tie.city_a.slug
    Tie.objects.all().delete()
    City.objects.filter(pk=tie.city_a_id).update(slug="called-otherwise-there")
    other = make.CityFactory(name="Another city, of that address there")
    City.objects.filter(pk=other.pk).update(slug=slug)
    assert taken(path, capsys) == {"rows": 1, "created": 1}
    made = Tie.objects.get()
    assert {made.city_a_id, made.city_b_id} == {tie.city_a_id, tie.city_b_id}
