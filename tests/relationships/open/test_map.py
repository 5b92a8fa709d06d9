"""The map draws the ties of its list, none more and none less, however they are asked for."""

import json
import xml.etree.ElementTree as ET
from itertools import accumulate

import html5lib
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.models import City
from relationships.atlas import filters
from relationships.atlas.filters import MapList
from relationships.atlas.page import MapPage
from relationships.deriving import derive
from relationships.listing.ties import TieList
from relationships.models import Tie
from sistercities.maps.atlas import SHEETS
from tests import factories as make

pytestmark = pytest.mark.django_db
VALUES = {
    "country": ["MX", "US", "JP", "ZZ"],
    "with": ["US", "ES"],
    "state": ["US-CA", "MX-JAL", "x"],
    "kind": ["friendship_city", "sister_city"],
    "status": ["unconfirmed", "ended"],
    "since": ["1960", "unknown"],
    "voice": ["one_sided", "mutual"],
    "q": ["guadalajara", "nobody"],
}
QUERIES = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in VALUES.items()})
FEW_EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def _nothing_is_remembered(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    cache.clear()


def drawn_by_script(client, query) -> int:
    """The ties that the script draws or cannot."""
    data = client.get("/en/map.json", query).json()
    lines = sum(map(len, data["lines"]))
    counts = data["counts"]
    assert data["drawn"] == (sum(map(sum, counts)) if counts else lines)
    return data["drawn"] + data["missing"]


@FEW_EXAMPLES
@given(query=QUERIES, most=st.sampled_from([0, 500]))
def test_list_picture_and_script_have_the_same_ties(registry, db, client, rf, query, most):
    City.objects.filter(name="Aachen").update(latitude=None)
    with pytest.MonkeyPatch.context() as patch, override("en"):
        patch.setattr(filters, "MOST_LINES", most)
        patch.setattr(filters, "MOST_SCRIPTED", most)
        expected = TieList(rf.get("/en/ties/", query)).filtered.count()
        flows = MapList(rf.get("/en/map/", query)).flows
        assert flows.count == expected
        assert bool(flows.areas) == bool(most == 0 and flows.drawn)
        assert drawn_by_script(client, query) == expected


def test_the_picture_says_what_is_beyond_it_and_what_has_no_place(registry, db, rf):
    City.objects.filter(name="Kyoto").update(latitude=35.0, longitude=135.8)
    City.objects.filter(name="Aachen").update(latitude=None)
    with override("en"):
        page = MapPage(rf.get("/en/map/", {"view": "americas"}))
        drawn = len(page.map.arcs)
        assert page.sentences[1:] == [
            "8 ties lead beyond this map.",
            "9 ties are not drawn: nobody has said where one of their cities lies.",
        ]
    assert (drawn, page.listing.total) == (45 - 8 - 9, 45)


def test_above_the_limit_lines_stand_for_regions_and_above_it_again_for_countries(
    registry, db, rf, monkeypatch
):
    monkeypatch.setattr(filters, "MOST_LINES", 44)
    with override("en"):
        page = MapPage(rf.get("/en/map/", {"view": "world"}))
        names = {area.place("en").name for area in page.flows.areas.values()}
        assert {"Jalisco", "California", "Texas", "Spain", "Germany"} <= names
        assert sum(line.count for line in page.flows.lines) == 45
        assert len(page.map.bands) > 1 and page.map.arcs == ()
        monkeypatch.setattr("relationships.atlas.page.MOST_LINES", 10)
        cache.clear()
        page = MapPage(rf.get("/en/map/", {"view": "world"}))
        names = {area.place("en").name for area in page.flows.areas.values()}
        assert names == {"Mexico", "United States", "Japan", "Spain", "Germany"}
        assert sum(line.count for line in page.flows.lines) == 45
        near = MapPage(rf.get("/en/map/", {"view": "americas"}))
        names = {area.place("en").name for area in near.flows.areas.values()}
        assert {"Jalisco", "California", "Texas"} <= names


def test_a_country_on_both_sides_of_the_antimeridian_lies_between_its_cities(db, rf, monkeypatch):
    monkeypatch.setattr(filters, "MOST_LINES", 0)
    for lon in (178.0, -179.0):
        city = make.CityFactory(country="FJ", latitude=-17.0, longitude=lon)
        tie = make.TieFactory(city_a=city, city_b=make.CityFactory(country="NZ"))
        derive([tie.pk])
    with override("en"):
        areas = MapPage(rf.get("/en/map/", {"country": "FJ"})).flows.areas.values()
    assert {area.country: area.lon for area in areas}["FJ"] == 179.5


def test_the_sheet_is_chosen_by_where_the_ties_lie_unless_it_is_asked_for(registry, db, rf):
    with override("en"):
        City.objects.filter(country__in=["JP", "ES", "DE"]).update(latitude=45, longitude=100)
        assert MapPage(rf.get("/en/map/")).sheet is SHEETS["world"]
        near = {"country": "MX", "with": "US"}
        assert MapPage(rf.get("/en/map/", near)).sheet is SHEETS["americas"]
        assert MapPage(rf.get("/en/map/", near | {"view": "world"})).sheet is SHEETS["world"]
        assert MapPage(rf.get("/en/map/", near | {"view": "moon"})).sheet is SHEETS["americas"]


def test_a_city_of_the_address_is_lit_and_its_ties_are_listed(registry, db, client):
    city = City.objects.get(name="Downey")
    for asked in (city.slug, str(city.pk)):
        response = client.get("/en/map/", {"city": asked, "country": "US"})
        page, drawn = response.context["atlas"], response.context["map"]
        assert len(response.context["page"].rows) == len(drawn.highlighted_arcs) == 9
        assert page.listing.total > 9
        assert drawn.labels[0].text == "Downey"
        assert [str(one.label) for one in response.context["applied"]] == [
            "United States",
            "Downey",
        ]
        assert "Downey stands out with its 9 ties." in drawn.summary
        assert 'href="/en/cities/' in response.content.decode()


def test_a_page_of_the_list_beside_the_map_keeps_filters_city_and_sheet(
    registry, db, client, monkeypatch
):
    monkeypatch.setattr(MapList, "size", 4)
    query = {"city": "downey-us", "view": "world", "status": "unconfirmed"}
    city = City.objects.get(name="Downey")
    query["city"] = city.slug
    first = client.get("/en/map/", query).context["page"]
    second = client.get(first.next_url).context
    assert set(query.items()) <= set(second["atlas"].listing.form.carried.items())
    rows = [row.url for row in (*first.rows, *second["page"].rows)]
    assert len(rows) == len(set(rows)) == min(8, first.count)


def test_list_and_map_lead_to_each_other_with_their_filters(registry, db, client):
    query = "?country=MX&status=unconfirmed&with=US"
    there = client.get(f"/en/ties/{query}").context["listing"].map_url
    assert there == f"/en/map/{query}"
    page = client.get(f"/en/map/{query}&view=world&city=downey").context["atlas"]
    assert page.ties_url == f"/en/ties/{query}"
    assert page.data_url == f"/en/map.json{query}"
    assert page.svg_url == f"/en/map.svg{query}&view=world"


@pytest.mark.parametrize(
    "query",
    [
        *("city=nowhere", "city=%00", "city=99999999999999999999", "city=../../etc", "city=-1"),
        *("view=", "view=%00", "view[]=world", "view=WORLD", "city=" + "a" * 5000, "city=%C3%B1"),
        *("city__in=1", "city_a=1", "at=1,2,3", "zoom=1e999"),
    ],
)
def test_what_the_map_does_not_understand_changes_nothing(registry, db, client, query):
    plain, odd = client.get("/en/map/"), client.get(f"/en/map/?{query}")
    assert odd.status_code == 200
    assert main_part(odd) == main_part(plain)
    assert client.get(f"/en/map.svg?{query}").status_code == 200
    assert client.get(f"/en/map.json?{query}").json() == client.get("/en/map.json").json()


def main_part(response) -> str:
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def test_a_city_that_nobody_may_see_is_not_lit(registry, db, client):
    hidden = City.objects.get(name="Hidden Springs")
    hidden.is_listed = False
    hidden.save()
    response = client.get("/en/map/", {"city": hidden.slug})
    assert response.context["atlas"].city is None
    assert b"Hidden" not in response.content


def test_what_the_script_is_given_names_each_city_and_joins_the_right_ones(registry, db, client):
    data = client.get("/en/map.json", {"country": "JP"}).json()
    ids = list(accumulate(data["ids"]))
    assert dict(zip(ids, data["names"], strict=True)) == dict(
        City.objects.filter(tie_count__gt=0).values_list("pk", "name")
    )
    pairs = set()
    for n, steps in enumerate(data["lines"]):
        for other in list(accumulate([n, *steps]))[1:]:
            pairs.add((ids[n], ids[other]))
    expected = Tie.objects.public().filter(country_pair__contains="JP")
    assert pairs == set(expected.values_list("city_a_id", "city_b_id"))


def test_the_picture_alone_stands_alone(registry, db, client):
    response = client.get("/es/mapa.svg?country=MX")
    assert response.headers["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(response.content.decode())
    text = response.content.decode()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {"CC BY 4.0" in one for one in text.split("<metadata>")[1:]} == {True}
    assert "Mapa de 24 hermanamientos" in text
    forbidden = ("<script", "style", "class=", "href", "<image", "url(")
    assert [one for one in forbidden if one in text] == []


def test_the_page_is_a_picture_and_a_list_of_links(registry, db, client):
    tree = html5lib.parse(client.get("/es/mapa/").content, namespaceHTMLElements=False)
    [picture] = [one for one in tree.iter() if one.tag.endswith("svg") and one.get("role")]
    assert picture.get("role") == "img" and picture.get("aria-labelledby")
    assert not [one for one in picture.iter() if one.get("tabindex") or one.tag.endswith("}a")]
    rows = [one for one in tree.iter("tr") if one.get("data-ends")]
    assert len(rows) == 45
    assert all(len(list(row.iter("a"))) == 1 for row in rows)


def test_the_same_version_is_answered_304(registry, db, client):
    for path in ("/en/map/", "/en/map.json", "/en/map.svg"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("url", "budget"),
    {
        "/en/map/": 8,
        "/en/map/?q=ciudad": 8,
        "/en/map/?country=MX&state=MX-X&status=unconfirmed&page=2": 8,
        "/en/map/?city=the-city": 8,
        "/en/map.json": 4,
        "/en/map.svg": 5,
    }.items(),
)
@pytest.mark.parametrize("most", [0, 500])
def test_the_map_costs_as_many_queries_for_three_ties_as_for_one(
    db, client, monkeypatch, url, budget, most
):
    monkeypatch.setattr(filters, "MOST_LINES", most)
    monkeypatch.setattr(filters, "MOST_SCRIPTED", most)
    region = make.RegionFactory(code="MX-X")
    hub = make.CityFactory(region=region, slug="the-city")
    spent = []
    for n in (1, 2):
        for _ in range(n):
            tie = make.TieFactory(city_a=hub)
            make.TieEventFactory(tie=tie)
            derive([tie.pk])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        spent.append(len(captured))
    assert spent[0] == spent[1] <= budget


def test_regions_are_counted_once_for_all_pages_of_the_same_registry(
    registry, db, client, monkeypatch
):
    monkeypatch.setattr(filters, "MOST_LINES", 0)
    client.get("/en/map/?country=MX")
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/map/?country=MX&view=world")
    assert not [q["sql"] for q in captured if "SUM(" in q["sql"]]


def test_the_data_hold_no_key_of_the_page_s_filters_but_the_city(registry, db, client):
    query = {"country": "MX", "city": "downey", "view": "world", "page": "2"}
    assert client.get("/en/map.json", query).json() == json.loads(
        client.get("/en/map.json", {"country": "MX"}).content
    )
