"""The public figures where there is nothing, little, or an odd address; and what they cost."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.deriving import derive
from tests import factories as make
from tests.relationships.open.test_statistics import NS, SVG, file, read, sections, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_remembered(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    cache.clear()


@pytest.mark.parametrize("path", ["/en/statistics/", "/es/cifras/", "/es/cifras/?country=ZW"])
def test_an_empty_registry_has_a_sentence_for_each_chart_and_nothing_drawn(client, path):
    tree = read(client, path)
    found = sections(tree)
    assert all(text(one.find(f"{NS}h2")) for one in found.values())
    assert not [one for one in tree.iter(f"{SVG}svg")]
    assert (
        len(file(client, path.replace("/?", ".csv?").rstrip("/") + ("" if "?" in path else ".csv")))
        < 40
    )


HOSTILE = (
    "country=%00",
    "country=" + "M" * 9000,
    "state=MX-DUR%27--",
    "state[]=x",
    "country=MX&country=US",
)
HOSTILE += (
    "state=%F0%9F%98%80",
    "country=Atlantis",
    "q=%00&page=-1",
    "state=XX-999",
    "chart=decade",
)


def test_an_odd_address_is_answered_or_ignored(client):
    for query in HOSTILE:
        for path in ("/en/statistics/", "/es/cifras/", "/en/statistics.csv", "/en/states/"):
            assert client.get(f"{path}?{query}").status_code == 200


def test_a_chart_that_nobody_drew_is_not_there(client):
    for key in ("x", "decade%00", "aid-eur", "a" * 3000):
        assert client.get(f"/en/statistics.csv?chart={key}").status_code == 404
    assert client.post("/en/statistics/").status_code == 405


def test_a_cell_that_a_spreadsheet_would_run_is_none(client):
    evil = make.RegionFactory(code="MX-EVL", name="=HYPERLINK(1)")
    tie = make.TieFactory(city_a=make.CityFactory(region=evil))
    derive([tie.pk])
    for query in ("", "?chart=state"):
        body = client.get(f"/en/statistics.csv{query}").content.decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in body
        assert not re.search(r"(^|,)=", body, re.MULTILINE)


def test_a_page_costs_as_many_questions_for_three_rows_as_for_one(client):
    region = make.RegionFactory(code="MX-X")

    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    paths = ("/en/statistics/", "/en/statistics/?country=MX", "/en/statistics/?state=MX-X")
    paths += ("/en/statistics.csv", "/en/states/")
    spent = []
    for n in (1, 2):
        for _ in range(n):
            tie = make.TieFactory(city_a=make.CityFactory(region=region))
            make.TieEventFactory(tie=tie)
            make.ExchangeFactory(tie=tie)
            make.DonationFactory(tie=tie)
            derive([tie.pk])
        spent.append([cost(path) for path in paths])
    assert spent[0] == spent[1]
    assert max(spent[0]) <= 10
    assert max(cost(path) for path in paths) <= 4, "remembered"
