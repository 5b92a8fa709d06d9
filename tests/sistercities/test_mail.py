"""Mail goes into the outbox once, and out of it once, whatever the mail server does."""

import datetime
import socket
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from sistercities import sending
from sistercities.mail import checked_address, is_refused, one_line, queue, unsubscribe_address
from sistercities.models import OutgoingMail
from sistercities.sending import BETWEEN_MAILS, TAKEN_FOR, send_due
from tests.factories import UserFactory
from tests.mailfactories import OutgoingMailFactory
from tests.sistercities.fakesmtp import mail_server

State = OutgoingMail.State
LETTER = {
    "purpose": "test",
    "about": "tie-1",
    "to": "ana@example.org",
    "language": "es",
    "subject": "Hola",
    "text": "Texto\n",
}


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


# Into the outbox


@pytest.mark.django_db
def test_the_same_mail_is_written_once_whatever_the_capitals_of_the_address():
    assert queue(**LETTER) is not None
    assert queue(**LETTER | {"to": " Ana@Example.ORG "}) is None
    assert queue(**LETTER, period="2027") is not None
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db
def test_a_mail_whose_transaction_fails_was_never_written():
    with pytest.raises(RuntimeError), transaction.atomic():
        queue(**LETTER)
        raise RuntimeError
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["", "ana", "ana@example.org\nBcc: x@example.org", "a@b.org, c@d.org", "a b@c.org"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError):
        checked_address(address)


def test_a_header_is_one_line():
    hostile = "Hola\r\nBcc: x@example.org\x00\u2028\u0085otra\tvez"
    assert one_line(hostile) == "Hola Bcc: x@example.org otra vez"


# Out of it


@pytest.mark.django_db
def test_mail_arrives_with_plain_text_and_without_foreign_headers(settings):
    settings.DEFAULT_FROM_EMAIL = "Registro <registro@example.org>"
    hostile = "¿Sigue vigente?\r\nBcc: thief@example.org"
    queue(**LETTER | {"subject": hostile, "text": "Años\n.\nfin\n"}, reply_to="desk@example.org")
    with mail_server(settings) as server:
        fates = send_due()
    (mail,) = server.mails
    assert (fates["sent"], states()) == (1, [State.SENT])
    assert mail["Subject"] == "¿Sigue vigente? Bcc: thief@example.org"
    assert (mail["To"], mail["Reply-To"], mail["Bcc"]) == (
        "ana@example.org",
        "desk@example.org",
        None,
    )
    assert mail.get_content_type() == "text/plain"
    assert mail["List-Unsubscribe"] is None
    assert "Años" in mail.get_content()


@pytest.mark.django_db
def test_mail_waits_until_its_time():
    now = timezone.now()
    queue(**LETTER, not_before=now + datetime.timedelta(hours=1))
    assert send_due(now=now)["sent"] == 0
    assert send_due(now=now + datetime.timedelta(hours=2))["sent"] == 1


@pytest.mark.django_db
def test_a_refusing_server_is_asked_again_in_growing_steps_for_a_week(settings):
    mail = queue(**LETTER)
    now, waits = timezone.now(), []
    with mail_server(settings, "refuses"):
        for _step in range(30):
            send_due(now=now)
            mail.refresh_from_db()
            if mail.state == State.FAILED:
                break
            waits.append((mail.not_before - now) // datetime.timedelta(minutes=1))
            now = mail.not_before
    assert waits[:6] == [5, 30, 120, 720, 1440, 1440]
    assert mail.state == State.FAILED
    assert "nobody of that name" in mail.last_error
    assert now - mail.first_tried_at <= datetime.timedelta(days=7)
    assert now - mail.first_tried_at > datetime.timedelta(days=6)


@pytest.mark.django_db
def test_a_server_that_hangs_or_is_not_there_ends_the_run_and_loses_nothing(settings):
    OutgoingMailFactory.create_batch(3)
    with mail_server(settings, "hangs"):
        assert send_due() == {"waiting": 1}
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    assert send_due() == {"waiting": 1}
    assert states() == [State.WAITING] * 3
    with mail_server(settings) as server:
        send_due(now=timezone.now() + datetime.timedelta(hours=1))
    assert len(server.mails) == 3
    assert states() == [State.SENT] * 3


@pytest.mark.django_db
def test_a_server_that_dies_after_the_text_gets_it_twice_at_most_under_one_number(settings):
    queue(**LETTER)
    now = timezone.now()
    with mail_server(settings, "dies") as server:
        for _try in range(6):
            send_due(now=now)
            now += datetime.timedelta(days=1)
    assert len(server.mails) == 2
    assert len({mail["Message-ID"] for mail in server.mails}) == 1
    assert states() == [State.FAILED]


@pytest.mark.django_db
def test_a_sender_killed_between_sending_and_marking_doubles_a_mail_once_at_most(
    settings, monkeypatch
):
    queue(**LETTER)
    now = timezone.now()

    def killed(mail):
        raise SystemExit

    monkeypatch.setattr(sending, "_ours", killed)
    with mail_server(settings) as server:
        for _try in range(5):
            try:
                send_due(now=now)
            except SystemExit:
                pass
            assert send_due(now=now + TAKEN_FOR / 2).total() == 0
            now += TAKEN_FOR * 2
    assert len(server.mails) == 2
    assert states() == [State.FAILED]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(settings):
    OutgoingMailFactory.create_batch(12)
    errors = []

    def sender():
        try:
            send_due()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    with mail_server(settings) as server:
        senders = [threading.Thread(target=sender) for _n in range(4)]
        for each in senders:
            each.start()
        for each in senders:
            each.join()
    assert errors == []
    assert len(server.mails) == len({mail["To"] for mail in server.mails}) == 12
    assert set(states()) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_write_to_a_person_once_a_week(settings):
    OutgoingMailFactory.create_batch(6, refusable=True, person_key="person-7")

    def sender():
        send_due()
        connection.close()

    with mail_server(settings) as server:
        senders = [threading.Thread(target=sender) for _n in range(3)]
        for each in senders:
            each.start()
        for each in senders:
            each.join()
    assert len(server.mails) == 1
    assert sorted(states()) == [State.SENT] + [State.WAITING] * 5


@pytest.mark.django_db
def test_what_may_be_refused_comes_once_a_week_and_what_answers_an_act_at_once():
    for about in ("one", "two"):
        queue(**LETTER | {"about": about}, person_key="person-7", unsubscribe="campaign")
    queue(**LETTER | {"about": "code"}, person_key="person-7")
    now = timezone.now()
    assert send_due(now=now)["sent"] == 2
    assert send_due(now=now + datetime.timedelta(days=6))["sent"] == 0
    assert send_due(now=now + BETWEEN_MAILS + datetime.timedelta(hours=1))["sent"] == 1


# Refusing


@pytest.mark.django_db
def test_refusable_mail_has_a_one_press_link_that_works_without_a_token_or_login(client, settings):
    mail = queue(**LETTER, unsubscribe="campaign")
    with mail_server(settings) as server:
        send_due()
    (arrived,) = server.mails
    address = arrived["List-Unsubscribe"].strip(" <>")
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in arrived.get_content().replace("\n", "")
    path = address.removeprefix("http://testserver")
    client.handler.enforce_csrf_checks = True
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert not is_refused("ana@example.org", "campaign")
    for _press in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert is_refused("ANA@example.org", "campaign")
    assert queue(**LETTER | {"about": "other"}, unsubscribe="campaign") is None
    assert queue(**LETTER | {"about": "code"}) is not None
    assert mail.to not in path


@pytest.mark.django_db
def test_mail_that_waits_when_its_reader_refuses_is_not_sent(client):
    mail = queue(**LETTER, unsubscribe="campaign")
    client.post(unsubscribe_address(mail))
    assert send_due() == {"refused": 1}
    assert states() == [State.REFUSED]


@pytest.mark.django_db
def test_a_wrong_refusal_link_is_explained_and_changes_nothing(client):
    path = reverse("public:unsubscribe", args=["campaign.x.y.z"])
    assert client.post(path).status_code == 404
    assert client.get(path).status_code == 404


# Command, demo page, admin


@pytest.mark.django_db
def test_the_command_tells_what_it_did(capsys):
    OutgoingMailFactory.create_batch(3)
    call_command("send_queued_mail", limit=2)
    assert capsys.readouterr().out == "Sent 2, later 0, given up 0, not wanted 0; 1 wait.\n"
    call_command("send_queued_mail")
    assert capsys.readouterr().out == "Sent 1, later 0, given up 0, not wanted 0; 0 wait.\n"


@pytest.mark.django_db
def test_the_outbox_can_be_read_in_a_demo_only(client, settings):
    OutgoingMailFactory(text="Vea http://testserver/es/confirmar/abc/ <b>\n")
    settings.DEMO = False
    assert client.get("/en/mail/").status_code == 404
    settings.DEMO = True
    page = client.get(reverse("public:outbox")).content.decode()
    assert '<a href="http://testserver/es/confirmar/abc/">' in page
    assert "&lt;b&gt;" in page


@pytest.mark.django_db
def test_the_office_reads_no_text_and_may_have_a_failed_mail_tried_again(client, settings):
    mail = OutgoingMailFactory(state=State.FAILED, text="secret code 12345", attempts=9)
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "SecondFactor" not in one]
    client.force_login(UserFactory(staff=True))
    changed = client.get(reverse("admin:sistercities_outgoingmail_change", args=[mail.pk]))
    assert changed.status_code == 200
    assert "12345" not in changed.content.decode()
    client.post(
        reverse("admin:sistercities_outgoingmail_changelist"),
        {"action": "try_again", "_selected_action": [mail.pk]},
    )
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WAITING, 0)
    assert send_due()["sent"] == 1
