"""Visitors write to a committee; nobody sees the other's address, nothing is lost or doubled."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees import messaging
from committees.models import Committee, Message, Thread
from committees.todo import todos
from sistercities.links import make as make_link
from sistercities.models import OutgoingMail
from tests import factories as make
from tests import mailfactories

pytestmark = pytest.mark.django_db
FILLED = {
    "name": "Eva Visita",
    "email": "eva@example.org",
    "text": "¿Cuándo se reúnen?\r\nQuiero ir.",
    "website": "",
    "_nonce": "a" * 22,
}
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def committee() -> Committee:
    """With a coordinator who logs in and an address that nobody may see."""
    committee = make.CommitteeFactory(name="Amigos de Gómez Palacio")
    officer(committee, "coordinator", "ana@example.org")
    return committee


def officer(committee, role: str, email: str):
    person = make.PersonFactory(user=make.UserFactory(email=email))
    office = make.OfficeFactory(role=role, is_exclusive=False)
    make.OfficeTermFactory(committee=committee, office=office, person=person)
    return person.user


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def contact(committee, language="es") -> str:
    with override(language):
        return reverse("public:committee-contact", args=[committee.slug])


def thread_page(thread, committee=None) -> str:
    return reverse("desk:thread", args=[(committee or thread.committee).slug, thread.pk])


def links_in(mail: OutgoingMail) -> list[str]:
    return LINK.findall(mail.text)


# The form


def test_the_committees_page_leads_to_its_form_which_shows_no_address(client, committee):
    page = client.get(committee.get_absolute_url()).content.decode()
    assert contact(committee) in page
    form = client.get(contact(committee))
    assert form.status_code == 200
    assert "ana@example.org" not in form.content.decode()
    assert form.headers["Cache-Control"] == "no-store"


def test_a_message_is_kept_and_the_coordinators_are_told_without_its_words(client, committee):
    sent = client.post(contact(committee), FILLED)
    thanks = reverse("public:committee-contact-sent", args=[committee.slug])
    assert (sent.status_code, sent.url) == (302, thanks)
    assert client.get(sent.url).status_code == 200
    message = Message.objects.get()
    assert (message.text, message.by_visitor) == ("¿Cuándo se reúnen?\nQuiero ir.", True)
    assert message.thread.email == "eva@example.org"
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.unsubscribe, mail.reply_to) == ("ana@example.org", "", "")
    assert "Eva Visita" in mail.text
    assert "reúnen" not in mail.text
    assert "eva@example.org" not in mail.text
    assert len(mail.text.splitlines()) <= 20
    with override("es"):
        assert links_in(mail)[0] == thread_page(message.thread)


def test_the_same_form_sent_twice_is_one_message(client, committee):
    for _press in range(3):
        assert client.post(contact(committee), FILLED).status_code == 302
    assert Message.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Write your name."),
        ("email", "", "Write your e-mail address."),
        ("email", "eva@example.org\nBcc: x@example.org", "like name@example.org"),
        ("text", " ", "Write your message."),
        ("text", "a" * 4001, "4,000 characters"),
        ("name", "a\0b", "Null characters"),
    ],
)
def test_a_refused_form_keeps_its_input_and_says_why_twice(client, committee, field, value, words):
    response = client.post(contact(committee, "en"), FILLED | {field: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert page.count(words) == 2
    assert "Eva Visita" in page or field == "name"
    assert Thread.objects.count() == OutgoingMail.objects.count() == 0


def test_a_program_that_fills_in_everything_is_told_that_all_went_well(client, committee):
    sent = client.post(contact(committee), FILLED | {"website": "http://spam.example"})
    assert sent.status_code == 302
    assert Thread.objects.count() == OutgoingMail.objects.count() == 0


def test_five_messages_an_hour_come_from_one_address_and_the_sixth_waits(client, committee):
    for n in range(5):
        filled = FILLED | {"_nonce": f"{n}" * 22}
        assert client.post(contact(committee), filled).status_code == 302
    refused = client.post(contact(committee, "en"), FILLED | {"_nonce": "b" * 22})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert "Quiero ir." in refused.content.decode()
    assert Thread.objects.count() == 5
    forged = client.post(
        contact(committee), FILLED | {"_nonce": "c" * 22}, headers={"X-Forwarded-For": "9.9.9.9"}
    )
    assert forged.status_code == 429
    elsewhere = client.post(
        contact(committee), FILLED | {"_nonce": "d" * 22}, REMOTE_ADDR="10.9.8.7"
    )
    assert elsewhere.status_code == 302


def test_a_form_without_a_token_is_refused(committee):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(contact(committee), FILLED).status_code == 403


@pytest.mark.parametrize("how", ["hidden", "dissolved", "unknown"])
def test_a_committee_without_a_living_page_has_no_form(client, committee, how):
    if how == "hidden":
        Committee.objects.update(review="draft")
    elif how == "dissolved":
        Committee.objects.update(state="dissolved")
    path = contact(committee) if how != "unknown" else "/es/comites/nobody/contacto/"
    assert client.get(path).status_code == 404
    assert client.post(path, FILLED).status_code == 404


def test_a_committee_without_anybody_says_so_and_keeps_nothing(client):
    lonely = make.CommitteeFactory()
    assert (
        "<form"
        not in client.get(contact(lonely)).content.decode().split("<main")[1].split("</main>")[0]
    )
    client.post(contact(lonely), FILLED)
    assert Thread.objects.count() == 0


def test_the_association_above_passes_on_what_a_lonely_committee_gets(client):
    above = make.CommitteeFactory(level="national", public_email="Office@example.org")
    lonely = make.CommitteeFactory(parent=above)
    client.post(contact(lonely), FILLED)
    mail = OutgoingMail.objects.get()
    assert mail.to == "office@example.org"
    page = Client().get(links_in(mail)[0])
    assert page.status_code == 200
    assert "Quiero ir." in page.content.decode()
    assert "eva@example.org" not in page.content.decode()


def test_looking_at_the_pages_writes_nothing(client, committee):
    thread = mailfactories.MessageFactory(thread__committee=committee).thread
    token = make_link(messaging.VISITOR, str(thread.pk), thread.email)
    paths = [contact(committee), reverse("public:conversation", args=[token])]
    for path in paths:
        for method in (client.get, client.head):
            assert method(path).status_code == 200
    counts = [model.objects.count() for model in (Thread, Message, OutgoingMail)]
    assert counts == [1, 1, 0]


# The desk


def test_the_desk_lists_reads_answers_and_closes(committee):
    thread = mailfactories.MessageFactory(
        thread__committee=committee, thread__name="Eva Visita"
    ).thread
    ana = committee.terms.get().person.user
    desk = logged_in(ana)
    listed = desk.get(reverse("desk:messages", args=[committee.slug]))
    assert "Eva Visita" in listed.content.decode()
    assert "no-store" in listed.headers["Cache-Control"]
    page = desk.get(thread_page(thread)).content.decode()
    assert "¿Cuándo se reúnen?" in page
    assert thread.email not in page
    answered = desk.post(
        thread_page(thread), {"text": "Los lunes.", "_nonce": "a" * 22}, follow=True
    )
    assert "Los lunes." in answered.content.decode()
    answer = thread.messages.get(by_visitor=False)
    assert answer.author == ana
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (thread.email, "es")
    assert "Los lunes." not in mail.text
    assert "ana@example.org" not in mail.text
    desk.post(reverse("desk:thread-close", args=[committee.slug, thread.pk]), {"_nonce": "b" * 22})
    thread.refresh_from_db()
    assert thread.closed_at is not None
    assert "<textarea" not in desk.get(thread_page(thread)).content.decode()


def test_an_empty_answer_is_refused_in_words(committee):
    thread = mailfactories.MessageFactory(thread__committee=committee).thread
    desk = logged_in(committee.terms.get().person.user)
    page = desk.post(thread_page(thread), {"text": "", "_nonce": "a" * 22}).content.decode()
    assert "<title>Error: " in page
    assert Message.objects.count() == 1


def test_messages_of_other_committees_are_not_found_and_viewers_do_not_read(committee):
    other = make.CommitteeFactory()
    theirs = mailfactories.MessageFactory(thread__committee=other).thread
    desk = logged_in(committee.terms.get().person.user)
    for path in (
        thread_page(theirs),
        thread_page(theirs, committee),
        reverse("desk:messages", args=[other.slug]),
    ):
        assert desk.get(path).status_code == 404
        assert desk.post(path, {"text": "x", "_nonce": "a" * 22}).status_code in (404, 405)
    close = reverse("desk:thread-close", args=[committee.slug, theirs.pk])
    assert desk.post(close, {"_nonce": "a" * 22}).status_code == 404
    viewer = logged_in(officer(committee, "viewer", "viewer@example.org"))
    assert viewer.get(reverse("desk:messages", args=[committee.slug])).status_code == 403
    assert Client().get(thread_page(theirs)).status_code == 302
    theirs.refresh_from_db()
    assert theirs.closed_at is None
    assert Message.objects.count() == 1


def test_an_unanswered_message_is_to_be_done_until_it_is_answered(committee):
    thread = mailfactories.MessageFactory(thread__committee=committee).thread
    closed = mailfactories.MessageFactory(thread__committee=committee).thread
    messaging.close(closed)
    mailfactories.MessageFactory()

    def lines():
        found = todos(committee, timezone.localdate(), "coordinator")
        with override("en"):
            return [line.text for line in found if "message" in line.url or "mensaje" in line.url]

    with override("en"):
        assert lines() == ["Answer 1 unanswered message"]
        messaging.committee_answers(thread, "Los lunes.")
        assert lines() == []
        messaging.visitor_writes(thread, "¿A qué hora?")
        assert lines() == ["Answer 1 unanswered message"]


# The visitor's link


def test_the_visitor_goes_on_behind_the_link_of_the_answer(client, committee):
    thread = mailfactories.MessageFactory(thread__committee=committee).thread
    messaging.committee_answers(thread, "Los lunes.")
    mail = OutgoingMail.objects.get()
    path = links_in(mail)[0]
    assert "Los lunes." in client.get(path).content.decode()
    sent = client.post(path, {"text": "Gracias.", "_nonce": "a" * 22}, follow=True)
    assert "Gracias." in sent.content.decode()
    assert thread.messages.filter(by_visitor=True).count() == 2
    assert OutgoingMail.objects.filter(to="ana@example.org").count() == 1
    messaging.close(thread)
    assert "<textarea" not in client.get(path).content.decode()
    client.post(path, {"text": "Otra vez.", "_nonce": "b" * 22})
    assert thread.messages.count() == 3


def test_a_link_to_a_conversation_that_does_not_work_is_explained(client, committee):
    thread = mailfactories.MessageFactory(thread__committee=committee).thread
    old = timezone.now() - datetime.timedelta(days=181)
    number = str(thread.pk)
    tokens = {
        "another purpose": make_link("confirm", number, thread.email),
        "another reader": make_link(messaging.VISITOR, number, "x@example.org"),
        "a stranger as committee": make_link(messaging.COMMITTEE, number, "x@example.org"),
        "no such thread": make_link(messaging.VISITOR, "9" * 30, thread.email),
        "expired": make_link(messaging.VISITOR, number, thread.email, now=old),
        "nonsense": "x.y.z.w",
    }
    for token in tokens.values():
        path = reverse("public:conversation", args=[token])
        for response in (client.get(path), client.post(path, {"text": "x", "_nonce": "a" * 22})):
            assert response.status_code in (404, 410)
            assert thread.messages.get().text not in response.content.decode()
    assert Message.objects.count() == 1
