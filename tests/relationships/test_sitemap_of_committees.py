"""What committees tell stands on the map for search engines, and nothing else of theirs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee, News
from committees.sitemap import _pattern as addresses
from relationships.views import sitemap
from sistercities.models import RegistryVersion
from tests import factories as make
from tests import page_factories

pytestmark = pytest.mark.django_db

PARTS = ("news", "photos", "news-lists", "photo-lists", "document-lists")


def named(client, part: str, number: int = 1) -> list[str]:
    body = b"".join(client.get(f"/sitemap-{part}-{number}.xml")).decode()
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", body)


def parts(client) -> set[str]:
    return set(
        re.findall(r"/sitemap-([a-z-]+)-\d+\.xml", client.get("/sitemap.xml").content.decode())
    )


def tell(slug: str) -> None:
    """A committee with a news item, its photo, and a document."""
    committee = make.CommitteeFactory(slug=slug, name=slug)
    page_factories.NewsFactory(committee=committee, illustrated=True)
    page_factories.DocumentFactory(committee=committee)


def test_news_photos_and_lists_of_a_committee_are_named_in_both_languages(client):
    tell("downey")
    item = News.objects.get()
    assert set(PARTS) <= parts(client)
    found = {part: named(client, part) for part in PARTS}
    assert found == {
        "news": [
            f"/es/comites/downey/noticias/{item.pk}/",
            f"/en/committees/downey/news/{item.pk}/",
        ],
        "photos": [
            f"/es/comites/downey/fotos/{item.photo.pk}/",
            f"/en/committees/downey/photos/{item.photo.pk}/",
        ],
        "news-lists": ["/es/comites/downey/noticias/", "/en/committees/downey/news/"],
        "photo-lists": ["/es/comites/downey/fotos/", "/en/committees/downey/photos/"],
        "document-lists": ["/es/comites/downey/documentos/", "/en/committees/downey/documents/"],
    }
    for paths in found.values():
        for path in paths:
            response = client.get(path)
            assert (path, response.status_code) == (path, 200)
            assert "noindex" not in response.content.decode()


def test_what_is_hidden_or_of_an_unpublished_committee_is_not_named(client):
    tell("hidden")
    tell("draft")
    hidden = Committee.objects.get(slug="hidden")
    for rows in (hidden.news, hidden.photos, hidden.documents):
        for one in rows.all():
            one.is_public = False
            one.save()
    Committee.objects.filter(slug="draft").update(review=Committee.Review.DRAFT)
    RegistryVersion.move_on()
    assert not set(PARTS) & parts(client)
    for part in PARTS:
        assert client.get(f"/sitemap-{part}-1.xml").status_code == 404


@pytest.mark.parametrize("name", ["committee-news", "committee-photos", "committee-documents"])
def test_a_list_asks_to_be_found_once_there_is_something_in_it(client, name):
    make.CommitteeFactory(slug="downey", name="Downey")
    with override("en"):
        path = reverse(f"public:{name}", args=["downey"])
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()
    committee = Committee.objects.get()
    page_factories.NewsFactory(committee=committee, illustrated=True)
    page_factories.DocumentFactory(committee=committee)
    assert "noindex" not in client.get(path).content.decode()


@pytest.mark.parametrize("name", ["committee-join", "committee-contact"])
def test_the_forms_of_a_committee_ask_not_to_be_found(client, name):
    make.CommitteeFactory(slug="downey", name="Downey")
    with override("en"):
        path = reverse(f"public:{name}", args=["downey"])
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()


def test_three_committees_cost_the_map_no_more_questions_than_one(client, monkeypatch):
    asked = []
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            tell(slug)
        with CaptureQueriesContext(connection) as questions:
            client.get("/sitemap.xml")
            for part in PARTS:
                named(client, part)
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 2 + len(sitemap.SUBJECTS) + 3 * len(PARTS)
    assert len(named(client, "news")) == 3 * 2
    monkeypatch.setattr(sitemap, "MOST", 2)
    RegistryVersion.move_on()
    assert len(named(client, "news", 2)) == len(named(client, "news-lists", 2)) == 2


def test_an_address_is_looked_up_once_a_language_and_not_once_a_row(client):
    tell("one")
    page_factories.NewsFactory.create_batch(3, committee=Committee.objects.get())
    addresses.cache_clear()
    assert len(named(client, "news")) == 4 * 2
    assert addresses.cache_info().misses == 2
