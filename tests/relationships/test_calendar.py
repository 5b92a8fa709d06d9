"""Anniversaries: on the right day, in the right year, in the right month."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from relationships.anniversaries import falls_on, upcoming
from relationships.deriving import derive
from relationships.listing.calendar import Calendar
from relationships.models import TieEvent
from sistercities.listing.lists import Listing
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    with override("en"):
        yield


def signed(*days, **fields):
    tie = make.TieFactory(**fields)
    make.TieEventFactory(tie=tie, date=PartialDate(*days))
    derive([tie.pk])
    return tie


def calendar(today, **query):
    return Calendar(RequestFactory().get("/en/anniversaries/", query), today)


def shown(calendar):
    return [
        (month.name, [(one.day, one.years) for one in month.anniversaries])
        for month in calendar.months
    ]


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        ("02-29", 2027, date(2027, 2, 28)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("02-29", 2100, date(2100, 2, 28)),
        ("12-31", 2027, date(2027, 12, 31)),
    ],
)
def test_the_29th_of_february_is_kept_on_the_28th_of_other_years(day, year, expected):
    assert falls_on(day, year) == expected


def test_the_next_ones_go_on_across_the_turn_of_the_year():
    for days in ((1950, 12, 30), (1960, 1, 2), (1970, 2, 29 - 1), (2026, 12, 24)):
        signed(*days)
    found = upcoming(date(2026, 12, 20))
    assert [(one.on, one.years) for one in found] == [
        (date(2026, 12, 30), 76),
        (date(2027, 1, 2), 67),
        (date(2027, 2, 28), 57),
    ]


def test_a_day_of_february_that_is_not_this_year_is_not_missed_on_its_eve():
    signed(1988, 2, 29)
    assert [one.on for one in upcoming(date(2027, 2, 28))] == [date(2027, 2, 28)]
    assert [one.on for one in upcoming(date(2027, 3, 1))] == [date(2028, 2, 29)]


def test_twelve_months_from_this_one_each_tie_once():
    for days in ((1950, 11, 2), (1960, 10, 30), (1970, 2, 5), (1999, 2, 6)):
        signed(*days)
    signed(1970, 5)
    signed(1971)
    ended = signed(1980, 4, 4)
    make.TieEventFactory(tie=ended, kind=TieEvent.Kind.ENDED, date=PartialDate(1999))
    derive([ended.pk])
    expected = [
        ("November 2026", [("November 2", 76)]),
        ("February 2027", [("February 5", 57), ("February 6", 28)]),
        ("October 2027", [("October 30", 67)]),
    ]
    assert shown(calendar(date(2026, 11, 21))) == expected
    with override("es"):
        months = calendar(date(2026, 11, 21)).months
        assert [month.name for month in months][:2] == ["Noviembre de 2026", "Febrero de 2027"]
        assert months[0].anniversaries[0].day == "2 de noviembre"


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_country_narrows_the_calendar(few, monkeypatch):
    monkeypatch.setattr("relationships.listing.calendar.FEW", few)
    signed(1950, 11, 2)
    signed(1960, 10, 30, city_b__country="JP")
    signed(1960, 10, 31, city_a__country="JP", city_b__country="DE")
    assert shown(calendar(date(2026, 11, 21), country="JP")) == [
        ("October 2027", [("October 30", 67), ("October 31", 67)])
    ]
    month = calendar(date(2026, 11, 21), country="JP", month="10")
    assert [(one.day, one.years) for one in month.page.rows] == [
        ("October 30", 67),
        ("October 31", 67),
    ]


def test_a_long_month_is_cut_in_the_calendar_and_whole_on_its_pages(client, monkeypatch):
    monkeypatch.setattr(Listing, "size", 4)
    for day in range(1, 11):
        signed(1950 + day, 5, day)
    [month] = calendar(date(2026, 11, 21)).months
    assert (len(month.anniversaries), month.has_more) == (8, True)
    url, days = month.url, []
    while url:
        page = client.get(url).context["page"]
        days += [one.day for one in page.rows]
        url = page.next_url
    assert days == [f"May {day}" for day in range(1, 11)]


def test_a_round_anniversary_stands_out(client):
    years = calendar(date.today()).year_of(5)
    signed(years - 50, 5, 5)
    signed(years - 51, 5, 6)
    text = client.get("/en/anniversaries/").content.decode()
    assert [f"<strong>{n}</strong>" in text for n in (50, 51)] == [True, False]


def test_no_anniversary_is_said(client):
    for url in ("/en/anniversaries/", "/en/anniversaries/?month=4&country=MX"):
        assert "No anniversaries here." in client.get(url).content.decode()
