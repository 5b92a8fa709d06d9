"""Donations in money and in kind: one side enters, the other acknowledges, counted once."""

from decimal import Decimal

import pytest
from django.utils import timezone

from relationships.models import Donation
from sistercities.partialdates import PartialDate
from tests import factories
from tests.relationships.desk.sides import GIFT, at, body, give, officer, send
from tests.sending import filled, form_of

pytestmark = pytest.mark.django_db


def test_money_is_published_with_its_currency_by_the_own_side(pair, home):
    response = give(home, pair.ours, emergency_en="Flood of 2024")
    donation = Donation.objects.get()
    assert response.url == at("donation", pair.ours, donation.pk)
    assert (donation.tie, donation.given_by, donation.entered_by) == (pair.tie, "a", "a")
    assert (donation.amount, donation.currency) == (Decimal("1200.50"), "USD")
    assert (donation.review, donation.acknowledged_on) == ("published", None)
    assert (donation.emergency_en, donation.amount_is_estimate) == ("Flood of 2024", False)
    page = body(home.get(response.url))
    assert "1,200.50" in page and "Not yet acknowledged by South El Monte" in page


def test_a_thing_has_a_name_and_a_value_that_somebody_estimated(pair, away):
    thing = {"kind": "vehicle", "given_by": "us", "description_en": "An ambulance"}
    give(away, pair.theirs, **thing, quantity="1 vehicle", estimated_by="The fire department")
    donation = Donation.objects.get()
    assert (donation.given_by, donation.entered_by) == ("b", "b")
    assert (donation.amount_is_estimate, donation.estimated_by) == (True, "The fire department")
    assert donation.description_en == "An ambulance"


def test_a_thing_whose_value_nobody_knows_needs_none(pair, home):
    give(home, pair.ours, kind="goods", description_en="Books", amount="", given_by="them")
    donation = Donation.objects.get()
    assert (donation.amount, donation.currency, donation.amount_is_estimate) == (None, "", False)
    assert (donation.given_by, donation.entered_by) == ("b", "a")


REFUSED = [
    ({"given_by": None}, "Say which side gave."),
    ({"kind": ""}, "Choose what kind of donation it was."),
    ({"amount": ""}, "Say how much money was given."),
    ({"amount": "much"}, "Write the amount in figures"),
    ({"currency": ""}, "Say in which currency"),
    ({"currency": "12$"}, "Write the three-letter code"),
    ({"currency": "ABC"}, "“ABC” is not the code of a currency."),
    ({"date": ""}, "Say when it was given; a year is enough."),
    ({"kind": "goods", "estimated_by": "The city"}, "Say what was given."),
    ({"kind": "goods", "description_en": "Books"}, "Say who estimated the value."),
]


def test_a_refused_donation_says_why_and_keeps_all_input(pair, home):
    path = at("donation-report", pair.ours)
    page = home.get(path)
    for changes, sentence in REFUSED:
        answers = GIFT | changes
        response = home.post(path, filled(page, **answers))
        assert response.status_code == 200, sentence
        assert "<title>Error: Report a donation" in body(response)
        assert body(response).count(sentence) == 2, sentence
        kept = form_of(response)
        for name, value in answers.items():
            assert kept.get(name, [""]) == [value or ""], (sentence, name)
        assert not Donation.objects.exists()


@pytest.mark.parametrize(("language", "name"), [("es", "peso mexicano"), ("en", "Mexican Peso")])
def test_the_browser_offers_the_currencies_of_today(pair, home, language, name):
    page = body(home.get(at("donation-report", pair.ours, language=language)))
    assert 'list="id_currency_offered"' in page
    assert f'<datalist id="id_currency_offered"><option value="MXN">{name}</option>' in page


def test_names_of_donors_are_not_asked(pair, home):
    page = home.get(at("donation-report", pair.ours))
    assert "Names of donors are not asked." in body(page)
    assert not [name for name in form_of(page) if "donor" in name]


def test_the_same_gift_reported_by_who_received_it_is_counted_once(pair, home, away):
    give(home, pair.ours)
    path = at("donation-report", pair.theirs)
    answers = GIFT | {"given_by": "them", "date": "June 10, 2024", "description_en": "For books"}
    asked = away.post(path, filled(away.get(path), **answers))
    assert "Is it the same donation?" in body(asked)
    donation = Donation.objects.get()
    away.post(path, filled(asked, same=str(donation.pk)))
    donation.refresh_from_db()
    assert donation.acknowledged_on == timezone.localdate()
    assert donation.description_en == "For books"
    assert Donation.objects.count() == 1


def test_another_sum_giver_or_year_is_another_gift(pair, home):
    give(home, pair.ours)
    others = [{"amount": "1200"}, {"currency": "MXN"}, {"date": "May 2021"}, {"given_by": "them"}]
    for number, other in enumerate(others, start=2):
        assert give(home, pair.ours, **other).status_code == 302, other
        assert Donation.objects.count() == number


def test_what_nobody_entered_is_acknowledged_by_who_received_it(pair, home, away):
    donation = factories.DonationFactory(tie=pair.tie, given_by="a")
    assert home.get(at("donation-acknowledge", pair.ours, donation.pk)).status_code == 404
    assert send(away, at("donation-acknowledge", pair.theirs, donation.pk)).status_code == 302
    donation.refresh_from_db()
    assert donation.acknowledged_on == timezone.localdate()


def test_another_sum_is_acknowledged_again(pair, home, away):
    give(home, pair.ours)
    donation = Donation.objects.get()
    send(away, at("donation-acknowledge", pair.theirs, donation.pk))
    send(home, at("donation-edit", pair.ours, donation.pk), amount="1300")
    donation.refresh_from_db()
    assert (donation.amount, donation.acknowledged_on) == (Decimal("1300"), None)
    assert send(away, at("donation-object", pair.theirs, donation.pk), text="1,200!").url
    assert send(home, at("donation-stand-by", pair.ours, donation.pk)).status_code == 302
    assert send(home, at("donation-withdraw", pair.ours, donation.pk), reason="Twice").url
    donation.refresh_from_db()
    assert donation.review == "rejected"


def test_an_exchange_of_another_tie_is_refused(pair, home):
    own = factories.ExchangeFactory(tie=pair.tie)
    foreign = factories.ExchangeFactory()
    assert give(home, pair.ours, exchange=str(foreign.pk)).status_code == 200
    second = factories.TieFactory(city_a=pair.tie.city_a)
    response = give(home, pair.ours, tie=str(second.pk), exchange=str(own.pk))
    assert "This exchange belongs to another tie." in body(response)
    assert not Donation.objects.exists()
    give(home, pair.ours, tie=str(pair.tie.pk), exchange=str(own.pk))
    assert Donation.objects.get().exchange == own


def test_forbidden_fields_change_nothing(pair, home):
    give(home, pair.ours)
    donation = Donation.objects.get()
    path = at("donation-edit", pair.ours, donation.pk)
    other = factories.TieFactory()
    forged = filled(home.get(path), quantity="1", tie=str(other.pk), review="draft")
    forged |= {"acknowledged_on": ["2024-01-01"], "entered_by": ["b"], "is_demo": ["on"]}
    home.post(path, forged)
    donation.refresh_from_db()
    assert (donation.quantity, donation.tie, donation.review) == ("1", pair.tie, "published")
    assert (donation.acknowledged_on, donation.entered_by) == (None, "a")
    assert not donation.is_demo


def test_donations_of_other_ties_are_404_like_random_numbers(pair, home):
    foreign = factories.DonationFactory()
    acts = ("edit", "withdraw", "acknowledge", "object", "stand-by")
    for name in ("donation", *(f"donation-{act}" for act in acts)):
        for number in (foreign.pk, 987654321):
            assert home.get(at(name, pair.ours, number)).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 200)])
def test_viewers_read_and_editors_write(pair, role, status):
    donation = factories.DonationFactory(tie=pair.tie, entered_by="a")
    client = officer(pair.ours, role)
    assert client.get(at("donations", pair.ours)).status_code == 200
    assert client.get(at("donation", pair.ours, donation.pk)).status_code == 200
    for path in (
        at("donation-report", pair.ours),
        at("donation-edit", pair.ours, donation.pk),
        at("donation-withdraw", pair.ours, donation.pk),
    ):
        assert client.get(path).status_code == status
        assert officer(factories.CommitteeFactory(), role).get(path).status_code == 404


def test_the_list_says_what_was_given_and_received_and_mixes_no_currency(pair, home):
    factories.DonationFactory(tie=pair.tie, amount=100, currency="USD")
    factories.DonationFactory(tie=pair.tie, amount=250, currency="MXN")
    factories.DonationFactory(tie=pair.tie, amount=70, given_by="b", date=PartialDate(2020))
    page = body(home.get(at("donations", pair.ours))).replace("\xa0", " ")
    assert "Given: 2 donations: 250 MXN and 100 USD in money." in page
    assert "Received: 1 donation: 70 USD in money." in page
    year = body(home.get(at("donations", pair.ours) + "?year=2020"))
    assert "Given:" not in year


def test_the_list_asks_as_often_for_three_donations_as_for_one(
    pair, home, django_assert_max_num_queries
):
    path = at("donations", pair.ours)
    factories.DonationFactory(tie=pair.tie, entered_by="b")
    home.get(path)
    with django_assert_max_num_queries(15) as one:
        home.get(path)
    factories.DonationFactory.create_batch(2, tie=pair.tie, entered_by="b")
    with django_assert_max_num_queries(len(one)):
        assert body(home.get(path)).count('scope="row"') == 3
