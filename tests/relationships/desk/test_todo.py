"""What the to-do list says of ties and exchanges."""

import datetime

import pytest

from relationships import todo
from relationships.deriving import derive
from relationships.models import Evidence, Exchange
from sistercities.partialdates import PartialDate
from tests.factories import (
    CityFactory,
    CommitteeFactory,
    ConfirmationFactory,
    EvidenceFactory,
    ExchangeFactory,
    TieEventFactory,
    TieFactory,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 1)


def day(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


@pytest.fixture
def city():
    return CityFactory(name="Gómez Palacio")


@pytest.fixture
def committee(city):
    return CommitteeFactory(cities=[city])


def tie(city, other="South El Monte", **more):
    """A signed tie of our city; ours is the first side, since its number is lower."""
    found = TieFactory(city_a=city, city_b=CityFactory(name=other), review="published", **more)
    TieEventFactory(tie=found, kind="signed", date="1969")
    derive([found.pk], today=TODAY)
    return found


def lines(source, committee):
    return list(source(committee, TODAY))


def test_a_tie_that_nobody_confirmed_is_to_be_confirmed(city, committee):
    tie(city)
    (line,) = lines(todo.ties_to_confirm, committee)
    assert "South El Monte" in line.text
    assert (line.due, line.done) == (None, False)


@pytest.mark.parametrize(("days", "stale"), [(-365, False), (-366, True)])
def test_an_answer_of_our_side_holds_for_a_year(city, committee, days, stale):
    ConfirmationFactory(tie=tie(city), side="a", answered_on=day(days))
    (line,) = lines(todo.ties_to_confirm, committee)
    assert line.done is not stale
    if stale:
        assert line.due == day(-1)


def test_an_answer_of_the_other_side_is_not_ours(city, committee):
    ConfirmationFactory(tie=tie(city), side="b", answered_on=TODAY)
    (line,) = lines(todo.ties_to_confirm, committee)
    assert not line.done


def test_several_ties_are_one_line(city, committee):
    for name in ("One", "Two", "Three"):
        tie(city, name)
    (line,) = lines(todo.ties_to_confirm, committee)
    assert "3" in line.text


def test_drafts_are_not_to_be_confirmed(city, committee):
    draft = tie(city)
    draft.review = "draft"
    draft.save()
    assert lines(todo.ties_to_confirm, committee) == []


def test_ended_and_foreign_ties_ask_for_nothing(city, committee):
    ended = tie(city, "Elsewhere")
    TieEventFactory(tie=ended, kind="ended", date="2004")
    derive([ended.pk], today=TODAY)
    tie(CityFactory(name="Foreign"), "Other")
    for source in (todo.ties_to_confirm, todo.agreements_to_upload):
        assert lines(source, committee) == []


def test_a_signed_tie_without_an_agreement_to_show_asks_for_one(city, committee):
    found = tie(city)
    (line,) = lines(todo.agreements_to_upload, committee)
    assert "South El Monte" in line.text
    EvidenceFactory(tie=found, kind=Evidence.Kind.PRESS, url="https://example.org/")
    assert len(lines(todo.agreements_to_upload, committee)) == 1
    EvidenceFactory(tie=found, kind=Evidence.Kind.AGREEMENT, url="https://example.org/a")
    assert lines(todo.agreements_to_upload, committee) == []


def test_an_exchange_that_is_over_asks_for_its_report(city, committee):
    found = tie(city)
    begins = PartialDate.of(day(-40))
    over = ExchangeFactory(
        tie=found, begins=begins, summary="", results="", title_es="Visit", title_en="Visit"
    )
    ExchangeFactory(tie=found, begins=PartialDate.of(day(40)), summary="", results="")
    ExchangeFactory(tie=found, begins=PartialDate(2015), summary="", results="")
    (line,) = lines(todo.reports_to_write, committee)
    assert "Visit" in line.text
    assert line.due == day(-10)
    Exchange.objects.filter(pk=over.pk).update(summary_es="Fue", results_en="Friends")
    assert lines(todo.reports_to_write, committee) == []


def test_the_report_of_what_the_other_side_entered_is_theirs(city, committee):
    begins = PartialDate.of(day(-40))
    ExchangeFactory(tie=tie(city), begins=begins, summary="", results="", entered_by="b")
    assert lines(todo.reports_to_write, committee) == []


def test_more_than_three_reports_are_one_line(city, committee):
    found = tie(city)
    for number in range(4):
        begins = PartialDate.of(day(-40 - number))
        ExchangeFactory(tie=found, begins=begins, summary="", results="")
    (line,) = lines(todo.reports_to_write, committee)
    assert "4" in line.text
    assert line.due == day(-13)


def test_the_list_costs_the_same_however_many_ties(city, committee, django_assert_num_queries):
    for name in "abcdef":
        tie(city, name)
    for source in (todo.ties_to_confirm, todo.agreements_to_upload, todo.reports_to_write):
        with django_assert_num_queries(1):
            lines(source, committee)
