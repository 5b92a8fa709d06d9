"""Addresses without a language: short ones for print, and the map of the site."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from committees.models import City
from relationships.deriving import derive
from relationships.models import Tie
from relationships.views import sitemap
from sistercities.models import RegistryVersion
from tests import factories as make
from tests.relationships.sisters import make_sisters

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def sisters():
    return make_sisters()


def path_in(language, thing):
    with override(language):
        return thing.get_absolute_url()


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, "", "es"),
        (None, "en-US,es;q=0.5", "en"),
        (None, "de", "es"),
        ("en", "es", "en"),
        ("es", "en", "es"),
        ("xx", "en", "en"),
    ],
)
def test_short_addresses_lead_to_the_page_in_the_readers_language(
    client, sisters, cookie, accepted, language
):
    committee = sisters.city_a.committees.get()
    if cookie:
        client.cookies["language"] = cookie
    for short, thing in (
        (f"/t/{sisters.pk}", sisters),
        (f"/c/{sisters.city_a.pk}", sisters.city_a),
        (f"/c/{committee.slug}", committee),
    ):
        response = client.get(short, headers={"Accept-Language": accepted})
        assert (response.status_code, response.headers["Location"]) == (
            302,
            path_in(language, thing),
        )
        assert {"Cookie", "Accept-Language"} <= set(re.split(", *", response.headers["Vary"]))
        assert response.headers["Cache-Control"] == "no-store"


def test_short_addresses_of_the_merged_lead_to_the_survivor(client, sisters):
    city = make.CityFactory(merged_into=sisters.city_a, is_listed=False)
    assert client.get(f"/c/{city.pk}").headers["Location"] == path_in("es", sisters.city_a)


@pytest.mark.parametrize(
    "path", ["/t/999", "/c/999", "/c/nobody", "/t/" + "9" * 30, "/t/" + "9" * 5000]
)
def test_unknown_short_addresses_are_404(client, sisters, path):
    assert client.get(path).status_code == 404


def test_what_is_not_published_has_no_short_address(client, sisters):
    Tie.objects.update(review=Tie.Review.DRAFT)
    City.objects.update(is_listed=False)
    sisters.city_a.committees.update(review="submitted")
    for path in (f"/t/{sisters.pk}", f"/c/{sisters.city_a.pk}", "/c/comite-de-gomez-palacio"):
        assert client.get(path).status_code == 404


def locations(client, path):
    response = client.get(path)
    assert response.status_code == 200
    body = b"".join(response) if response.streaming else response.content
    return [
        one.text.removeprefix("http://testserver")
        for one in ElementTree.fromstring(body).iter(f"{SPACE}loc")
    ]


def test_the_map_of_the_site_names_every_public_page_in_both_languages(client, sisters):
    exchange = make.ExchangeFactory(tie=sisters)
    make.TieFactory(review=Tie.Review.DRAFT)
    make.CityFactory(is_listed=False)
    City.objects.filter(ties_as_a=None, ties_as_b=None).update(is_listed=False)
    derive()
    pages = locations(client, "/sitemap.xml")
    assert pages == [
        f"/sitemap-{one}-1.xml" for one in ("texts", "cities", "ties", "committees", "exchanges")
    ]
    found = [path for page in pages[1:] for path in locations(client, page)]
    things = [sisters.city_a, sisters.city_b, sisters, *sisters.city_a.committees.all()]
    things += [*sisters.city_b.committees.all(), exchange]
    sisters.refresh_from_db()
    assert found == [path_in(code, thing) for thing in things for code in ("es", "en")]
    texts = locations(client, pages[0])
    assert [client.get(path).status_code for path in texts] == [200] * len(texts)


def test_a_long_map_is_cut_into_pages(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(sitemap, "MOST", 2)
    cities = [make.CityFactory() for _ in range(5)]
    RegistryVersion.move_on()
    pages = [path for path in locations(client, "/sitemap.xml") if "cities" in path]
    assert pages == [f"/sitemap-cities-{n}.xml" for n in (1, 2, 3)]
    with django_assert_max_num_queries(3):
        assert locations(client, pages[2]) == [path_in(code, cities[4]) for code in ("es", "en")]
    for path in ("/sitemap-cities-4.xml", "/sitemap-cities-0.xml", "/sitemap-people-1.xml"):
        assert client.get(path).status_code == 404


def test_every_entry_names_both_languages(client, sisters):
    body = b"".join(client.get("/sitemap-ties-1.xml")).decode()
    spanish, english = (f"http://testserver{path_in(code, sisters)}" for code in ("es", "en"))
    assert (
        re.findall(r'hreflang="([^"]+)" href="([^"]+)"', body)
        == [
            ("es", spanish),
            ("en", english),
            ("x-default", spanish),
        ]
        * 2
    )
