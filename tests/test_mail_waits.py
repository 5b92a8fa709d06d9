"""A mail server that is down or hangs is felt by no visitor: pages write into the outbox only."""

import re
import socket

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relationships.models import Correction, Proposal
from sistercities.models import OutgoingMail
from sistercities.sending import send_due
from tests import factories as make
from tests import mailfactories
from tests.committees.desk.people import Desk
from tests.committees.desk.test_messages import FILLED
from tests.committees.desk.test_people_joining import WISH
from tests.mailguard import MailInRequest
from tests.relationships.desk.desks import login
from tests.relationships.desk.test_ties_propose import sent, to_the_check_page
from tests.relationships.test_confirm import asked, press
from tests.sistercities.fakesmtp import mail_server

pytestmark = pytest.mark.django_db
PASSWORD = "long enough a password"


@pytest.fixture(autouse=True)
def _counted_from_zero(settings, tmp_path):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def _no_line_to_anybody(monkeypatch):
    """Any connection that Python opens fails the test."""

    def connect(self, address):
        self.close()
        raise MailInRequest(f"a connection to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


shut = pytest.mark.usefixtures("_no_line_to_anybody")


def written(purpose: str) -> list[str]:
    """To whom mail of a kind waits in the outbox."""
    waiting = OutgoingMail.objects.filter(purpose=purpose, state="waiting").order_by("pk")
    return list(waiting.values_list("to", flat=True))


@shut
@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("account_request_login_code", "account-login-code"),
        ("account_reset_password", "account-reset-code"),
    ],
)
def test_a_code_waits_in_the_outbox(client, name, purpose):
    user = make.UserFactory()
    assert client.post(reverse(name), {"email": user.email}).status_code == 302
    assert written(purpose) == [user.email]


@shut
def test_a_changed_password_and_another_address_are_told_through_the_outbox(client):
    user = make.UserFactory()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    new = "four quiet green turtles"
    passwords = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), passwords)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})
    assert written("account-change") == [user.email]
    assert written("account-email-code") == ["new@example.org"]


@shut
def test_an_invitation_waits_in_the_outbox():
    desk = Desk()
    person = make.PersonFactory(email="helper@example.org")
    make.MembershipFactory(committee=desk.committee, person=person)
    assert desk.post("access-add", person.pk, role="editor").status_code == 302
    assert written("invitation") == ["helper@example.org"]


@shut
def test_the_contact_form_and_its_answer_wait_in_the_outbox(client):
    desk = Desk()
    path = reverse("public:committee-contact", args=[desk.committee.slug])
    assert client.post(path, FILLED).status_code == 302
    assert written("message") == [desk.user.email]
    thread = mailfactories.ThreadFactory(committee=desk.committee)
    mailfactories.MessageFactory(thread=thread)
    assert desk.post("thread", thread.pk, text="On Monday.").status_code == 302
    assert written("answer") == [thread.email]


@shut
def test_a_wish_to_join_and_its_answer_wait_in_the_outbox(client):
    desk = Desk()
    path = reverse("public:committee-join", args=[desk.committee.slug])
    assert client.post(path, WISH | {"_nonce": "f" * 20}).status_code == 302
    request = make.JoinRequestFactory(committee=desk.committee)
    assert desk.post("join-approve", request.pk).status_code == 302
    assert written("join-answer") == [request.email]


@shut
def test_a_proposal_of_a_tie_speaks_to_no_mail_server():
    ours = make.CommitteeFactory(cities=[make.CityFactory(name="Gómez Palacio")])
    torrance = make.CityFactory(american=True, name="Torrance", is_listed=False)
    client = login("editor", ours)
    assert sent(client, to_the_check_page(client, ours, torrance)).status_code == 302
    assert Proposal.objects.count() == 1


@shut
@pytest.mark.parametrize("answer", ["alive", "changed"])
def test_an_answer_and_a_correction_speak_to_no_mail_server(client, answer):
    inquiry = asked()
    press(client, inquiry, answer, text="The mayor is new.", name="Ann Smith", office="Clerk")
    inquiry.refresh_from_db()
    assert inquiry.answer == answer
    assert Correction.objects.count() == (answer == "changed")


@shut
def test_the_fixture_above_would_see_a_connection(client, settings):
    """And so would the guard of the whole suite (tests/mailguard.py)."""
    settings.EMAIL_BACKEND = "sistercities.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(MailInRequest, match="a connection"):
        mail.send_mail("x", "x", None, ["a@example.org"])


def test_the_guard_of_the_suite_sees_a_mail_sent_by_a_page(client, monkeypatch):
    from sistercities.accounts.adapter import AccountAdapter

    def at_once(self, template_prefix, email, context):
        mail.send_mail("x", "x", None, [email])

    monkeypatch.setattr(AccountAdapter, "send_mail", at_once)
    user = make.UserFactory()
    with pytest.raises(MailInRequest):
        client.post(reverse("account_request_login_code"), {"email": user.email})


def test_a_page_is_answered_while_the_mail_server_hangs(settings):
    """Asked, then sent to a server that hangs, then to one that works: one mail, none lost."""
    user, client = make.UserFactory(), Client()
    with mail_server(settings, "hangs") as server:
        assert (
            client.post(reverse("account_request_login_code"), {"email": user.email}).status_code
            == 302
        )
        assert server.texts == []
        assert send_due() == {"waiting": 1}
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "timed out" in row.last_error
    assert row.not_before > timezone.now()
    with mail_server(settings) as server:
        assert send_due(now=row.not_before) == {"sent": 1}
        assert send_due(now=row.not_before).total() == 0
    (arrived,) = server.mails
    code = re.search(r"\n    (\S+)\s", arrived.get_content()).group(1)
    confirm = reverse("account_confirm_login_code")
    assert client.post(confirm, {"code": code}).status_code == 302
    assert client.get(reverse("account_overview")).status_code == 200
