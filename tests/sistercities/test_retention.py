"""What is kept no longer goes, and a second run finds nothing."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from committees.models import Invitation, JoinRequest, MemberImport, Message, Thread
from sistercities import links, retention
from sistercities.models import (
    CacheEntry,
    Draft,
    FormReceipt,
    Knock,
    OutgoingMail,
    UsedLink,
)
from tests import factories as make
from tests.mailfactories import MessageFactory, OutgoingMailFactory, ThreadFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=400)
VERY_LONG_AGO = timezone.now() - datetime.timedelta(days=800)


def test_a_second_run_deletes_nothing(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(retention, "_duties", {})
    Draft.objects.create(owner=1, kind="old", changed_at=LONG_AGO)
    Draft.objects.create(owner=1, kind="new")
    FormReceipt.objects.create(nonce="old", made_at=LONG_AGO)
    FormReceipt.objects.create(nonce="new")
    Session.objects.create(session_key="old", session_data="", expire_date=LONG_AGO)
    Session.objects.create(session_key="new", expire_date=timezone.now().replace(year=9999))
    others = ("exports", "jobs", "mails", "used links", "tries", "cache", "devices", "files")
    nothing = dict.fromkeys(others, 0)
    expected = nothing | {"drafts": 1, "receipts": 1, "sessions": 1}
    assert retention.run() == expected
    assert retention.run() == dict.fromkeys(expected, 0)
    assert (Draft.objects.get().kind, FormReceipt.objects.get().nonce) == ("new", "new")
    assert Session.objects.get().session_key == "new"


def test_other_apps_have_duties_too(settings, tmp_path, monkeypatch, capsys):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(retention, "_duties", {})
    retention.duty("letters", lambda: 3)
    call_command("retention")
    assert capsys.readouterr().out.splitlines()[0] == "letters: 3"


def run_twice() -> dict[str, int]:
    """What the first run deleted; the second finds nothing."""
    first = {name: count for name, count in retention.run().items() if count}
    assert set(retention.run().values()) == {0}
    return first


def days_ago(count: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=count)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def test_the_text_of_a_sent_mail_goes_after_a_month_and_the_mail_is_still_sent_once():
    State = OutgoingMail.State
    for state, days in ((State.SENT, 31), (State.SENT, 29), (State.FAILED, 31)):
        sent = {"sent_at": days_ago(days)} if state == State.SENT else {}
        OutgoingMailFactory(
            about=f"{state}-{days}",
            state=state,
            created_at=days_ago(days),
            first_tried_at=days_ago(days),
            **sent,
        )
    OutgoingMailFactory(about="waits", not_before=days_ago(300), created_at=days_ago(800))
    OutgoingMailFactory(about="ancient", state=State.SENT, created_at=VERY_LONG_AGO)
    assert run_twice() == {"mails": 3}
    texts = dict(OutgoingMail.objects.values_list("about", "text"))
    assert {about for about, text in texts.items() if text} == {"sent-29", "waits"}
    assert {about for about, text in texts.items() if not text} == {"sent-31", "failed-31"}
    emptied = OutgoingMail.objects.get(about="sent-31")
    assert (emptied.subject, emptied.to != "") == ("", True)


def test_what_was_used_tried_or_kept_for_a_while_is_forgotten():
    assert datetime.timedelta(days=links.DAYS) < UsedLink.KEPT
    for days in (59, 61):
        UsedLink.objects.create(fingerprint=str(days), purpose="p", used_at=days_ago(days))
    for days in (0, 2):
        Knock.objects.create(who=str(days), at=days_ago(days))
        CacheEntry.objects.create(cache_key=str(days), value="", expires=days_ago(days - 1))
    assert run_twice() == {"used links": 1, "tries": 1, "cache": 1}
    assert UsedLink.objects.get().fingerprint == "59"
    assert Knock.objects.get().who == CacheEntry.objects.get().cache_key == "0"


def test_the_devices_of_logins_that_are_over_are_forgotten():
    user = make.UserFactory()
    Session.objects.create(session_key="lives", expire_date=days_ago(-5))
    Session.objects.create(session_key="ended", expire_date=days_ago(5))
    for key in ("lives", "ended", "unknown"):
        UserSession.objects.create(user=user, session_key=key, ip="fd00::1", user_agent="x")
    assert run_twice() == {"sessions": 1, "devices": 2}
    assert UserSession.objects.get().session_key == "lives"


def test_what_visitors_wrote_goes_after_two_years_message_by_message():
    over = ThreadFactory(began_at=days_ago(800))
    MessageFactory(thread=over, sent_at=days_ago(731))
    goes_on = ThreadFactory(began_at=days_ago(800))
    MessageFactory(thread=goes_on, sent_at=days_ago(731))
    newer = MessageFactory(thread=goes_on, sent_at=days_ago(729))
    make.JoinRequestFactory(asked_at=days_ago(731))
    kept = make.JoinRequestFactory(asked_at=days_ago(729))
    assert run_twice() == {"messages": 3, "requests to join": 1}
    assert (Thread.objects.get(), Message.objects.get()) == (goes_on, newer)
    assert JoinRequest.objects.get() == kept


def test_invitations_that_nobody_accepted_go_after_thirty_days():
    committee, by = make.CommitteeFactory(), make.UserFactory()
    for days, accepted in ((31, None), (29, None), (31, days_ago(20))):
        person = make.PersonFactory()
        Invitation.objects.create(
            email=person.email,
            committee=committee,
            person=person,
            invited_by=by,
            created_at=days_ago(days),
            accepted_at=accepted,
        )
    assert run_twice() == {"invitations": 1}
    assert Invitation.objects.filter(accepted_at=None).get().is_open()


def test_lists_of_members_that_were_never_carried_out_go_after_a_month():
    committee = make.CommitteeFactory()
    for days, done in ((31, None), (29, None), (31, days_ago(30))):
        MemberImport.objects.create(
            committee=committee, seen="x", planned_at=days_ago(days), committed_at=done
        )
    assert run_twice() == {"lists of members": 1}
    assert MemberImport.objects.count() == 2
