"""The week's mail to the office: once a week and person, and only of what they may see."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sistercities import links
from sistercities.digest import PURPOSE, as_it_is_now, send_digest
from sistercities.mail import body_of, refuse, unsubscribe_address
from sistercities.models import OutgoingMail, User
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = timezone.make_aware(datetime.datetime(2026, 11, 16, 6))
SENT = {"review": "submitted"}


@pytest.fixture
def boss() -> User:
    make.TieFactory(**SENT)
    return make.UserFactory(staff=True)


def digests():
    return OutgoingMail.objects.filter(purpose=PURPOSE).order_by("pk")


def test_it_is_written_once_a_week_and_person(boss):
    sunday = MONDAY + datetime.timedelta(days=6, hours=17)
    assert [send_digest(when) for when in (MONDAY, MONDAY, sunday)] == [1, 0, 0]
    boss.email = "changed@example.org"
    boss.save()
    assert send_digest(sunday) == 0
    assert send_digest(MONDAY + datetime.timedelta(days=7)) == 1
    assert [mail.period for mail in digests()] == ["2026-W47", "2026-W48"]


def test_the_week_is_that_of_iso_also_over_a_years_end(boss):
    for day in (datetime.datetime(2027, 1, 1, 12), datetime.datetime(2026, 12, 28, 12)):
        send_digest(timezone.make_aware(day))
    assert [mail.period for mail in digests()] == ["2026-W53"]


def test_each_reads_of_the_queues_that_they_may_see(boss):
    clerk = make.UserFactory(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_committee"))
    make.UserFactory(is_staff=True)
    make.UserFactory()
    make.CommitteeFactory(**SENT)
    assert send_digest(MONDAY) == 2
    texts = {mail.to: mail.text for mail in digests()}
    assert set(texts) == {boss.email, clerk.email}
    assert "/relationships/tie/?queue=ties-sent" in texts[boss.email]
    assert "/relationships/" not in texts[clerk.email]
    assert "- Committees to review: 1 (since " in texts[clerk.email]
    assert "/committees/committee/?queue=committees-sent" in texts[clerk.email]


def test_nobody_is_written_to_while_nothing_waits():
    make.UserFactory(staff=True)
    assert send_digest(MONDAY) == 0


def test_who_refused_it_or_left_the_office_gets_none(boss):
    refuse(links.recipient_of(boss.email), PURPOSE)
    make.UserFactory(is_staff=True, is_superuser=True, is_active=False)
    assert send_digest(MONDAY) == 0


def test_it_can_be_refused_in_the_mail_itself(boss):
    send_digest(MONDAY)
    mail = digests().get()
    assert mail.unsubscribe == PURPOSE
    assert unsubscribe_address(mail) in body_of(mail).splitlines()[-1]


def test_it_says_what_waits_when_it_goes_out_and_nothing_to_who_left(boss):
    send_digest(MONDAY)
    mail = digests().get()
    make.TieFactory(**SENT)
    _subject, text = as_it_is_now(mail)
    assert "- Ties to review: 1 (" in mail.text
    assert "- Ties to review: 2 (" in text
    User.objects.filter(pk=boss.pk).update(is_staff=False)
    assert as_it_is_now(mail) is None


def test_each_queue_is_counted_once_for_all(boss):
    def cost() -> int:
        OutgoingMail.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            send_digest(MONDAY)
        return sum("waiting_since" in one["sql"] or "MIN(" in one["sql"] for one in asked)

    one = cost()
    make.UserFactory(staff=True)
    make.UserFactory(staff=True)
    assert cost() == one > 10


def test_the_command_says_how_many(boss, capsys):
    call_command("send_digest")
    assert capsys.readouterr().out == "Wrote 1 mails; send_queued_mail sends them.\n"
