import datetime

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation

from sistercities import context
from sistercities.models import RegistryVersion

pytestmark = pytest.mark.urls("tests.sistercities.frame_urls")


def request_for(path: str, language: str = "es"):
    """A request whose address was found, in a language."""
    request = RequestFactory().get(path)
    with translation.override(language):
        request.resolver_match = resolve(request.path)
    return request


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?page=1", ""),
        ("?page=7&q=a&utm_source=x", "?page=7"),
        ("?page=007", "?page=7"),
        ("?page=-2", ""),
        ("?page=٣", ""),
        ("?page=" + "9" * 5000, ""),
        ("?page=%00", ""),
    ],
)
def test_the_canonical_address_keeps_the_page_and_drops_the_rest(query, kept):
    path = context.canonical_path(request_for("/es/tie-list/" + query))
    assert path == "/es/tie-list/" + kept


def test_a_page_names_itself_under_the_address_of_the_site(settings):
    settings.SITE_URL = "https://hermanas.example/"
    request = RequestFactory().get("/es/", HTTP_HOST="evil.example")
    assert context.absolute(context.canonical_path(request)) == "https://hermanas.example/es/"


def test_a_translated_slug_is_named_by_the_view_and_keeps_the_filters():
    request = request_for("/es/city-list/sevilla/?since=1969")
    request.localized = {"es": "/es/city-list/sevilla/", "en": "/en/city-list/seville/"}
    with translation.override("es"):
        assert context.other_language(request) == {
            "code": "en",
            "name": "English",
            "url": "/en/city-list/seville/?since=1969",
        }
        assert context.alternate_urls(request) == {
            "es": "http://testserver/es/city-list/sevilla/",
            "en": "http://testserver/en/city-list/seville/",
            "x-default": "http://testserver/es/city-list/sevilla/",
        }


def test_the_other_language_of_english_is_spanish_named_in_spanish():
    request = request_for("/en/about/?a=%C3%B1", "en")
    with translation.override("en"):
        other = context.other_language(request)
    assert other == {"code": "es", "name": "Español", "url": "/es/about/?a=%C3%B1"}


def test_where_there_is_no_page_there_is_no_alternate_and_the_switch_leads_home():
    request = RequestFactory().get("/es/nada//[x?y=[")
    request.resolver_match = None
    with translation.override("es"):
        assert context.alternate_urls(request) == {}
        assert context.other_language(request)["url"] == "/en/"


@pytest.mark.django_db
def test_the_data_are_as_of_the_last_published_change():
    RegistryVersion.objects.all().delete()
    assert context.data_date(HttpRequest()) is None
    late = datetime.datetime(2026, 11, 22, 3, 0, tzinfo=datetime.UTC)
    RegistryVersion.objects.create(pk=1, changed_at=late)
    assert (
        context.data_date(HttpRequest()) == timezone.localdate(late) == datetime.date(2026, 11, 21)
    )


def test_what_costs_a_query_waits_until_a_template_asks(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        values = context.page(request_for("/es/"))
    with django_assert_num_queries(1):
        str(values["data_date"])
