"""The annual report and the hand-over pack: written out of what was reported."""

import datetime
import re

import pytest
from django.utils import timezone

from relationships.deriving import derive
from sistercities.models import Draft
from sistercities.partialdates import PartialDate
from tests import factories
from tests.relationships.desk.sides import at, body, officer, report, send

pytestmark = pytest.mark.django_db

YEAR = 2024


def plain(response) -> str:
    """The words of a page, one space between them."""
    text = re.sub(r"<[^>]+>", " ", body(response)).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def year(pair):
    """A year with two exchanges, gifts in two currencies, a programme and a board."""
    people = {"travellers": 20, "hosts": 8, "youth": 15, "volunteers": 4}
    for month in (3, 9):
        factories.ExchangeFactory(tie=pair.tie, begins=PartialDate(YEAR, month), **people)
    factories.ExchangeFactory(tie=pair.tie, begins=PartialDate(YEAR - 1), **people)
    factories.ExchangeFactory(tie=pair.tie, begins=PartialDate(YEAR), review="draft", **people)
    factories.ExchangeFactory(begins=PartialDate(YEAR), **people)
    factories.DonationFactory(tie=pair.tie, date=PartialDate(YEAR, 5), amount=300)
    factories.DonationFactory(tie=pair.tie, date=PartialDate(YEAR), amount=50, currency="MXN")
    factories.DonationFactory(tie=pair.tie, date=PartialDate(YEAR), in_kind=True, given_by="b")
    factories.DonationFactory(tie=pair.tie, date=PartialDate(YEAR + 1), amount=7)
    programme = factories.ProgrammeFactory(committee=pair.ours, year=YEAR)
    factories.ActivityFactory(programme=programme, title="Football", is_done=True)
    factories.ActivityFactory(programme=programme, title="Dance")
    president = factories.OfficeFactory(name_en="President")
    person = factories.PersonFactory(name="Rosa Luna")
    factories.OfficeTermFactory(
        committee=pair.ours,
        office=president,
        person=person,
        begins=datetime.date(YEAR, 2, 1),
        ends=datetime.date(YEAR, 12, 31),
    )
    return YEAR


def test_the_report_has_the_numbers_of_the_lists(pair, home, year):
    text = plain(home.get(at("annual-report", pair.ours, year)))
    listed = plain(home.get(at("exchanges", pair.ours) + f"?year={year}"))
    sums = re.search(r"(\d+) published exchanges\. Travellers: (\d+)\.", listed)
    assert sums.groups() == ("2", "40")
    assert "Young people: 30. Volunteers: 8." in listed
    numbers = "Exchanges 2 Travellers 40 Hosts 16 Of them young people 30 Volunteers 8"
    assert numbers in text
    gifts = plain(home.get(at("donations", pair.ours) + f"?year={year}"))
    for words in ("2 donations: 50 MXN and 300 USD in money", "1 donation"):
        assert words in gifts and words in text
    assert "1 of 2 planned activities done" in text
    assert "Ties in force 1" in text


def test_the_report_says_what_happened_who_led_and_how_the_ties_stand(pair, home, year):
    text = plain(home.get(at("annual-report", pair.ours, year)))
    assert f"Annual report {year}" in text and "Presented to the city council." in text
    for words in ("Football", "Dance", "An ambulance", "Rosa Luna President", "South El Monte"):
        assert words in text
    assert "Rosa Luna" not in plain(home.get(at("annual-report", pair.ours, year - 1)))


def test_the_report_is_written_in_the_language_of_the_page(pair, home, year):
    page = home.get(at("annual-report", pair.ours, year, language="es"))
    assert page.status_code == 200
    assert '<html lang="es"' in body(page) and "Una ambulancia" in plain(page)


def test_the_years_go_back_to_the_first_report_and_no_further(pair, home, year):
    text = plain(home.get(at("reports", pair.ours)))
    assert f"Report of {year - 1}" in text and f"Report of {year - 2}" not in text
    for wrong in (1949, timezone.localdate().year + 1, 99999):
        assert home.get(at("annual-report", pair.ours, wrong)).status_code == 404


def test_only_the_own_desk_reads_the_report(pair, year):
    path = at("annual-report", pair.ours, year)
    assert officer(pair.ours, "viewer").get(path).status_code == 200
    assert officer(pair.theirs, "coordinator").get(path).status_code == 404


def test_a_longer_year_asks_no_more(pair, home, year, django_assert_max_num_queries):
    path = at("annual-report", pair.ours, year)
    home.get(path)
    with django_assert_max_num_queries(18) as one:
        home.get(path)
    factories.ExchangeFactory.create_batch(2, tie=pair.tie, begins=PartialDate(YEAR, 4))
    factories.DonationFactory.create_batch(2, tie=pair.tie, date=PartialDate(YEAR, 4))
    factories.TieFactory(city_a=pair.tie.city_a)
    with django_assert_max_num_queries(len(one)):
        home.get(path)


# The hand-over pack


def test_the_pack_is_for_coordinators_and_those_who_take_office_soon(pair):
    path = at("hand-over", pair.ours)
    soon = timezone.localdate() + datetime.timedelta(days=30)
    assert officer(pair.ours, "coordinator").get(path).status_code == 200
    assert officer(pair.ours, "coordinator", begins=soon).get(path).status_code == 200
    for role in ("editor", "viewer"):
        client = officer(pair.ours, role)
        assert client.get(path).status_code == 403
        assert "Open the hand-over pack" not in body(client.get(at("reports", pair.ours)))
    assert officer(pair.ours, "viewer", begins=soon).get(path).status_code == 403
    assert officer(pair.theirs, "coordinator").get(path).status_code == 404


def test_the_pack_holds_all_that_the_next_coordinator_needs(pair, home):
    today = timezone.localdate()
    coordinator = officer(pair.ours, "coordinator")
    next_week = today + datetime.timedelta(days=7)
    tie = factories.TieFactory(
        city_a=pair.tie.city_a, city_b=factories.CityFactory(name="Downey", country="US")
    )
    signed = PartialDate(1990, next_week.month, next_week.day)
    factories.TieEventFactory(tie=tie, date=signed)
    derive([tie.pk, pair.tie.pk])
    factories.EvidenceFactory(tie=pair.tie, title="Signed agreement of 1969")
    Draft.objects.create(owner=pair.ours.pk, kind="tie", title="Tie with Norwalk")
    Draft.objects.create(owner=pair.theirs.pk, kind="tie", title="Not ours")
    factories.OfficeTermFactory(
        committee=pair.ours,
        person=factories.PersonFactory(name="Next One", email="next@example.org"),
        begins=next_week,
    )
    report(home, pair.ours, tie=str(pair.tie.pk))
    text = plain(coordinator.get(at("hand-over", pair.ours)))
    assert "Next One" in text and "next@example.org" in text
    assert f"{coordinator.user.person.name}: Coordinator" in text
    assert "Next One:" not in text  # no access yet
    assert "Downey" in text and "Signed" in text
    assert "Signed agreement of 1969" in text
    assert "Student visit" in text and "Not yet acknowledged by South El Monte" in text
    assert "Upload the signed agreement" in text or "Upload the agreement" in text
    years = next_week.year - 1990
    assert f"Downey, {years} years" in text or f"Gómez Palacio, {years} years" in text
    assert "Tie with Norwalk" in text and "Not ours" not in text


def test_a_longer_pack_asks_no_more(pair, django_assert_max_num_queries):
    client = officer(pair.ours, "coordinator")
    path = at("hand-over", pair.ours)

    def more():
        factories.EvidenceFactory(tie=pair.tie)
        factories.ExchangeFactory(tie=pair.tie, entered_by="a")
        factories.DonationFactory(tie=pair.tie, entered_by="b")
        factories.OfficeTermFactory(committee=pair.ours)

    more()
    client.get(path)
    with django_assert_max_num_queries(40) as one:
        client.get(path)
    more()
    more()
    with django_assert_max_num_queries(len(one)):
        client.get(path)


# The to-do list


def test_what_waits_for_an_acknowledgement_is_one_line_when_it_is_much(pair, away):
    factories.ExchangeFactory.create_batch(3, tie=pair.tie, entered_by="a")
    page = plain(away.get(at("home", pair.theirs)))
    assert page.count("of Gómez Palacio") == 3
    factories.ExchangeFactory(tie=pair.tie, entered_by="a")
    page = plain(away.get(at("home", pair.theirs)))
    assert "Acknowledge 4 reports of the other side" in page


def test_a_report_without_its_story_is_a_line_that_leads_to_its_form(pair, home):
    report(home, pair.ours, begins=str(timezone.localdate().year - 1), ends="")
    page = body(home.get(at("home", pair.ours)))
    exchange = pair.tie.exchanges.get()
    assert at("exchange-edit", pair.ours, exchange.pk) in page
    send(
        home,
        at("exchange-edit", pair.ours, exchange.pk),
        summary_en="They danced.",
        results_en="Friends.",
    )
    page = body(home.get(at("home", pair.ours)))
    assert at("exchange-edit", pair.ours, exchange.pk) not in page
