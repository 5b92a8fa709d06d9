"""Every address has a sample, and every sample is answered."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee
from relationships.models import Exchange, Tie
from tests.site import crawling, pages
from tests.site.canaries import MARK

pytestmark = pytest.mark.django_db


def test_every_address_outside_the_admin_has_a_sample():
    assert pages.url_names() == set(pages.samples())


def test_every_page_is_there_in_both_languages():
    client = Client()
    expected = {page: (302 if page.type is None else 200, page.type) for page in pages.pages()}
    answers = {}
    for page in expected:
        answer = crawling.ask(client, page.path)
        type = answer.headers["Content-Type"] if answer.status == 200 else None
        answers[page] = (answer.status, type)
    assert answers == expected
    assert {page.language for page in expected} == {"es", "en"}


def test_a_page_is_at_one_address_in_each_language_with_the_same_query():
    client, query = Client(), "?page=1&x=%C3%B1"
    spanish = [page for page in pages.html_pages() if page.language == "es"]
    english = [page for page in pages.html_pages() if page.language == "en"]
    for one, other in zip(spanish, english, strict=True):
        assert one.name == other.name
        for here, there in ((one, other), (other, one)):
            found = client.get(here.path + query).context["other_language"]
            assert (found["code"], found["url"]) == (there.language, there.path + query)


@pytest.mark.parametrize(
    ("accepts", "cookie", "path"),
    [
        ("", "", "/es/"),
        ("en", "", "/en/"),
        ("en-GB,fr;q=0.5", "", "/en/"),
        ("fr,de", "", "/es/"),
        ("es-MX,en;q=0.9", "", "/es/"),
        ("en", "es", "/es/"),
        ("es", "en", "/en/"),
        ("es", "xx", "/es/"),
    ],
)
def test_the_root_leads_to_the_language_of_the_cookie_or_of_the_browser(accepts, cookie, path):
    client = Client(headers={"Accept-Language": accepts})
    if cookie:
        client.cookies["language"] = cookie
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, path)
    assert {"Cookie", "Accept-Language"} <= set(response.headers["Vary"].split(", "))


def test_short_addresses_lead_to_the_page_in_the_language_of_the_visitor():
    tie = Tie.objects.get(slug="gomez-palacio_south-el-monte")
    for language in ("es", "en"):
        client = Client(headers={"Accept-Language": language})
        with override(language):
            assert client.get(f"/t/{tie.pk}").headers["Location"] == tie.get_absolute_url()
            assert client.get(f"/c/{tie.city_a_id}").headers["Location"] == (
                tie.city_a.get_absolute_url()
            )
            assert client.get("/c/south-el-monte").headers["Location"] == reverse(
                "public:committee", args=["south-el-monte"]
            )


def test_what_is_not_published_has_no_page():
    client, tried = Client(), 0
    hidden = [
        *Tie.objects.exclude(review="published"),
        *Committee.objects.exclude(review="published"),
        *Exchange.objects.filter(title_es__startswith=MARK),
    ]
    for thing in hidden:
        if getattr(thing, "merged_into_id", None):
            continue
        for language in ("es", "en"):
            with override(language):
                assert client.get(thing.get_absolute_url()).status_code == 404
                tried += 1
    for thing in hidden:
        if isinstance(thing, Tie) and not thing.merged_into_id:
            assert client.get(f"/t/{thing.pk}").status_code == 404
    assert tried >= 2 * (4 + 4 + 10)


def test_what_was_merged_leads_to_its_survivor():
    client = Client(headers={"Accept-Language": "es"})
    survivor = Tie.objects.get(slug="gomez-palacio_south-el-monte")
    merged = Tie.objects.get(merged_into=survivor)
    assert client.get(f"/t/{merged.pk}").headers["Location"] == survivor.get_absolute_url()
    with override("es"):
        body = Committee.objects.get(merged_into__slug="south-el-monte")
        response = client.get(body.get_absolute_url())
        home = reverse("public:committee", args=["south-el-monte"])
    assert (response.status_code, response.headers["Location"]) == (301, home)


def test_what_is_not_published_is_not_found_by_searching():
    client = Client()
    for name in ("city-list", "tie-list", "committee-list", "exchange-list"):
        with override("en"):
            path = reverse(f"public:{name}")
        for question in (MARK, f"{MARK} draft", f"{MARK} committee rejected"):
            response = client.get(path, {"q": question})
            links = [url for url in _links(response) if MARK in url]
            assert (response.status_code, [url for url in links if "q=" not in url]) == (200, [])


def _links(response) -> list[str]:
    from tests.site.reading import Reading

    return list(Reading(response.content.decode(), response.request["PATH_INFO"]).links())
