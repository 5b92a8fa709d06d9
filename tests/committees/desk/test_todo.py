"""What the to-do list says of the board and of the page."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from committees import todo_lines
from committees.models import OfficeTerm
from committees.todo import grouped, todos
from tests.committees.desk.people import Desk
from tests.factories import (
    CommitteeFactory,
    MembershipFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
)
from tests.page_factories import PhotoFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 1)


def day(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def committee():
    return CommitteeFactory(about="A", public_email="a@example.org", founded="1969")


def president(committee, ends=None, begins=None, office=None) -> OfficeTerm:
    office = office or OfficeFactory(code="president", role="coordinator", name="President")
    begins = begins or day(-400)
    return OfficeTermFactory(committee=committee, office=office, begins=begins, ends=ends)


def texts(committee, held="coordinator") -> list[str]:
    return [line.text for line in todos(committee, TODAY, held)]


@pytest.mark.parametrize(("days", "said"), [(0, True), (15, True), (90, True), (91, False)])
def test_the_end_of_a_term_is_said_ninety_days_before(committee, days, said):
    term = president(committee, ends=day(days))
    lines = [one for one in todo_lines.terms_that_end(committee, TODAY) if "follows" in one.text]
    assert [one.due for one in lines] == ([day(days)] if said else [])
    assert all(term.person.name in one.text for one in lines)


def test_nothing_is_said_once_the_next_holder_is_entered(committee):
    term = president(committee, ends=day(30))
    president(committee, begins=day(31), office=term.office)
    PhotoFactory(committee=committee)
    assert texts(committee) == []


def test_a_gap_between_two_coordinators_is_said(committee):
    term = president(committee, ends=day(30))
    president(committee, begins=day(40), office=term.office)
    assert [one for one in texts(committee) if "coordinates" in one]


def test_a_committee_without_a_coordinator_is_told_to_everybody_at_its_desk(committee):
    president(committee, ends=day(-1))
    assert len(texts(committee, "viewer")) == 1
    assert "national office" in texts(committee, "viewer")[0]


def test_what_visitors_look_for_first_is_missed():
    bare = CommitteeFactory(about="", founded=None)
    president(bare)
    assert len(texts(bare, "editor")) == 4
    assert texts(bare, "viewer") == []


def member(committee, paid_until, until=None, **more):
    return MembershipFactory(
        committee=committee, since=day(-900), until=until, dues_paid_until=paid_until, **more
    )


def dues(committee) -> list[str]:
    return [one.text for one in todo_lines.dues_that_are_over(committee, TODAY)]


def test_members_whose_dues_are_over_make_one_line_with_their_number(
    committee, django_assert_num_queries
):
    member(committee, day(0))
    member(committee, None)
    member(committee, day(-1), until=day(-1))
    member(committee, day(-1), person=PersonFactory(erased_at=timezone.now()))
    member(CommitteeFactory(), day(-1))
    assert dues(committee) == []
    member(committee, day(-1))
    with django_assert_num_queries(1):
        assert dues(committee) == ["Ask 1 member for this period's dues"]
    member(committee, day(-400))
    member(committee, day(-2), until=day(5))
    with django_assert_num_queries(1):
        assert dues(committee) == ["Ask 3 members for this period's dues"]


def test_the_line_about_dues_waits_for_a_good_moment_and_is_no_viewers(committee):
    member(committee, day(-300))
    lines = [one for one in todos(committee, TODAY, "editor") if "dues" in one.text]
    assert [group.key for group in grouped(lines, TODAY)] == ["later"]
    assert not [one for one in texts(committee, "viewer") if "dues" in one]


def test_the_line_about_dues_leads_to_exactly_those_members():
    desk = Desk()
    today = timezone.localdate()
    for name, days in (("Owes One", -1), ("Owes Two", -500), ("Paid Up", 1)):
        person = PersonFactory(name=name)
        member(desk.committee, today + datetime.timedelta(days=days), person=person)
    (line,) = todo_lines.dues_that_are_over(desk.committee, today)
    page = desk.client.get(line.url).content.decode()
    assert "Owes One" in page and "Owes Two" in page and "Paid Up" not in page
    assert "Members whose dues are over" in page and "2 members" in page
    found = desk.client.get(line.url + "&q=two").content.decode()
    assert "Owes Two" in found and "Owes One" not in found
    assert 'name="show" value="dues"' in found
    assert "Paid Up" in desk.get("people").content.decode()


def test_the_board_costs_one_question_however_large(committee, django_assert_num_queries):
    office = OfficeFactory(is_exclusive=False)
    for _number in range(6):
        president(committee, ends=day(20), office=office)
    with django_assert_num_queries(1):
        assert len(list(todo_lines.terms_that_end(committee, TODAY))) > 5
