"""A form does its work once, however often it is sent."""

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Committee
from relationships.models import Donation
from sistercities.models import FormReceipt
from tests import factories
from tests.sending import filled, form_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie():
    return factories.TieFactory()


def answers(page, tie, **changes):
    given = {"tie": tie.pk, "kind": "money", "given_by": "a", "date": "1992"}
    return filled(page, **(given | {"amount": "10", "currency": "USD"} | changes))


def again(client: Client) -> Client:
    """Another window of the same browser."""
    twin = Client()
    twin.cookies = client.cookies
    return twin


def test_the_same_form_sent_twice_makes_one_row_and_leads_to_it(ana, tie):
    sent = answers(ana.get("/en/add/"), tie)
    first, second = ana.post("/en/add/", sent), ana.post("/en/add/", sent)
    row = Donation.objects.get()
    assert (row.review, row.amount) == ("draft", 10)
    assert first.url == second.url == f"/en/donation/{row.pk}/"
    html = ana.get("/en/done/").content.decode()
    assert html.count("Thank you.") == 1
    assert "was not saved" not in html


def test_back_and_send_with_another_text_makes_no_second_row_and_says_so(ana, tie):
    page = ana.get("/en/add/")
    first = ana.post("/en/add/", answers(page, tie))
    second = ana.post("/en/add/", answers(page, tie, amount="11"))
    assert second.url == first.url
    assert Donation.objects.get().amount == 10
    assert "What you changed in it since was not saved." in ana.get("/en/done/").content.decode()


def test_back_and_edit_once_more_asks_instead_of_forgetting(ana):
    row = factories.DonationFactory()
    url = f"/en/donation/{row.pk}/"
    page = ana.get(url)
    ana.post(url, filled(page, amount="20"))
    response = ana.post(url, filled(page, amount="30"))
    assert response.status_code == 409
    assert ana.post(url, filled(response)).status_code == 302
    row.refresh_from_db()
    assert row.amount == 30


def test_a_refused_form_may_be_sent_again(ana, tie):
    refused = ana.post("/en/add/", answers(ana.get("/en/add/"), tie, amount="nothing"))
    assert refused.status_code == 200
    assert FormReceipt.objects.count() == 0
    assert ana.post("/en/add/", answers(refused, tie)).status_code == 302


def test_two_pages_are_two_forms_and_so_are_two_people_with_one_nonce(ana, ben, tie):
    sent = answers(ana.get("/en/add/"), tie)
    ana.post("/en/add/", sent)
    ana.post("/en/add/", answers(ana.get("/en/add/"), tie))
    bens = answers(ben.get("/en/add/"), tie, _nonce=sent["_nonce"])
    assert ben.post("/en/add/", bens).status_code == 302
    assert Donation.objects.count() == 3


@pytest.mark.parametrize("nonce", [None, "", "short", "x" * 65, "spaces in it, and more", "ñ" * 20])
def test_a_form_without_a_good_nonce_does_nothing(ana, tie, nonce):
    response = ana.post("/en/add/", answers(ana.get("/en/add/"), tie, _nonce=nonce))
    assert response.status_code == 200
    assert "did not arrive whole" in response.content.decode()
    assert form_of(response)["amount"] == ["10"]
    assert Donation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_one_row(ana, tie):
    sent = answers(ana.get("/en/add/"), tie)
    clients = [again(ana) for _n in range(50)]
    results = at_once(50, lambda n: clients[n].post("/en/add/", sent).url)
    row = Donation.objects.get()
    assert results == [f"/en/donation/{row.pk}/"] * 50
    assert (row.history.count(), FormReceipt.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_no_update_is_lost_when_eight_count_at_once(ana):
    row = factories.DonationFactory(amount=1)
    url = f"/en/donation/{row.pk}/"
    clients = [again(ana) for _n in range(8)]

    def count(n: int) -> int:
        saved = 0
        for _try in range(6):
            page = clients[n].get(url)
            amount = float(form_of(page)["amount"][0])
            response = clients[n].post(url, filled(page, amount=str(amount + 1)))
            assert response.status_code in (302, 409)
            saved += response.status_code == 302
        return saved

    saved = sum(at_once(8, count))
    row.refresh_from_db()
    assert saved > 0
    assert row.amount == 1 + saved
    assert row.history.count() == 1 + saved


def test_old_receipts_are_purged(ana, tie):
    ana.post("/en/add/", answers(ana.get("/en/add/"), tie))
    assert FormReceipt.purge() == 0
    later = timezone.now() + FormReceipt.KEPT * 1.01
    assert (FormReceipt.purge(later), FormReceipt.purge(later)) == (1, 0)


def test_an_act_is_done_once(ana):
    committee = factories.CommitteeFactory()
    url = f"/en/dissolve/{committee.pk}/"
    sent = filled(ana.get(url))
    assert [ana.post(url, sent).url for _n in range(3)] == ["/en/done/"] * 3
    assert Committee.objects.get().history.count() == 2
