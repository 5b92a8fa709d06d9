"""The national office decides about a proposal: who proposed it is told, once, and only they."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import Committee, OfficeTerm
from committees.todo import todos
from relationships.deciding import PURPOSE, tell_decisions
from relationships.models import Tie
from relationships.proposing import send_again
from sistercities.mail import MOST_LINES
from sistercities.models import OutgoingMail
from sistercities.sending import send_due
from tests import factories as make
from tests.adminforms import office_browser
from tests.relationships.desk.desks import at, login
from tests.reviewing import decide as decided_as

pytestmark = pytest.mark.django_db
DECISIONS = {
    "published": "your proposal was accepted",
    "changes_requested": "the association asks for changes",
    "rejected": "your proposal was not accepted",
}


@pytest.fixture
def office():
    return office_browser()


@pytest.fixture
def ours():
    return make.CommitteeFactory(
        name="Comité de Lerdo",
        cities=[make.CityFactory(name="Lerdo")],
        public_email="box@example.org",
    )


@pytest.fixture
def proposer(ours):
    return login("editor", ours, "Ana").user


@pytest.fixture
def coordinator(ours):
    return login("coordinator", ours, "Cora").user


@pytest.fixture
def tie(ours, proposer, coordinator):
    city = make.CityFactory(american=True, name="Torrance")
    tie = make.TieFactory(city_a=ours.cities.get(), city_b=city, review=Tie.Review.SUBMITTED)
    make.ProposalFactory(tie=tie, committee=ours, sent_by=proposer)
    theirs = make.CommitteeFactory(cities=[city], country="US", public_email="them@example.org")
    login("coordinator", theirs, "Bob")
    login("viewer", ours, "Vera")
    return tie


def decide(office, tie, review, reason="Falta el acta del cabildo"):
    decided_as(office, tie, review, reason)


def told():
    return OutgoingMail.objects.filter(purpose=PURPOSE).order_by("pk")


def parts(mail):
    own, other = mail.text.split("-" * 40)
    return own.strip(), other.strip()


@pytest.mark.parametrize("review", DECISIONS)
def test_the_proposer_and_the_coordinators_are_told_in_their_language(
    office, ours, proposer, coordinator, tie, review
):
    decide(office, tie, review)
    assert {mail.to for mail in told()} == {proposer.email, coordinator.email}
    for mail in told():
        own, other = parts(mail)
        assert mail.language == "es" and "asociación" in own and "association" in other
        assert "Torrance" in mail.subject and not mail.unsubscribe
        assert len(mail.text.splitlines()) <= MOST_LINES
        assert (own.count("http"), other.count("http")) == (1, 1)
        assert ("Falta el acta del cabildo" in own) == (review != "published")
        path = own[own.index("/es/") :]
        reader = Client()
        reader.force_login(proposer)
        page = reader.get(path.split("#")[0]).content.decode()
        assert "Torrance" in page
        if "#" in path:
            assert f'id="{path.split("#")[1]}"' in page


def test_a_foreign_committee_reads_english_first(office, tie, ours):
    Committee.objects.filter(pk=ours.pk).update(country="US")
    decide(office, tie, "rejected")
    assert {DECISIONS["rejected"] in mail.subject for mail in told()} == {True}
    assert all("The association has not accepted" in parts(mail)[0] for mail in told())


def test_one_decision_is_told_once_and_the_next_one_again(office, tie):
    decide(office, tie, "changes_requested")
    tell_decisions([tie.pk])
    assert told().count() == 2
    send_again(tie, "Enviada otra vez")
    assert told().count() == 2
    decide(office, tie, "changes_requested", "Ahora falta la fecha")
    assert told().count() == 4
    assert "Ahora falta la fecha" in told().last().text


def test_what_is_published_from_the_list_is_told_too(office, tie):
    url = reverse("admin:relationships_tie_changelist")
    chosen = {"action": "publish", "_selected_action": [tie.pk], "change_reason": "Actas vistas"}
    assert office.post(url, chosen).status_code == 302
    assert {"Everyone can see it now." in mail.text for mail in told()} == {True}


def test_a_tie_that_nobody_proposed_is_decided_in_silence(office):
    decide(office, make.TieFactory(review=Tie.Review.SUBMITTED), "rejected")
    assert not told().exists()


def test_who_left_the_desk_before_the_decision_is_not_told(office, tie, proposer, coordinator):
    OfficeTerm.objects.filter(person__user=proposer).update(
        ends=timezone.localdate() - datetime.timedelta(days=1)
    )
    decide(office, tie, "rejected")
    assert [mail.to for mail in told()] == [coordinator.email]


def test_who_left_the_desk_before_the_mail_went_out_does_not_get_it(
    office, tie, proposer, coordinator, mailoutbox
):
    decide(office, tie, "rejected")
    coordinator.is_active = False
    coordinator.save()
    fates = send_due()
    assert [mail.to for mail in mailoutbox] == [[proposer.email]]
    assert (fates["sent"], fates["refused"]) == (1, 1)


def test_the_to_do_list_says_which_changes_are_asked_for(office, ours, tie):
    decide(office, tie, "changes_requested")
    with override("en"):
        lines = [line for line in todos(ours, timezone.localdate(), "editor") if line.due]
    (line,) = [line for line in lines if "as the association asks" in line.text]
    assert line.text.endswith("as the association asks: “Falta el acta del cabildo”")
    assert line.url == at("tie", ours, tie.pk)
