"""What a list costs, and what it says when it has nothing."""

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.deriving import derive
from relationships.models import Tie
from tests import factories as make

pytestmark = pytest.mark.django_db
LISTS = ["/en/cities/", "/en/ties/", "/en/committees/", "/en/exchanges/"]


@pytest.fixture(autouse=True)
def _every_page_is_rendered_anew(settings):
    settings.PUBLIC_PAGES_KEPT = 0


def test_an_exchange_of_a_hidden_tie_is_hidden(db, client):
    make.ExchangeFactory(tie=make.TieFactory(review=Tie.Review.DRAFT))
    assert client.get("/en/exchanges/").context["count"] == 0


def test_a_list_without_rows_says_what_to_do(db, client):
    for url in (*LISTS, "/en/anniversaries/", "/es/", "/en/cities/?q=nowhere at all"):
        response = client.get(url)
        assert response.status_code == 200
    for url in LISTS:
        tree = html5lib.parse(client.get(url).content, namespaceHTMLElements=False)
        [block] = [div for div in tree.iter("div") if div.get("class") == "empty"]
        assert len([link for link in block.iter("a")]) == 1


BUDGETS = {
    "/en/": 12,
    "/en/cities/": 8,
    "/en/cities/?q=ciudad": 8,
    "/en/cities/?q=ciudat": 8,
    "/en/cities/?country=MX&committee=no": 8,
    "/en/ties/": 8,
    "/en/ties/?q=ciudad": 8,
    "/en/ties/?country=MX&with=US": 8,
    "/en/ties/?country=MX&state=MX-X&status=unconfirmed&page=2": 8,
    "/en/committees/?q=comite": 8,
    "/en/exchanges/?q=ciudad": 8,
    "/en/anniversaries/?country=MX": 8,
    "/en/anniversaries/?month=5&country=MX": 8,
}


@pytest.mark.parametrize(("url", "budget"), BUDGETS.items())
def test_a_list_costs_as_many_queries_for_three_rows_as_for_one(db, client, url, budget):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    region = make.RegionFactory(code="MX-X")
    spent = []
    for n in (1, 2):
        for _ in range(n):
            city = make.CityFactory(region=region)
            tie = make.TieFactory(city_a=city)
            make.TieEventFactory(tie=tie)
            make.ExchangeFactory(tie=tie)
            make.CommitteeFactory(cities=[city])
            derive([tie.pk])
        spent.append(cost())
    assert spent[0] == spent[1] <= budget
