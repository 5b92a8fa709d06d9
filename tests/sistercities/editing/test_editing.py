"""Changing an object: saved with its history, refused with everything kept."""

import pytest

from committees.models import Committee, CommitteeCity
from relationships.models import Donation
from sistercities.models import RegistryVersion
from tests import factories
from tests.sending import filled, form_of
from tests.sistercities.editing.urls import Dissolve, EditDonation

pytestmark = pytest.mark.django_db


@pytest.fixture
def donation():
    return factories.DonationFactory(description_en="Ten beds\nand sheets")


def address(row) -> str:
    return f"/en/{row._meta.model_name}/{row.pk}/"


def test_a_change_is_saved_with_user_reason_and_a_new_registry_version(ana, donation):
    before, EditDonation.saved_donations = RegistryVersion.now(), []
    page = ana.get(address(donation))
    response = ana.post(address(donation), filled(page, amount="250.50"))
    assert (response.status_code, response.url) == (302, "/en/done/")
    donation.refresh_from_db()
    assert donation.amount == 250.50
    last = donation.history.first()
    assert (last.history_user, last.history_change_reason) == (ana.user, "Corrected at the desk")
    assert RegistryVersion.now() == before + 1
    assert EditDonation.saved_donations == [donation.pk]
    assert "Saved." in ana.get("/en/done/").content.decode()


def test_a_form_sent_back_untouched_changes_nothing(ana, donation):
    rows, version = donation.history.count(), RegistryVersion.now()
    response = ana.post(address(donation), filled(ana.get(address(donation))))
    assert response.status_code == 302
    assert (donation.history.count(), RegistryVersion.now()) == (rows, version)
    assert "You changed nothing." in ana.get("/en/done/").content.decode()


def test_the_reason_that_was_typed_stands_in_the_history(ana):
    committee = factories.CommitteeFactory()
    page = ana.get(address(committee))
    ana.post(address(committee), filled(page, name="Otro", reason="The assembly decided. " * 20))
    assert committee.history.first().history_change_reason.startswith("The assembly decided. ")


def test_a_refused_form_keeps_all_input_and_says_what_is_wrong(ana, donation):
    page = ana.get(address(donation))
    wanted = filled(page, amount="-5", date="not a date", description_en="Kept text")
    response = ana.post(address(donation), wanted)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Donation" in html
    assert html.index("error-summary") < html.index("<h1>")
    assert '<a href="#id_date">' in html
    assert "required" not in html
    back = form_of(response)
    back.pop("csrfmiddlewaretoken"), wanted.pop("csrfmiddlewaretoken")
    assert back == wanted
    assert Donation.objects.get().amount == 100


def test_a_refused_form_can_be_mended_and_sent(ana, donation):
    page = ana.get(address(donation))
    refused = ana.post(address(donation), filled(page, amount="x", currency="MXN"))
    assert ana.post(address(donation), filled(refused, amount="7")).status_code == 302
    donation.refresh_from_db()
    assert (donation.amount, donation.currency) == (7, "MXN")


def test_a_rule_of_the_database_becomes_a_sentence(ana, donation, monkeypatch):
    monkeypatch.setattr(Donation, "validate_constraints", lambda *args, **kwargs: None)
    page = ana.get(address(donation))
    response = ana.post(address(donation), filled(page, amount="-5"))
    assert "An amount is more than nothing." in response.content.decode()
    assert Donation.objects.get().amount == 100


def test_fields_that_the_form_does_not_have_are_not_changed(ana, donation):
    page = ana.get(address(donation))
    forged = filled(page, amount="5", review="draft", emergency_en="X", id="999", reviewed_by="1")
    assert ana.post(address(donation), forged).status_code == 302
    donation.refresh_from_db()
    assert (donation.review, donation.emergency_en or "") == ("published", "")
    assert donation.reviewed_by is None


def test_what_is_not_in_the_queryset_is_404(ana, donation):
    hidden = factories.DonationFactory(review="draft")
    page = filled(ana.get(address(donation)))
    assert ana.get(address(hidden)).status_code == 404
    assert ana.post(address(hidden), page).status_code == 404
    assert ana.get("/en/donation/999999/").status_code == 404


def test_a_form_without_its_nonce_is_shown_again_and_nothing_is_done(ana, donation):
    page = filled(ana.get(address(donation)), amount="55", _nonce=None)
    response = ana.post(address(donation), page)
    assert "did not arrive whole" in response.content.decode()
    assert form_of(response)["amount"] == ["55"]
    assert ana.post(address(donation), filled(response)).status_code == 302
    assert Donation.objects.get().amount == 55


def test_an_act_behind_a_button_is_taken_back_when_it_finds_an_error(ana):
    committee = factories.CommitteeFactory()
    first, second = (
        ana.get(f"/en/dissolve/{committee.pk}/"),
        ana.get(f"/en/dissolve/{committee.pk}/"),
    )
    assert ana.post(f"/en/dissolve/{committee.pk}/", filled(first)).status_code == 302
    rows = committee.history.count()
    response = ana.post(f"/en/dissolve/{committee.pk}/", filled(second))
    assert "It is dissolved already." in response.content.decode()
    assert (Committee.objects.get().state, committee.history.count()) == ("dissolved", rows)


def test_an_act_that_meets_a_rule_of_the_database_says_so_and_is_taken_back(ana, monkeypatch):
    committee, city = factories.CommitteeFactory(), factories.CityFactory()

    def serve_twice(view, form):
        for _time in range(2):
            CommitteeCity.objects.create(committee=committee, city=city)

    monkeypatch.setattr(Dissolve, "do", serve_twice)
    path = f"/en/dissolve/{committee.pk}/"
    response = ana.post(path, filled(ana.get(path)))
    assert "contradicts what is in the registry by now" in response.content.decode()
    assert not CommitteeCity.objects.filter(committee=committee, city=city).exists()
