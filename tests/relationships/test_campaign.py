"""Both sides of every tie are asked once a year, reminded twice, and never bothered."""

import datetime
import re
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.utils import timezone

from committees.models import Committee
from relationships.campaign import MOST_TIES, send_campaign
from relationships.deriving import derive
from relationships.models import Inquiry, Tie, TieEvent
from sistercities.links import recipient_of
from sistercities.mail import refuse
from sistercities.models import OutgoingMail
from sistercities.sending import send_due
from tests import factories as make
from tests import mailfactories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 2, 1)
DAY = datetime.timedelta(days=1)
ANA = "ana@example.org"


def coordinator(committee, **person):
    office = make.OfficeFactory(role="coordinator", is_exclusive=False)
    return make.OfficeTermFactory(
        committee=committee, office=office, person=make.PersonFactory(**person)
    )


@pytest.fixture
def tie() -> Tie:
    """Signed in 1969; the first city has a committee with a coordinator, the second nobody."""
    tie = make.TieFactory(
        city_a=make.CityFactory(name="Gómez Palacio"),
        city_b=make.CityFactory(name="South El Monte", american=True),
    )
    make.TieEventFactory(tie=tie)
    committee = make.CommitteeFactory(cities=[tie.city_a], public_email="box@example.org")
    coordinator(committee, email=ANA)
    derive([tie.pk])
    tie.refresh_from_db()
    return tie


def run(on: datetime.date = TODAY, **more):
    """One day's campaign, and everything sent."""
    outcome = send_campaign(today=on, **more)
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    return outcome


def written_to() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True))


# Whom


def test_the_coordinators_of_a_side_are_asked_and_not_the_public_address(tie):
    outcome = run()
    assert written_to() == [ANA]
    assert (outcome.mails, outcome.questions) == (1, 1)
    assert outcome.unreachable == [(tie.pk, "b")]


def test_a_committee_without_a_coordinator_is_asked_at_its_public_address(tie):
    american = make.CommitteeFactory(
        cities=[tie.city_b], country="US", public_email="Club@example.org"
    )
    make.OfficeTermFactory(committee=american, office=make.OfficeFactory(role="viewer"))
    run()
    assert sorted(written_to()) == [ANA, "club@example.org"]
    assert OutgoingMail.objects.get(to="club@example.org").language == "en"


def test_a_side_without_a_committee_is_asked_at_the_address_that_somebody_gave(tie):
    mailfactories.SideContactFactory(tie=tie, email="City@example.org", language="en")
    mailfactories.SideContactFactory(tie=tie, email="old@example.org", stopped_on=TODAY)
    assert run().unreachable == []
    assert sorted(written_to()) == [ANA, "city@example.org"]


@pytest.mark.parametrize("state", ["hidden", "dissolved", "left the city", "for another tie"])
def test_a_committee_that_does_not_speak_for_the_side_is_not_asked(tie, state):
    other = make.CommitteeFactory(public_email="other@example.org")
    link = make.CommitteeCityFactory(committee=other, city=tie.city_b)
    if state == "hidden":
        Committee.objects.filter(pk=other.pk).update(review="draft")
    elif state == "dissolved":
        Committee.objects.filter(pk=other.pk).update(state="dissolved")
    elif state == "left the city":
        type(link).objects.filter(pk=link.pk).update(until="2020")
    else:
        make.TieCommitteeFactory(committee=other)
    run()
    assert written_to() == [ANA]


def test_a_coordinator_whose_term_is_over_or_has_not_begun_is_not_asked(tie):
    for dates in (
        {"begins": TODAY - 300 * DAY, "ends": TODAY - DAY},
        {"begins": TODAY + DAY},
    ):
        term = coordinator(Committee.objects.get(), email=f"{len(dates)}@example.org")
        type(term).objects.filter(pk=term.pk).update(**dates)
    run()
    assert written_to() == [ANA]


def test_who_refused_such_mail_is_left_alone(tie):
    refuse(recipient_of(ANA), "confirm")
    assert run().mails == 0


@pytest.mark.parametrize("review", ["draft", "submitted", "rejected"])
def test_ties_that_are_not_public_are_not_asked_about(tie, review):
    Tie.objects.update(review=review)
    assert run().mails == 0


def test_ties_that_ended_are_not_asked_about(tie):
    make.TieEventFactory(tie=tie, kind=TieEvent.Kind.ENDED, date=None)
    derive([tie.pk])
    assert run().mails == 0


# When


def test_a_silent_side_is_asked_on_the_days_0_14_and_35_and_then_left_to_the_office(tie):
    asked_on = []
    for n in range(120):
        if run(TODAY + n * DAY).mails:
            asked_on.append(n)
    assert asked_on == [0, 14, 35]
    inquiry = Inquiry.objects.get()
    assert (inquiry.times, inquiry.year) == (3, 2027)
    assert list(Inquiry.objects.silent(TODAY + 48 * DAY)) == []
    assert list(Inquiry.objects.silent(TODAY + 49 * DAY)) == [inquiry]


def test_an_answer_of_anybody_on_the_side_ends_the_reminders(tie):
    coordinator(Committee.objects.get(), email="eva@example.org")
    run()
    make.ConfirmationFactory(tie=tie, side="a", answered_on=TODAY + DAY)
    assert run(TODAY + 14 * DAY).mails == 0
    assert not Inquiry.objects.silent(TODAY + 100 * DAY).exists()


def test_an_answer_of_the_other_side_does_not(tie):
    run()
    make.ConfirmationFactory(tie=tie, side="b", answered_on=TODAY + DAY)
    assert run(TODAY + 14 * DAY).mails == 1


def test_a_side_that_answered_in_december_is_not_asked_in_january_but_the_next_winter(tie):
    make.ConfirmationFactory(tie=tie, side="a", answered_on=datetime.date(2026, 12, 20))
    assert run(datetime.date(2027, 1, 5)).mails == 0
    assert run(datetime.date(2027, 11, 5)).mails == 1


def test_reminders_of_december_go_on_in_january_as_one_inquiry(tie):
    december = datetime.date(2026, 12, 20)
    for days in (0, 14, 35, 60):
        run(december + days * DAY)
    assert [(one.year, one.times) for one in Inquiry.objects.all()] == [(2026, 3)]
    assert run(december + 230 * DAY).mails == 1
    assert Inquiry.objects.count() == 2


def test_the_same_run_twice_writes_nothing_twice(tie):
    run()
    assert run().mails == 0
    assert OutgoingMail.objects.count() == 1


def test_several_ties_of_a_person_come_in_one_mail_and_never_two_in_a_week(tie):
    for n in range(MOST_TIES + 2):
        make.TieFactory(city_a=tie.city_a, city_b=make.CityFactory(name=f"Town {n}", american=True))
    derive()
    days = [n for n in range(30) if run(TODAY + n * DAY).mails]
    assert days[:2] == [0, 7]
    assert all(later - earlier >= 7 for earlier, later in pairwise(days))
    assert Inquiry.objects.count() == MOST_TIES + 3
    first = OutgoingMail.objects.order_by("pk").first()
    assert len(set(re.findall(r"http://\S+", first.text))) == MOST_TIES


def test_a_mail_that_still_waits_is_not_followed_by_another(tie):
    send_campaign(today=TODAY)
    assert send_campaign(today=TODAY + 20 * DAY).later == 1


# What


@pytest.mark.parametrize("ties", [1, MOST_TIES])
@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("country", ["MX", "US"])
def test_the_mail_is_short_plain_and_in_both_languages(tie, ties, reminder, country):
    Committee.objects.update(country=country)
    for n in range(ties - 1):
        make.TieFactory(city_a=tie.city_a, city_b=make.CityFactory(name=f"Town {n}", american=True))
    derive()
    run()
    if reminder:
        run(TODAY + 14 * DAY)
    mail = OutgoingMail.objects.order_by("-pk").first()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="waiting", sent_at=None)
    OutgoingMail.objects.exclude(pk=mail.pk).delete()
    from django.core import mail as post

    assert send_due()["sent"] == 1
    body = post.outbox[0].body.strip()
    assert len(body.splitlines()) <= 20
    assert "&" not in body
    assert ("¿sigue" in mail.subject) == (country == "MX")
    spanish, english = (
        body.index("La página" if country == "US" else "Una vez"),
        body.index("Once a year" if country == "US" else "The page"),
    )
    assert (spanish < english) == (country == "MX")
    assert "Gómez Palacio" in body
    assert ("otra vez" in body) == reminder
    assert post.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_subject_names_the_cities(tie):
    run()
    subject = OutgoingMail.objects.get().subject
    assert subject == "Gómez Palacio – South El Monte: ¿sigue vigente?"


# Command


def test_a_dry_run_tells_and_writes_nothing(tie, capsys):
    call_command("send_campaign", dry_run=True)
    out = capsys.readouterr().out
    assert out.startswith("Would write 1 mails with 1 questions; 0 readers come later; 1 sides")
    assert "Nobody to ask: South El Monte" in out
    assert Inquiry.objects.count() == OutgoingMail.objects.count() == 0


def test_the_command_stops_at_its_limit(tie, capsys):
    mailfactories.SideContactFactory(tie=tie)
    call_command("send_campaign", limit=1, year=2027)
    assert OutgoingMail.objects.count() == Inquiry.objects.count() == 1
    assert "1 readers come later" in capsys.readouterr().out
    call_command("send_campaign", year=2027)
    assert OutgoingMail.objects.count() == 2


def test_many_ties_cost_as_many_queries_as_few(tie, django_assert_max_num_queries):
    for n in range(30):
        make.TieFactory(city_a=tie.city_a, city_b=make.CityFactory(name=f"Town {n}", american=True))
    derive()
    with django_assert_max_num_queries(14):
        send_campaign(today=TODAY, dry_run=True)
