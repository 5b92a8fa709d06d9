from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from sistercities.exporting.formats import FormatLink, formats_of
from sistercities.listing.links import Links

pytestmark = pytest.mark.urls("tests.sistercities.open.format_urls")


def draw(path: str, **context) -> str:
    """What both tags write on the page at a path."""
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    template = Template("{% load formats %}{% format_alternates %}{% formats %}")
    return template.render(Context({"request": request, **context}))


def test_a_page_is_had_in_the_forms_that_have_an_address_called_after_it():
    with override("es"):
        assert formats_of("public:city-list", {}, "?state=MX-DUR") == [
            FormatLink("CSV", "/es/ciudades.csv?state=MX-DUR", "text/csv"),
            FormatLink("iCal", "/es/ciudades.ics?state=MX-DUR", "text/calendar"),
        ]
        assert formats_of("public:city", {"slug": "kyoto-jp"}) == [
            FormatLink("JSON", "/es/ciudades/kyoto-jp.json", "application/json")
        ]
    with override("en"):
        assert formats_of("public:city-list", {})[0].url == "/en/cities.csv"


def test_a_page_in_no_other_form_says_nothing_of_any():
    with override("en"):
        assert formats_of("public:about", {}) == []
        assert draw("/en/about/").strip() == ""
        assert formats_of("nowhere:about", {}) == []
        assert formats_of("about", {}) == []


def test_a_list_hands_on_what_it_understood_of_its_filters():
    listing = SimpleNamespace(links=Links("/en/cities/", {"q": 'a"&b', "sort": "name"}))
    with override("en"):
        html = draw("/en/cities/", listing=listing)
    address = "/en/cities.csv?q=a%22%26b&amp;sort=name"
    assert f'<link rel="alternate" type="text/csv" href="{address}" title="CSV">' in html
    assert f'<a href="{address}" type="text/csv" rel="nofollow">CSV</a>' in html


def test_a_page_that_is_not_there_has_no_forms():
    request = RequestFactory().get("/en/nowhere/")
    request.resolver_match = None
    template = Template("{% load formats %}{% formats %}")
    with override("en"):
        assert template.render(Context({"request": request})).strip() == ""
        assert template.render(Context({})).strip() == ""
