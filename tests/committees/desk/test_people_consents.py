"""Consents: recorded in their words, shown while in force, withdrawn with one press."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Consent
from committees.people import consents
from sistercities.models import RegistryVersion
from tests.committees.desk.people import Desk, errors_of
from tests.factories import ConsentFactory, OfficeFactory, OfficeTermFactory, PersonFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def on_page(committee, text, language="en"):
    with translation.override(language):
        path = reverse("public:committee", args=[committee.slug])
        return text in Client().get(path).content.decode()


def president(desk, name="Ana Presidenta"):
    person = PersonFactory(name=name)
    OfficeTermFactory(committee=desk.committee, office=OfficeFactory(), person=person)
    return person


def test_a_name_is_public_while_the_consent_is_in_force_in_both_languages():
    desk = Desk()
    person = president(desk)
    assert not on_page(desk.committee, person.name)
    page = desk.get("consent-add", person.pk).content.decode()
    assert "shows my name beside my office" in page
    desk.post("consent-add", person.pk, what="name", given_on=TODAY.isoformat(), agreed="on")
    assert on_page(desk.committee, person.name) and on_page(desk.committee, person.name, "es")
    consent = Consent.objects.get()
    assert consent.wording == consents.wording("name", desk.committee)
    assert (consent.language, consent.wording_version) == ("en", consents.VERSION)
    assert (consent.recorded_by, consent.given_on) == (desk.user, TODAY)
    before = RegistryVersion.now()
    desk.post("consent-withdraw", consent.pk)
    assert RegistryVersion.now() > before
    assert not on_page(desk.committee, person.name)
    assert not on_page(desk.committee, person.name, "es")
    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_by) == (TODAY, desk.user)
    page = desk.get("consents").content.decode()
    assert "withdrawn on" in page and person.name in page


def test_a_consent_for_another_page_or_another_thing_shows_no_name():
    desk = Desk()
    person = president(desk)
    ConsentFactory(person=person)
    ConsentFactory(person=person, committee=desk.committee, what="photo")
    assert not on_page(desk.committee, person.name)


def test_withdrawing_takes_one_press_from_the_list():
    desk = Desk("editor")
    consent = ConsentFactory(committee=desk.committee)
    shown = desk.get("consents")
    answer = desk.client.post(
        desk.url("consent-withdraw", consent.pk), {"_nonce": shown.context["nonce"]}
    )
    assert answer.status_code == 302
    assert not Consent.objects.in_force().exists()


def test_agreeing_again_is_a_new_row_and_twice_the_same_is_one():
    desk = Desk()
    person = president(desk)
    first = consents.give(person, desk.committee, "name", by=desk.user)
    assert consents.give(person, desk.committee, "name", by=desk.user) == first
    consents.withdraw(first, by=desk.user)
    assert consents.give(person, desk.committee, "name", by=desk.user) != first
    assert Consent.objects.count() == 2


def test_no_consent_without_the_persons_word_or_from_tomorrow():
    desk = Desk()
    person = president(desk)
    tomorrow = (TODAY + datetime.timedelta(days=1)).isoformat()
    said = errors_of(desk.post("consent-add", person.pk, what="name", given_on=tomorrow))
    assert "has not come yet" in said and "Without the person's word" in said
    assert not Consent.objects.exists()
    assert errors_of(desk.post("consent-add", person.pk, what="face", agreed="on"))


def test_the_list_says_who_in_office_is_not_named():
    desk = Desk()
    named, silent = president(desk, "Named One"), president(desk, "Silent One")
    ConsentFactory(committee=desk.committee, person=named)
    listed = [term.person for term in desk.get("consents").context["silent"]]
    assert silent in listed and named not in listed


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_same_consent_at_once_record_one():
    desk = Desk()
    person = president(desk)
    results = at_once(
        6, lambda _n: consents.give(person, desk.committee, Consent.What.NAME, by=None)
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Consent.objects.count() == 1
