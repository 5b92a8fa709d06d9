"""The association's annual report: the figures of a year, and a sheet of paper."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relationships.deriving import derive
from relationships.reporting import association_report
from relationships.reporting.association_report import BY_STATE, AssociationReport
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
PAGE = "admin:relationships_annual_report"


@pytest.fixture
def office(client):
    client.force_login(make.UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def a_year():
    """A state with a committee, a tie that begins, one that ends, one that turns fifty."""
    state = make.RegionFactory(name="Durango")
    city = make.CityFactory(region=state)
    make.CommitteeFactory(cities=[city])
    new, old, gone = (make.TieFactory(city_a=city) for _ in range(3))
    make.TieEventFactory(tie=new, date=PartialDate(YEAR, 3))
    make.TieEventFactory(tie=old, date=PartialDate(YEAR - 50))
    make.TieEventFactory(tie=gone, date=PartialDate(YEAR - 9))
    make.TieEventFactory(tie=gone, kind="ended", date=PartialDate(YEAR, 8))
    make.ExchangeFactory(tie=new, begins=PartialDate(YEAR, 4), travellers=5, direction="a_to_b")
    make.ExchangeFactory(tie=new, begins=PartialDate(YEAR), review="draft", travellers=9)
    make.DonationFactory(tie=new, date=PartialDate(YEAR, 5))
    make.DonationFactory(tie=new, date=PartialDate(YEAR, 5), currency="MXN", amount=70)
    derive()
    return new, old, gone


def test_it_says_what_the_year_brought():
    new, old, gone = a_year()
    report = AssociationReport(YEAR, datetime.date(YEAR + 1, 2, 1))
    assert report.numbers == {
        "in_force": 2,
        "new": 1,
        "ended": 1,
        "exchanges": 1,
        "participants": 5,
        "youth": 0,
        "volunteers": 0,
    }
    assert (report.new_ties, report.ended_ties, report.birthdays) == ([new], [gone], [(50, old)])
    assert dict(report.aid.money) == {"USD": 100, "MXN": 70}
    (line,) = report.states
    assert (line.name, line.committees) == ("Durango", 1)
    assert dict(zip(BY_STATE, line.numbers, strict=True)) == {
        **{"in_force": 2, "new": 1, "ended": 1, "exchanges": 1, "out": 1, "in": 0},
        **{"participants": 5, "youth": 0},
    }
    assert (report.committee_count, len(report.exchanges), len(report.gifts)) == (1, 1, 2)


def test_long_lists_name_the_first_rows_and_say_how_many_more(monkeypatch, office):
    a_year()
    monkeypatch.setattr(association_report, "MOST", 1)
    text = office.get(reverse(PAGE)).content.decode()
    assert text.count("And 1 more.") == 1
    assert re.search(r'figure=donations\.\d{4}\.\d{4}"[^>]*>And 1 more', text)


def test_the_page_is_of_last_year_unless_another_is_asked_for(office):
    for query, year in (
        ("", YEAR),
        (f"?year={YEAR - 3}", YEAR - 3),
        ("?year=9999", YEAR),
        ("?year=x", YEAR),
    ):
        assert office.get(reverse(PAGE) + query).context["report"].year == year


def test_every_linked_number_of_the_page_is_that_of_its_list(office):
    a_year()
    page = office.get(reverse(PAGE))
    found = dict(re.findall(r'<dd><a href="([^"]+)">([\d,]+)</a>\s*</dd>', page.content.decode()))
    counted = {"in_force", "new", "ended", "exchanges"}
    checked = 0
    for url, number in found.items():
        if url.partition("figure=")[2].partition(".")[0] in counted:
            assert office.get(url).context["cl"].queryset.count() == int(number)
            checked += 1
    assert checked == len(counted)


def test_it_costs_the_same_with_three_times_as_much(office):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.get(reverse(PAGE)).status_code == 200
        return len(asked)

    a_year()
    one = cost()
    a_year()
    a_year()
    assert cost() == one <= 25


def test_it_is_for_whoever_may_see_what_is_counted(client):
    client.force_login(make.UserFactory(is_staff=True))
    assert client.get(reverse(PAGE)).status_code == 403
