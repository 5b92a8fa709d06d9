"""Rights follow the terms of office, from the first to the last day; nothing else gives them."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from committees.models import Committee
from committees.rights import PREPARE_DAYS, enter, role_of
from tests.factories import (
    CommitteeFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 1)
DAY = datetime.timedelta(days=1)


def holder(role="coordinator", begins=TODAY - 10 * DAY, ends=None, **more):
    """A user with a term in a committee: (user, committee)."""
    person = PersonFactory(user=UserFactory())
    office = OfficeFactory(role=role)
    term = OfficeTermFactory(office=office, person=person, begins=begins, ends=ends, **more)
    return person.user, term.committee


def role_at(user, committee, on=TODAY) -> str:
    """The role, which the door of the desk finds as well."""
    role = role_of(user, committee, on=on)
    assert enter(user, committee.slug, on=on) == ((committee, role) if role else None)
    return role


@pytest.mark.parametrize(
    ("held", "reaches"),
    [
        ("coordinator", {"coordinator", "editor", "viewer"}),
        ("editor", {"editor", "viewer"}),
        ("viewer", {"viewer"}),
    ],
)
def test_each_role_includes_those_below_it(held, reaches):
    user, committee = holder(held)
    found = {
        role
        for role in ("coordinator", "editor", "viewer")
        if committee in Committee.objects.for_user(user, role, on=TODAY)
    }
    assert found == reaches
    assert role_at(user, committee, on=TODAY) == held


@pytest.mark.parametrize(
    ("begins", "ends", "on", "role"),
    [
        (TODAY, TODAY, TODAY, "coordinator"),
        (TODAY, TODAY, TODAY + DAY, ""),
        (TODAY, None, TODAY - DAY, "viewer"),
        (TODAY, None, TODAY - PREPARE_DAYS * DAY, "viewer"),
        (TODAY, None, TODAY - (PREPARE_DAYS + 1) * DAY, ""),
        (TODAY - 400 * DAY, TODAY - DAY, TODAY, ""),
    ],
)
def test_a_right_begins_and_ends_with_the_term_and_the_elect_may_look(begins, ends, on, role):
    user, committee = holder(begins=begins, ends=ends)
    assert role_at(user, committee, on=on) == role
    assert (committee in Committee.objects.for_user(user, on=on)) is bool(role)
    full = role == "coordinator"
    assert (committee in Committee.objects.for_user(user, "editor", on=on)) is full


def test_the_highest_of_several_terms_counts():
    user, committee = holder("viewer")
    OfficeTermFactory(
        office=OfficeFactory(role="editor"),
        person=user.person,
        committee=committee,
        begins=TODAY,
    )
    assert role_at(user, committee, on=TODAY) == "editor"


def test_a_term_elsewhere_gives_nothing_here():
    user, _committee = holder()
    other = CommitteeFactory()
    assert role_at(user, other, on=TODAY) == ""
    assert other not in Committee.objects.for_user(user, on=TODAY)


def test_nobody_has_a_desk_by_working_at_the_national_office():
    user, committee = UserFactory(staff=True), CommitteeFactory()
    assert not Committee.objects.for_user(user).exists()
    assert role_at(user, committee) == ""


def test_visitors_and_logins_that_were_closed_have_no_desk():
    user, committee = holder()
    assert not Committee.objects.for_user(AnonymousUser(), on=TODAY).exists()
    user.is_active = False
    user.save()
    assert not Committee.objects.for_user(user, on=TODAY).exists()
    assert role_at(user, committee, on=TODAY) == ""


@pytest.mark.parametrize("review", Committee.Review.values)
def test_a_refused_or_merged_committee_has_no_desk(review):
    user, committee = holder(committee=CommitteeFactory(review=review))
    has = review not in ("rejected", "merged")
    assert Committee.objects.for_user(user, on=TODAY).exists() is has
    assert bool(role_at(user, committee, on=TODAY)) is has


def test_somebody_with_two_offices_finds_each_committee_once():
    user, committee = holder("viewer")
    OfficeTermFactory(
        office=OfficeFactory(role="coordinator"),
        person=user.person,
        committee=committee,
        begins=TODAY,
    )
    assert list(Committee.objects.for_user(user, on=TODAY)) == [committee]
