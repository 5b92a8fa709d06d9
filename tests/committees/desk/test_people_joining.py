"""Asking to join: the public form, the desk's answers, the mail about them."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Committee, JoinRequest, Membership, Person
from committees.todo import todos
from sistercities.models import OutgoingMail
from tests.committees.desk.people import Desk, errors_of
from tests.factories import CommitteeFactory, JoinRequestFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

WISH = {
    "name": "Lucía Prueba",
    "email": "lucia@example.org",
    "why": "I teach\r\nEnglish.",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def form_of(committee):
    return reverse("public:committee-join", args=[committee.slug])


def send(committee, nonce="f" * 20, client=None, **more):
    return (client or Client()).post(form_of(committee), WISH | {"_nonce": nonce} | more)


def test_the_form_stands_under_the_words_of_each_language():
    committee = CommitteeFactory()
    assert form_of(committee) == f"/en/committees/{committee.slug}/join/"
    page = Client().get(form_of(committee)).content.decode()
    assert "two years at most" in page and committee.name in page


def test_a_request_is_kept_and_the_next_page_says_what_happens():
    committee = CommitteeFactory()
    response = send(committee)
    assert response.url == reverse("public:committee-join-sent", args=[committee.slug])
    assert "within two weeks" in Client().get(response.url).content.decode()
    wish = JoinRequest.objects.get()
    assert (wish.name, wish.email, wish.why) == (WISH["name"], WISH["email"], "I teach\nEnglish.")
    assert (wish.language, wish.wording_version, wish.committee) == ("en", "2026-1", committee)


def test_everybody_gets_the_same_answer_whoever_they_are():
    committee = CommitteeFactory()
    MembershipFactory(
        committee=committee, person=PersonFactory(name="Known", email="known@example.org")
    )
    JoinRequestFactory(committee=committee, email="waits@example.org")
    answers = {
        (response.status_code, response.url, response.content)
        for n, address in enumerate(("new@example.org", "known@example.org", "waits@example.org"))
        for response in [send(committee, nonce=f"{n}" * 20, email=address)]
    }
    assert len(answers) == 1
    assert JoinRequest.objects.filter(email="waits@example.org").count() == 1


def test_a_program_that_fills_in_the_trap_is_thanked_and_nothing_is_kept():
    committee = CommitteeFactory()
    response = send(committee, website="http://spam.example")
    assert response.url == reverse("public:committee-join-sent", args=[committee.slug])
    assert not JoinRequest.objects.exists()


def test_five_an_hour_from_one_address_and_no_more_whatever_is_claimed():
    committee = CommitteeFactory()
    for n in range(5):
        assert send(committee, nonce=f"{n}" * 20, email=f"a{n}@example.org").status_code == 302
    client = Client(headers={"x-forwarded-for": "203.0.113.9"})
    late = send(committee, nonce="9" * 20, client=client, email="late@example.org")
    assert late.status_code == 429
    assert late.headers["Retry-After"] == "3600"
    assert "late@example.org" in late.content.decode()
    assert JoinRequest.objects.count() == 5


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "x"}, {"agreed": ""}, {"why": "x" * 1001}]
)
def test_what_is_missing_is_said_beside_its_field_and_all_is_kept(wrong):
    committee = CommitteeFactory()
    response = send(committee, **wrong)
    assert list(response.context["form"].errors) == list(wrong)
    page = response.content.decode()
    assert "<title>Error: " in page
    assert WISH["name"] in page or "name" in wrong
    assert not JoinRequest.objects.exists()


def test_a_form_without_its_nonce_comes_back_filled_in_and_twice_the_same_is_one():
    committee, client = CommitteeFactory(), Client()
    again = client.post(form_of(committee), WISH)
    assert again.status_code == 200 and WISH["email"] in again.content.decode()
    assert send(committee, client=client).url == send(committee, client=client).url
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize(
    "state", [{"review": "draft"}, {"review": "rejected"}, {"state": "dissolved"}]
)
def test_only_living_published_committees_have_a_form(state):
    committee = CommitteeFactory(**state)
    assert Client().get(form_of(committee)).status_code == 404
    assert send(committee).status_code == 404


def test_an_old_address_leads_to_the_new_one():
    committee = CommitteeFactory()
    old = form_of(committee)
    committee.slug = "another-name"
    committee.save()
    assert Client().get(old).url == form_of(committee)


def test_approving_makes_a_member_and_tells_them_by_mail():
    desk = Desk()
    wish = JoinRequestFactory(committee=desk.committee, name="Lucía Prueba", language="es")
    response = desk.post("join-approve", wish.pk)
    assert response.url == desk.url("join-requests")
    member = Membership.objects.get(committee=desk.committee)
    assert (member.person.name, member.person.email) == ("Lucía Prueba", wish.email)
    assert member.since == timezone.localdate()
    assert member.history.get().history_user == desk.user
    wish.refresh_from_db()
    assert (wish.answer, wish.answered_by, wish.person) == ("approved", desk.user, member.person)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (wish.email, "es")
    assert desk.committee.name in mail.subject and "Lucía Prueba" in mail.text
    assert len(mail.text.splitlines()) <= 20
    assert desk.user.email not in mail.text


def test_a_second_coordinator_who_answers_later_changes_nothing():
    desk = Desk()
    wish = JoinRequestFactory(committee=desk.committee)
    desk.post("join-approve", wish.pk)
    late = desk.client.post(
        desk.url("join-decline", wish.pk), {"_nonce": "g" * 20, "reason": "No."}, follow=True
    )
    assert "answered this request already" in late.content.decode()
    assert JoinRequest.objects.get().answer == "approved"
    assert OutgoingMail.objects.count() == 1


def test_declining_needs_a_reason_and_sends_it():
    desk = Desk()
    wish = JoinRequestFactory(committee=desk.committee, language="en")
    assert "Write a sentence" in errors_of(desk.post("join-decline", wish.pk, reason=" "))
    desk.post("join-decline", wish.pk, reason="We meet again in May.")
    mail = OutgoingMail.objects.get()
    assert "We meet again in May." in mail.text
    assert mail.text.index("Thank you") < mail.text.index("Le agradecemos")
    assert not Membership.objects.exists()
    assert "We meet again in May." in desk.get("join-requests").content.decode()


def test_who_is_a_member_already_is_not_made_one_twice():
    desk = Desk()
    person = PersonFactory(name="Lucía Prueba", email="lucia@example.org")
    MembershipFactory(committee=desk.committee, person=person)
    wish = JoinRequestFactory(
        committee=desk.committee, name="Lucia prueba", email="lucia@example.org"
    )
    desk.post("join-approve", wish.pk)
    assert Membership.objects.count() == 1
    assert not Person.objects.filter(name="Lucia prueba").exists()


def test_the_to_do_list_counts_those_who_wait_for_coordinators_only():
    desk = Desk()
    JoinRequestFactory.create_batch(2, committee=desk.committee)
    JoinRequestFactory(committee=desk.committee, answer="declined")
    JoinRequestFactory()
    today = timezone.localdate()
    lines = [line.text for line in todos(desk.committee, today, "coordinator")]
    assert "2 people want to join: answer" in lines
    assert not [one for one in todos(desk.committee, today, "editor") if "join" in one.text]
    assert "2 people want to join" in desk.get("people").content.decode()


def test_hostile_words_are_shown_as_words_and_make_no_header():
    desk = Desk()
    name = "Ana\r\nBcc: x@example.org <script>alert(1)</script>"
    send(desk.committee, name=name, why="<script>alert(2)</script>")
    page = desk.get("join-requests").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 1 <= page.count("&lt;script&gt;alert(2)")
    desk.post("join-approve", JoinRequest.objects.get().pk)
    mails = OutgoingMail.objects.all()
    assert {mail.purpose for mail in mails} == {"desk-news", "join-answer"}
    assert not any("\n" in mail.subject for mail in mails)


def test_requests_are_forgotten_after_two_years():
    old = timezone.now() - datetime.timedelta(days=731)
    JoinRequestFactory(asked_at=old), JoinRequestFactory()
    assert JoinRequest.purge() == 1
    assert JoinRequest.purge() == 0
    assert JoinRequest.objects.count() == 1
    assert Committee.objects.count() == 2
