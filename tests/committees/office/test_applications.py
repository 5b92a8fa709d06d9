"""A city without a committee asks to join the association; the board accredits it or not."""

import datetime
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees import accrediting
from committees.models import Affiliation, Application, Committee
from committees.people.erasing import erase
from sistercities.models import Attachment, OutgoingMail
from tests.committees.desk.forms import fields_of, send
from tests.duesfactories import (
    AffiliationFactory,
    ApplicationFactory,
    AssociationFactory,
    DelegationFactory,
)
from tests.factories import CityFactory, CommitteeFactory, MembershipFactory, UserFactory
from tests.page_factories import AttachmentFactory

pytestmark = pytest.mark.django_db
Day = datetime.date
ASKED = {
    "city": "Gómez Palacio, Durango",
    "country": "MX",
    "kind": "voting",
    "name": "Lucía Prueba",
    "email": "Lucia@example.org",
    "why": "Nos escriben\nde Texas.",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with override("en"):
        yield


@pytest.fixture
def office():
    client = Client()
    client.force_login(UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def page(name: str, *args) -> str:
    return reverse(f"admin:committees_application_{name}", args=args)


def decided(**more) -> dict:
    day = timezone.localdate()
    return {
        "association": AssociationFactory(),
        "committee": None,
        "kind": "voting",
        "since": day,
        "board_day": day,
        "note": "Acta 12",
        "by": UserFactory(),
    } | more


def test_anybody_asks_and_is_told_the_same_twice():
    form, sent = reverse("public:apply"), reverse("public:apply-sent")
    assert form == "/en/join-the-association/"
    for _twice in range(2):
        answer = send(Client(), form, **ASKED)
        assert (answer.status_code, answer.url) == (302, sent)
    row = Application.objects.get()
    assert (row.city_name, row.email, row.language) == (
        *("Gómez Palacio, Durango", "lucia@example.org", "en"),
    )
    assert row.why == "Nos escriben\nde Texas." and row.state == "sent"
    assert "answers you by e-mail" in Client().get(sent).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"city": "  ¡! "}, "Write the name of the city."),
        ({"country": ""}, "Choose the country."),
        ({"why": ""}, "Write a few sentences for the board."),
        ({"email": "lucia"}, "Write an e-mail address like name@example.org."),
        ({"agreed": None}, "We need your agreement"),
        ({"kind": "royal"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_everything_typed_is_kept(typed, sentence):
    answer = send(Client(), reverse("public:apply"), **ASKED | {"name": "KEPT"} | typed)
    text = answer.content.decode()
    assert answer.status_code == 200 and sentence in text and "KEPT" in text
    assert not Application.objects.exists()


def test_a_program_that_fills_in_the_trap_is_told_the_same():
    answer = send(Client(), reverse("public:apply"), **ASKED, website="http://spam.example")
    assert answer.url == reverse("public:apply-sent")
    assert not Application.objects.exists()


def test_the_page_on_how_to_twin_leads_to_the_form():
    for code in ("en", "es"):
        with override(code):
            text = Client().get(reverse("public:how-to-twin")).content.decode()
            assert f'href="{reverse("public:apply")}"' in text


def test_the_board_accredits_a_city_and_its_committee_comes_into_being(office):
    association = AssociationFactory()
    city = CityFactory(name="Gómez Palacio")
    row = ApplicationFactory(city_name="Gomez Palacio", email="lucia@example.org", language="es")
    shown = office.get(page("accredit", row.pk))
    assert [one.pk for one in shown.context["alike"]] == [city.pk]
    day = timezone.localdate()
    answer = send(
        office,
        page("accredit", row.pk),
        association=str(association.pk),
        city=str(city.pk),
        note="Acta 12, punto 4",
    )
    assert answer.status_code == 302
    made = Affiliation.objects.get()
    committee = made.committee
    assert committee.name == "Sister Cities Committee of Gómez Palacio"
    assert list(committee.cities.all()) == [city]
    assert (committee.state, committee.review, committee.country) == ("forming", "submitted", "MX")
    assert (made.association, made.since, made.accredited_on) == (association, day, day)
    assert made.note == "Acta 12, punto 4" and made.accredited_by is not None
    row.refresh_from_db()
    assert (row.state, row.affiliation) == ("accredited", made)
    mail = OutgoingMail.objects.get()
    assert mail.to == "lucia@example.org" and "ya pertenece a la asociación" in mail.subject


def test_the_board_accredits_a_committee_that_is_there_already():
    committee = CommitteeFactory()
    made = accrediting.accredit(ApplicationFactory(), **decided(committee=committee))
    assert made.committee == committee
    assert Committee.objects.filter(level="local").count() == 1


def test_what_stands_against_an_accreditation_is_said_and_nothing_is_half_done(office):
    row, member = ApplicationFactory(), AffiliationFactory()
    with pytest.raises(ValidationError, match="on some of these days already"):
        accrediting.accredit(
            row, **decided(committee=member.committee, association=member.association)
        )
    count = Committee.objects.count()
    answer = send(office, page("accredit", row.pk), note="x")
    assert "Choose the committee above, or the city of a new one." in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, Committee.objects.count()) == ("sent", count)
    assert not OutgoingMail.objects.exists()


def test_a_refusal_says_why_to_who_asked(office):
    row = ApplicationFactory(language="en")
    without = send(office, page("refuse", row.pk))
    assert "Write a sentence for the person." in without.content.decode()
    send(office, page("refuse", row.pk), reason="There is a committee in your county.")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "There is a committee in your county.")
    assert "There is a committee in your county." in OutgoingMail.objects.get().text


def test_one_who_wants_it_no_more_is_written_to_by_nobody(office):
    row = ApplicationFactory()
    send(office, page("withdraw", row.pk), reason="Telephoned on 3 May")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "Telephoned on 3 May")
    assert not OutgoingMail.objects.exists()


def test_of_two_who_decide_the_second_reads_what_was_decided(office):
    row = ApplicationFactory()
    sent = fields_of(office.get(page("refuse", row.pk)).content.decode())
    accrediting.accredit(row, **decided(committee=CommitteeFactory()))
    answer = office.post(page("refuse", row.pk), sent | {"reason": "No"})
    assert "Somebody decided on this application already: Accredited." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "accredited"


def test_a_refusal_is_taken_back_and_the_next_answer_is_told_as_well(office):
    row = ApplicationFactory()
    send(office, page("refuse", row.pk), reason="Mistaken for another city")
    send(office, page("reopen", row.pk), reason="It was the other Parral")
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by) == ("sent", "", None)
    later = timezone.now() + datetime.timedelta(minutes=5)
    with patch("committees.accrediting.timezone.now", return_value=later):
        accrediting.accredit(row, **decided(committee=CommitteeFactory()))
    assert OutgoingMail.objects.count() == 2
    answer = send(office, page("reopen", row.pk), reason="Again")
    assert "decided on this application already: Accredited." in answer.content.decode()


def test_a_refusal_is_not_taken_back_while_the_same_city_waits_again():
    row = ApplicationFactory()
    accrediting.refuse(row, reason="No", by=UserFactory())
    ApplicationFactory(email=row.email, city_name=row.city_name)
    with pytest.raises(ValidationError, match="has sent another application that waits"):
        accrediting.reopen(row, reason="Mistaken", by=UserFactory())


def test_nothing_is_left_of_the_applications_and_letters_of_somebody_who_is_erased():
    person = MembershipFactory(person__email="lucia@example.org").person
    accrediting.refuse(ApplicationFactory(email=person.email), reason="No", by=UserFactory())
    letter = AttachmentFactory(document=True)
    named = DelegationFactory(person=person, letter=letter)
    erase(person)
    named.refresh_from_db()
    assert named.letter is None and named.until < timezone.localdate()
    assert not Application.objects.exists() and not Attachment.objects.exists()


def test_applications_are_kept_two_years_and_the_membership_stays():
    old = ApplicationFactory(asked_at=timezone.now() - datetime.timedelta(days=731))
    accrediting.accredit(old, **decided(committee=CommitteeFactory()))
    ApplicationFactory()
    assert Application.purge() == 1
    assert Application.objects.count() == Affiliation.objects.count() == 1
