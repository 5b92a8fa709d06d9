"""Senders as real processes: two at once, and one that is killed with a mail in its hands."""

import os
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from sistercities.models import OutgoingMail
from sistercities.sending import TAKEN_FOR, send_due
from tests.mailfactories import OutgoingMailFactory
from tests.processes import ROOT, database_url
from tests.sistercities.fakesmtp import FakeSMTP, mail_server

pytestmark = pytest.mark.django_db(transaction=True)
State = OutgoingMail.State


def sender(server: FakeSMTP) -> subprocess.Popen:
    """`manage.py send_queued_mail` as cron starts it, on the database of the test."""
    more = {
        "DJANGO_SETTINGS_MODULE": "sistercities.settings",
        "SECRET_KEY": "another process of the same site",
        "DATABASE_URL": database_url(),
        "CACHE_URL": "",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }
    kept = {key: value for key, value in os.environ.items() if key not in more}
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_queued_mail"],
        cwd=ROOT,
        env=kept | {key: value for key, value in more.items() if value},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_runs_of_the_command_at_once_send_each_mail_once(settings):
    OutgoingMailFactory.create_batch(20)
    with mail_server(settings) as server:
        runs = [sender(server) for _run in range(2)]
        said = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert len(server.mails) == len({mail["To"] for mail in server.mails}) == 20
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}
    assert sum(int(line.split()[1].strip(",")) for line in said) == 20, said


def test_a_killed_sender_errs_towards_twice_and_never_towards_not_at_all(settings):
    """The server has the text when the sender is killed, and nobody knows: the mail is sent once
    more under the same Message-ID, by which mail programs see the repeat. A code or an invitation
    that comes twice is a nuisance; one that never comes shuts somebody out."""
    mail = OutgoingMailFactory()
    with mail_server(settings, "holds") as server:
        run = sender(server)
        until = time.monotonic() + 60
        while not server.texts and time.monotonic() < until:
            time.sleep(0.05)
        run.kill()
        run.communicate()
    assert len(server.mails) == 1
    mail.refresh_from_db()
    assert mail.state == State.SENDING
    now = timezone.now()
    with mail_server(settings) as second:
        assert send_due(now=now).total() == 0, "perhaps the sender still lives"
        assert send_due(now=now + TAKEN_FOR * 2) == {"sent": 1}
        assert send_due(now=now + TAKEN_FOR * 4).total() == 0
    assert [one["Message-ID"] for one in second.mails] == [server.mails[0]["Message-ID"]]
    mail.refresh_from_db()
    assert (mail.state, mail.doubtful) == (State.SENT, 1)
