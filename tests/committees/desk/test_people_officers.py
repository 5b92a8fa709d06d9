"""Terms of office, access for helpers, invitations, and handing over."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Committee, Invitation, Office, OfficeTerm
from committees.rights import role_of
from sistercities.models import OutgoingMail
from tests.committees.desk.people import Desk, errors_of
from tests.factories import (
    CommitteeFactory,
    MembershipFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def member_of(desk, **person):
    return MembershipFactory(committee=desk.committee, person=PersonFactory(**person)).person


def test_a_term_begins_and_shows_on_the_list():
    desk = Desk()
    person, office = member_of(desk, name="Ana Ruiz"), OfficeFactory(role="editor")
    desk.post("term-add", person.pk, office=office.pk, begins=TODAY.isoformat())
    term = OfficeTerm.objects.get(person=person)
    assert (term.committee, term.office, term.ends) == (desk.committee, office, None)
    assert term.history.get().history_user == desk.user
    assert "Ana Ruiz" in desk.get("officers").content.decode()


def test_two_holders_of_an_exclusive_office_are_refused_in_the_models_words():
    desk = Desk()
    person, office = member_of(desk), OfficeFactory()
    OfficeTermFactory(committee=desk.committee, office=office, person=PersonFactory(name="Rosa"))
    said = errors_of(desk.post("term-add", person.pk, office=office.pk, begins=TODAY.isoformat()))
    assert said == "Rosa holds this office on some of these days. End that term first."
    assert not OfficeTerm.objects.filter(person=person).exists()


def test_an_end_before_the_beginning_and_an_unknown_office_are_refused():
    desk = Desk()
    person, office = member_of(desk), OfficeFactory()
    dates = {"begins": TODAY.isoformat(), "ends": (TODAY - DAY).isoformat()}
    assert "before it began" in errors_of(
        desk.post("term-add", person.pk, office=office.pk, **dates)
    )
    helper = OfficeFactory(on_board=False)
    for wrong in (helper.pk, 987654321, "x"):
        said = errors_of(desk.post("term-add", person.pk, office=wrong, begins=TODAY.isoformat()))
        assert said == "Choose an office of this list."


def test_a_term_ends_and_the_right_with_it():
    desk = Desk()
    other = Desk("editor", desk.committee)
    desk.post("term-end", other.term.pk, ends=(TODAY - DAY).isoformat())
    assert role_of(other.user, desk.committee) == ""
    assert other.get("people").status_code == 404


def test_a_term_that_has_not_begun_is_taken_back():
    desk = Desk()
    term = OfficeTermFactory(committee=desk.committee, begins=TODAY + 9 * DAY)
    assert "Take it back" in desk.get("term-end", term.pk).content.decode()
    desk.post("term-end", term.pk)
    assert not OfficeTerm.objects.filter(pk=term.pk).exists()


def test_the_last_coordinator_is_asked_who_takes_over():
    desk = Desk()
    person = member_of(desk, name="Ana Ruiz", email="ana@example.org")
    page = desk.get("term-end", desk.term.pk).content.decode()
    assert "Nobody else coordinates this committee" in page and "Ana Ruiz" in page
    refused = desk.post("term-end", desk.term.pk, ends=TODAY.isoformat())
    assert errors_of(refused) == "Nobody else coordinates. Say who takes over."
    desk.term.refresh_from_db()
    assert desk.term.ends is None
    desk.post("term-end", desk.term.pk, ends=TODAY.isoformat(), successor=person.pk)
    desk.term.refresh_from_db()
    new = OfficeTerm.objects.get(person=person)
    assert (desk.term.ends, new.begins, new.office) == (TODAY, TODAY + DAY, desk.term.office)
    assert Invitation.objects.get().email == "ana@example.org"
    assert OutgoingMail.objects.filter(to="ana@example.org").exists()


def test_a_successor_without_login_and_address_is_refused_and_nothing_ended():
    desk = Desk()
    person = member_of(desk, name="Ana Ruiz", email="")
    said = errors_of(
        desk.post("term-end", desk.term.pk, ends=TODAY.isoformat(), successor=person.pk)
    )
    assert said == "Enter the person's e-mail address first."
    desk.term.refresh_from_db()
    assert desk.term.ends is None
    assert not OfficeTerm.objects.filter(person=person).exists()


def test_a_stranger_cannot_be_made_the_successor():
    desk = Desk()
    said = errors_of(
        desk.post(
            "term-end",
            desk.term.pk,
            ends=TODAY.isoformat(),
            successor=MembershipFactory().person_id,
        )
    )
    assert "Choose somebody of this list." in said


def test_who_insists_leaves_and_the_national_office_sees_the_committee(client):
    desk = Desk()
    assert desk.committee not in Committee.objects.without_coordinator()
    desk.post("term-end", desk.term.pk, ends=(TODAY - DAY).isoformat(), leave="on")
    assert desk.committee in Committee.objects.without_coordinator()
    client.force_login(UserFactory(staff=True))
    lists = Committee.objects.without_coordinator()
    CommitteeFactory(state="dissolved"), CommitteeFactory(review="rejected")
    assert {one.state for one in lists} == {"active"}


def test_without_coordinator_follows_the_terms():
    committee = CommitteeFactory()
    OfficeTermFactory(committee=committee, office=OfficeFactory(role="editor"))
    assert committee in Committee.objects.without_coordinator()
    OfficeTermFactory(
        committee=committee, office=OfficeFactory(role="coordinator"), begins=TODAY + DAY
    )
    assert committee in Committee.objects.without_coordinator()
    assert committee not in Committee.objects.without_coordinator(TODAY + DAY)


def test_with_a_second_coordinator_nobody_is_asked():
    desk = Desk()
    Desk(committee=desk.committee)
    page = desk.get("term-end", desk.term.pk).content.decode()
    assert "Nobody else coordinates" not in page
    assert desk.post("term-end", desk.term.pk, ends=TODAY.isoformat()).status_code == 302


def test_the_hand_over_page_names_candidates_and_what_is_missing():
    desk = Desk("viewer")
    member_of(desk, name="Without Address", email="")
    member_of(desk, name="With Address")
    page = desk.get("people-hand-over").content.decode()
    assert "missing: an e-mail address" in page and "needs an invitation by e-mail" in page
    assert "can log in: ready" in page
    assert "Nobody coordinates this committee today" in page
    assert "Add a public contact" in Desk().get("people-hand-over").content.decode()


def test_a_helper_gets_access_an_invitation_and_no_place_on_the_board():
    desk = Desk()
    person = member_of(desk, name="Helping Hand", email="help@example.org")
    assert "Choose what the person may do." in errors_of(desk.post("access-add", person.pk))
    assert errors_of(desk.post("access-add", person.pk, role="coordinator"))
    desk.post("access-add", person.pk, role="editor", ends=(TODAY + 30 * DAY).isoformat())
    term = OfficeTerm.objects.get(person=person)
    assert (term.office.code, term.office.role, term.office.on_board) == (
        "helper-editor",
        "editor",
        False,
    )
    assert Invitation.objects.get().person == person
    page = desk.get("access").content.decode()
    assert "Helping Hand" in page and "invited" in page
    assert "Helping Hand" not in desk.get("officers").content.decode()
    other = member_of(desk, email="second@example.org")
    desk.post("access-add", other.pk, role="editor")
    assert Office.objects.filter(code="helper-editor").count() == 1
    public = desk.client.get(reverse("public:committee", args=[desk.committee.slug]))
    assert "Helper who edits" not in public.content.decode()


def test_an_invitation_is_sent_again_to_those_in_office_only():
    desk = Desk()
    person = member_of(desk, email="ana@example.org")
    assert desk.get("access-invite", person.pk).status_code == 404
    OfficeTermFactory(committee=desk.committee, person=person)
    desk.post("access-invite", person.pk)
    desk.post("access-invite", person.pk)
    assert Invitation.objects.open().count() == 1
    assert Invitation.objects.count() == 2
    silent = member_of(desk, email="")
    OfficeTermFactory(committee=desk.committee, person=silent)
    said = errors_of(desk.post("access-invite", silent.pk))
    assert said == "Enter the person's e-mail address first."


def test_the_list_of_access_says_who_until_when_and_whether_they_can_log_in():
    desk = Desk()
    OfficeTermFactory(
        committee=desk.committee,
        office=OfficeFactory(role="editor"),
        person=PersonFactory(name="No Login"),
        ends=datetime.date(2099, 5, 14),
    )
    OfficeTermFactory(committee=desk.committee, ends=TODAY - DAY, person__name="Long Gone")
    page = desk.get("access").content.decode()
    assert "No Login" in page and "until May 14, 2099" in page and "no login" in page
    assert "has a login" in page and "Long Gone" not in page
