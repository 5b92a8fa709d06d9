"""One mail a day tells coordinators what is new at their desk, and only what still matters."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import JoinRequest, OfficeTerm
from committees.news import PURPOSE
from committees.people import joining
from relationships.models import Donation, Exchange
from sistercities.mail import MOST_LINES
from sistercities.models import OutgoingMail
from sistercities.sending import send_due
from tests import factories as make
from tests.mailfactories import OutgoingMailFactory
from tests.relationships.desk.sides import at, give, officer, report, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(pair):
    """Who coordinates side "a"."""
    return officer(pair.ours, "coordinator").user


@pytest.fixture
def chair(pair):
    """Who coordinates side "b"."""
    return officer(pair.theirs, "coordinator").user


def waiting():
    return OutgoingMail.objects.filter(purpose=PURPOSE).order_by("pk")


def tomorrow():
    return timezone.now() + datetime.timedelta(days=1, hours=8)


def sent(mailoutbox, user):
    """What went out to somebody the next morning."""
    send_due(now=tomorrow())
    return [mail for mail in mailoutbox if mail.to == [user.email]]


def wish(committee, number=0):
    joining.ask(committee, name="Lucía", email=f"lucia{number}@example.org", why="")


def test_what_the_other_side_reports_is_told_the_next_morning(home, pair, boss, chair, mailoutbox):
    report(home, pair.ours)
    give(home, pair.ours)
    (mail,) = waiting()
    assert (mail.to, mail.language, mail.unsubscribe) == (chair.email, "en", PURPOSE)
    send_due(now=timezone.now())
    assert not mailoutbox
    (mail,) = sent(mailoutbox, chair)
    assert "South El Monte Committee" in mail.subject
    own, other = mail.body.split("-" * 40)
    assert "Gómez Palacio reported “Student visit”. Is it right?" in own
    assert "1,200.50" in own and "1,200.50" in other
    assert (own.count("http"), other.count("http")) == (1, 2)  # the other's last one refuses more
    assert len(mail.body.splitlines()) <= MOST_LINES
    assert mail.extra_headers["List-Unsubscribe"]
    reader = Client()
    reader.force_login(chair)
    path = own[own.index("/en/") :].split()[0]
    assert path == at("home", pair.theirs) and reader.get(path).status_code == 200


def test_the_answer_goes_back_to_who_reported(home, away, pair, boss, mailoutbox):
    report(home, pair.ours)
    give(home, pair.ours)
    visit, gift = Exchange.objects.get(), Donation.objects.get()
    page = at("exchange", pair.theirs, visit.pk)
    send(away, at("exchange-acknowledge", pair.theirs, visit.pk))
    send(away, at("donation-object", pair.theirs, gift.pk), text="It was less.")
    assert away.get(page).status_code == 200
    (mail,) = sent(mailoutbox, boss)
    assert "South El Monte acknowledged “Student visit”." in mail.body
    assert "South El Monte says that “" in mail.body and "It was less." not in mail.body


def test_people_who_want_to_join_are_counted_in_one_mail_a_day(pair, boss, mailoutbox):
    for number in range(3):
        wish(pair.ours, number)
    assert waiting().count() == 1
    (mail,) = sent(mailoutbox, boss)
    assert "3 people want to join and wait for an answer." in mail.body
    assert "Lucía" not in mail.body
    JoinRequest.objects.update(asked_at=timezone.now())
    wish(pair.ours, 9)
    assert waiting().count() == 1  # of this day; tomorrow there is another one


def test_what_was_dealt_with_before_the_morning_is_not_told(pair, boss, mailoutbox):
    wish(pair.ours)
    joining.decline(JoinRequest.objects.get(), by=boss, reason="No")
    assert not sent(mailoutbox, boss)
    assert waiting().get().state == OutgoingMail.State.REFUSED


def test_only_who_coordinates_the_desk_in_the_morning_gets_it(pair, boss, mailoutbox):
    officer(pair.ours, "editor")
    officer(pair.theirs, "coordinator")
    wish(pair.ours)
    assert [mail.to for mail in waiting()] == [boss.email]
    day = timezone.localdate() - datetime.timedelta(days=1)
    OfficeTerm.objects.filter(person__user=boss).update(ends=day)
    assert not sent(mailoutbox, boss)


def test_who_wants_none_of_these_mails_gets_none(pair, chair, mailoutbox):
    wish(pair.theirs)
    mail = waiting().get()
    send_due(now=tomorrow())
    header = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = header[header.index("/en/") :]
    page = Client().get(path).content.decode()
    assert "in your to-do list" in page and "once a year" not in page
    Client().post(path)
    OutgoingMail.objects.all().delete()
    wish(pair.theirs, 2)
    assert not waiting().filter(to=mail.to).exists()


def test_news_do_not_wait_a_week_nor_make_the_yearly_question_wait(pair, boss, mailoutbox):
    key = f"person-{boss.person.pk}"
    yesterday = timezone.now() - datetime.timedelta(days=1)
    OutgoingMailFactory(refusable=True, person_key=key, state="sent", sent_at=yesterday)
    wish(pair.ours)
    assert sent(mailoutbox, boss)
    OutgoingMail.objects.filter(unsubscribe="campaign").delete()
    asked = OutgoingMailFactory(refusable=True, person_key=key)
    assert send_due(now=tomorrow())["sent"] == 1
    asked.refresh_from_db()
    assert asked.state == OutgoingMail.State.SENT


def test_a_long_day_is_told_in_few_lines(home, pair, chair, mailoutbox):
    for number in range(9):
        make.ExchangeFactory(
            tie=pair.tie, entered_by="a", title_en=f"Visit {number}", slug=f"visit-{number}"
        )
    report(home, pair.ours)
    (mail,) = sent(mailoutbox, chair)
    assert "And 7 more." in mail.body and len(mail.body.splitlines()) <= MOST_LINES


def test_a_committee_of_both_cities_hears_nothing_from_itself(pair, mailoutbox):
    make.CommitteeCityFactory(committee=pair.ours, city=pair.tie.city_b)
    boss = officer(pair.ours, "coordinator")
    make.CommitteeFactory(cities=[make.CityFactory()])
    response = report(boss, pair.ours)
    assert response.status_code == 302
    assert not sent(mailoutbox, boss.user)


def test_other_desks_hear_nothing(home, pair, mailoutbox):
    stranger = officer(make.CommitteeFactory(cities=[make.CityFactory()]), "coordinator").user
    report(home, pair.ours)
    assert not waiting().exists() and not sent(mailoutbox, stranger)
