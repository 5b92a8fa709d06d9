"""The home page tells true figures, each a link to the list behind it."""

from datetime import date

import pytest
from django.utils.translation import override

from relationships.deriving import derive
from relationships.models import Tie, TieEvent
from relationships.pages.home import HomePage
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.registry import make_registry


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    with override("en"):
        yield


def signed(*days, **fields):
    """A tie signed on a day."""
    tie = make.TieFactory(**fields)
    make.TieEventFactory(tie=tie, date=PartialDate(*days))
    derive([tie.pk])
    return tie


def test_every_figure_is_the_length_of_the_list_behind_it(db, client):
    make_registry()
    counts = client.get("/en/").context["home"].counts
    assert [count.n for count in counts] == [
        client.get(count.url).context["count"] for count in counts
    ]
    assert [count.label for count in counts[:2]] == ["cities", "active ties"]


def test_figures_follow_a_change(db, client):
    assert [count.n for count in client.get("/en/").context["home"].counts] == [0, 0, 0, 0, 0]
    tie = signed(2020, 5, 1)
    make.CommitteeFactory(cities=[tie.city_a])
    make.ExchangeFactory(tie=tie, begins=PartialDate(date.today().year))
    assert [count.n for count in client.get("/en/").context["home"].counts] == [2, 0, 1, 1, 1]


def test_the_map_shows_the_two_countries_with_the_most_ties(db, client):
    for _ in range(3):
        signed(1990, city_b__country="JP")
    assert HomePage(date.today()).pair is None
    for _ in range(11):
        signed(1980)
    page = client.get("/en/").context["home"]
    assert (page.pair, page.map_url) == (("MX", "US"), "/en/ties/?country=MX&with=US")
    assert len(page.map.arcs) == 11
    assert client.get(page.map_url).context["count"] == 11


def test_the_newest_ties_come_first_and_ended_ones_not(db):
    for year in (1990, 2020, 1950, 2021, 2001, 1999):
        signed(year)
    ended = signed(2022)
    make.TieEventFactory(tie=ended, kind=TieEvent.Kind.ENDED, date=PartialDate(2023))
    derive([ended.pk])
    make.TieFactory(review=Tie.Review.PUBLISHED)
    years = [tie.since.year for tie in HomePage(date.today()).newest]
    assert years == [2021, 2020, 2001, 1999, 1990]


def test_the_plaque_honours_the_roundest_day_of_the_week(db):
    for year, month, day in ((1969, 11, 22), (1976, 11, 25), (1901, 11, 30), (1950, 11, 21)):
        signed(year, month, day)
    page = HomePage(date(2026, 11, 21))
    assert (page.plaque.years, page.plaque.day, page.is_this_week) == (50, "November 25", True)
    assert [one.years for one in page.anniversaries] == [76, 57, 125]
    later = HomePage(date(2026, 12, 1))
    assert (later.plaque.years, later.is_this_week) == (77, False)


def test_nothing_on_record_makes_a_page_without_a_plaque(db, client):
    response = client.get("/es/")
    assert (response.status_code, response.context["home"].plaque) == (200, None)
