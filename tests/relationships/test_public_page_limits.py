"""What the pages of one city, tie, committee or exchange cost, hide, and are found under."""

import datetime
import re

import pytest
from django.utils.translation import override

from relationships.deriving import derive
from relationships.models import Tie
from sistercities.models import Address
from tests import factories as make
from tests.relationships.sisters import enrich, known, make_sisters, page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are made when they are read, after the response as well."""
    with override("en"):
        yield


@pytest.fixture
def sisters():
    return make_sisters()


# What they cost


def cost(client, thing, django_assert_max_num_queries, most) -> int:
    with override("en"):
        url = thing.get_absolute_url()
    with django_assert_max_num_queries(most) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_city_with_one_tie_or_three_costs_the_same(
    client, sisters, django_assert_max_num_queries
):
    city = sisters.city_a
    enrich(sisters)
    one = cost(client, city, django_assert_max_num_queries, 12)
    for _ in range(2):
        other = make.TieFactory(city_a=city)
        enrich(other)
        known(other)
    assert cost(client, city, django_assert_max_num_queries, 12) == one


def test_a_tie_with_one_row_of_everything_or_three_costs_the_same(
    client, sisters, django_assert_max_num_queries
):
    enrich(sisters)
    one = cost(client, sisters, django_assert_max_num_queries, 12)
    for _ in range(2):
        enrich(sisters)
        known(make.TieFactory(city_a=sisters.city_a))
    assert cost(client, sisters, django_assert_max_num_queries, 12) == one


def test_a_committee_with_one_row_of_everything_or_three_costs_the_same(
    client, sisters, django_assert_max_num_queries
):
    committee = sisters.city_a.committees.get()

    def grow(tie):
        enrich(tie)
        term = make.OfficeTermFactory(committee=committee)
        make.ConsentFactory(committee=committee, person=term.person)
        make.CommitteeFactory(parent=committee)
        make.ActivityFactory(
            programme=make.ProgrammeFactory(committee=committee, tie=tie),
            exchange=tie.exchanges.first(),
        )

    grow(sisters)
    one = cost(client, committee, django_assert_max_num_queries, 15)
    for _ in range(2):
        tie = make.TieFactory(city_a=sisters.city_a)
        grow(tie)
        known(tie)
    assert cost(client, committee, django_assert_max_num_queries, 15) == one


def test_an_exchange_with_one_gift_or_three_costs_the_same(
    client, sisters, django_assert_max_num_queries
):
    exchange = make.ExchangeFactory(tie=sisters)
    make.DonationFactory(tie=sisters, exchange=exchange)
    one = cost(client, exchange, django_assert_max_num_queries, 8)
    for _ in range(2):
        make.DonationFactory(tie=sisters, exchange=exchange)
        make.ExchangeFactory(tie=sisters)
    assert cost(client, exchange, django_assert_max_num_queries, 8) == one


# What they hide


@pytest.mark.parametrize("review", ["draft", "submitted", "changes_requested", "rejected"])
@pytest.mark.parametrize("kind", ["tie", "committee", "exchange"])
def test_what_is_not_published_has_no_page(client, sisters, kind, review):
    thing = {
        "tie": lambda: sisters,
        "committee": lambda: sisters.city_a.committees.get(),
        "exchange": lambda: make.ExchangeFactory(tie=sisters),
    }[kind]()
    page(client, thing)
    thing.review = review
    thing.save()
    assert client.get(thing.get_absolute_url()).status_code == 404


def test_an_exchange_of_an_unpublished_tie_has_no_page(client, sisters):
    exchange = make.ExchangeFactory(tie=sisters)
    page(client, exchange)
    sisters.review = Tie.Review.DRAFT
    sisters.save()
    assert client.get(exchange.get_absolute_url()).status_code == 404


def test_an_unlisted_city_has_no_page(client):
    city = make.CityFactory(is_listed=False)
    assert client.get(city.get_absolute_url()).status_code == 404


def test_no_page_tells_of_what_waits_for_review(client, sisters):
    secret = make.CityFactory(american=True, name="Waitingville")
    make.TieFactory(city_a=sisters.city_a, city_b=secret, review=Tie.Review.SUBMITTED)
    make.ExchangeFactory(
        tie=sisters, title_en="Hidden visit", title_es="Hidden visit", review="draft"
    )
    make.DonationFactory(tie=sisters, amount=777, review="draft")
    make.DonationFactory(tie=sisters, in_kind=True, description_en="Hidden bus", review="draft")
    make.CommitteeFactory(name="Hidden committee", cities=[sisters.city_a], review="submitted")
    derive()
    for thing in (sisters, sisters.city_a, sisters.city_a.committees.public().get()):
        text = text_of(page(client, thing))
        assert [word for word in ("Hidden", "Waitingville", "777") if word in text] == []


def test_no_page_tells_what_is_private(client, sisters):
    committee = sisters.city_a.committees.get()
    shown, hidden = make.PersonFactory(), make.PersonFactory(phone="+52 871 000 1111")
    gone = make.PersonFactory(name="Once In Office")
    for person in (shown, gone):
        make.ConsentFactory(committee=committee, person=person)
    president = make.OfficeFactory(name_es="Presidencia", name_en="President", rank=1)
    secretary = make.OfficeFactory(name_es="Secretaría", name_en="Secretary", rank=2)
    make.OfficeTermFactory(
        committee=committee, office=president, person=gone, ends=datetime.date(2020, 12, 31)
    )
    make.OfficeTermFactory(
        committee=committee, office=president, person=shown, begins=datetime.date(2021, 1, 1)
    )
    make.OfficeTermFactory(committee=committee, office=secretary, person=hidden)
    make.TieEventFactory(tie=sisters, private_note="Between us")
    make.ConfirmationFactory(tie=sisters, note="Said on the phone", answered_as="Jane Roe")
    make.StatementFactory(tie=sisters, verbatim={"email": "someone@example.org"})
    known(sisters)
    response = page(client, committee)
    assert [(str(seat.office), seat.name) for seat in response.context["page"].board] == [
        ("President", shown.name),
        ("Secretary", ""),
    ]
    private = (
        *(hidden.name, hidden.phone, hidden.email, shown.email, "Once In Office"),
        *("Between us", "Said on the phone", "Jane Roe", "someone@example.org"),
    )
    for thing in (committee, sisters, sisters.city_a):
        text = page(client, thing).content.decode()
        assert [word for word in private if word in text] == []


# Their addresses


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_slug_of_a_tie_leads_to_the_one_of_the_language(client, sisters, language):
    Address.keep("tie", "an-older-slug", sisters.pk)
    with override(language):
        right = sisters.get_absolute_url()
    assert right.endswith(
        "-palacio-y-south-el-monte/" if language == "es" else "-and-south-el-monte/"
    )
    for slug in (*map(sisters.slug_in, ("es", "en")), sisters.slug, "an-older-slug"):
        url = re.sub(r"[^/]+/$", f"{slug}/", right)
        response = client.get(url)
        if url == right:
            assert response.status_code == 200
        else:
            assert (response.status_code, response.headers.get("Location")) == (301, right)


def test_a_name_with_the_connector_inside_is_found(client):
    pinos = make.CityFactory(name="Pinos y Cerros")
    tie = known(make.TieFactory(city_a=pinos, city_b=make.CityFactory(name="Zapata y Mora")))
    with override("es"):
        url = tie.get_absolute_url()
    assert url.endswith("/pinos-y-cerros-y-zapata-y-mora/")
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("kind", ["city", "committee", "exchange"])
def test_an_old_slug_redirects_for_ever(client, sisters, kind):
    thing = {
        "city": lambda: sisters.city_a,
        "committee": lambda: sisters.city_a.committees.get(),
        "exchange": lambda: make.ExchangeFactory(tie=sisters),
    }[kind]()
    before = thing.get_absolute_url()
    thing.slug = "quite-another-name"
    thing.save()
    response = client.get(before)
    assert (response.status_code, response.headers["Location"]) == (301, thing.get_absolute_url())


def test_what_was_merged_redirects_to_its_survivor(client, sisters):
    city = make.CityFactory(name="Gomes Palasio", merged_into=sisters.city_a, is_listed=False)
    committee = make.CommitteeFactory(
        merged_into=sisters.city_a.committees.get(), review=Tie.Review.MERGED
    )
    double = known(make.TieFactory(city_a=city))
    Tie.objects.filter(pk=double.pk).update(review=Tie.Review.MERGED, merged_into=sisters)
    for thing, survivor in (
        (city, sisters.city_a),
        (committee, committee.merged_into),
        (double, sisters),
    ):
        response = client.get(thing.get_absolute_url())
        wanted = survivor.get_absolute_url()
        assert (response.status_code, response.headers.get("Location")) == (301, wanted)


def test_a_circle_of_merges_ends_in_404(client):
    one, two = make.CityFactory(is_listed=False), make.CityFactory(is_listed=False)
    type(one).objects.filter(pk=one.pk).update(merged_into=two)
    type(two).objects.filter(pk=two.pk).update(merged_into=one)
    assert client.get(one.get_absolute_url()).status_code == 404


def test_the_language_switch_keeps_the_page(client, sisters):
    exchange = make.ExchangeFactory(tie=sisters)
    for thing in (sisters, sisters.city_a, sisters.city_a.committees.get(), exchange):
        with override("es"):
            spanish = thing.get_absolute_url()
        html = page(client, thing, "en").content.decode()
        assert re.findall(r'<a class="language"[^>]* href="([^"]+)"', html) == [spanish]
        alternates = re.findall(
            r'hreflang="(es|en|x-default)" href="http://testserver([^"]+)"', html
        )
        with override("en"):
            english = thing.get_absolute_url()
        assert alternates == [("es", spanish), ("en", english), ("x-default", spanish)]
