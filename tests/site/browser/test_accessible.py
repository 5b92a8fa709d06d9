"""Every template in both languages, light and dark, wide and narrow, can be used by everyone."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from sistercities import views
from tests.site.browser.window import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NAMES = [
    *("home", "map", "city-list", "city", "tie-list", "tie", "committee-list", "committee"),
    "city-badge",
    *("statistics", "states", "state-of-ties", "city-state-of-ties"),
    *("exchange-list", "exchange", "anniversaries", "data", "differences", "about"),
    *("how-to-twin", "privacy", "accessibility", "committee-news", "committee-news-item"),
    *("committee-photos", "committee-photo", "committee-documents", "committee-leaflet"),
    *("committee-join", "committee-join-sent", "committee-contact", "committee-contact-sent"),
    *("guides", "guide", "conventions", "convention", "apply", "apply-sent"),
    *("tie-report", "tie-report-sent", "city-report", "city-report-sent"),
]
LOOKS = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]
ERRORS = {400: views.bad_request, 403: views.forbidden, 500: views.server_error}
DOUBLE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
SMALL_BUTTONS = """() => [...document.querySelectorAll("main .btn-primary")]
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.width && (box.height < 44 || box.width < 44))
  .map((box) => [box.width, box.height])"""


def test_every_page_has_its_turn_here(demo_pages):
    assert {page.name for page in demo_pages} == {f"public:{name}" for name in NAMES}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_fault_and_fits_in_every_look(window, path, name, language):
    window.open(path(name, language))

    assert window.each(LOOKS, window.faults) == {}
    assert window.page.evaluate(SMALL_BUTTONS) == []
    window.look(WIDE)
    window.page.evaluate(DOUBLE)
    assert window.overflow() <= 0


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_of_a_wrong_address_has_no_fault(window, language):
    window.open(f"/{language}/xyz/", 404)
    assert window.each(LOOKS, window.faults) == {}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("status", list(ERRORS))
def test_the_pages_of_other_errors_have_no_fault(window, status, language):
    path = f"/{language}/error/"
    request = RequestFactory().get(path)
    request.resolver_match = None
    with override(language):
        window.make_up(path, ERRORS[status](request))
    window.open(path, status)
    assert window.each(LOOKS, window.faults) == {}


def test_the_page_for_repairs_has_no_fault(window):
    window.open("/static/503.html")
    assert window.each(LOOKS, window.faults) == {}


FILTERED = ["?q=gomez+palacio", "?q=xqzzy", "?country=MX&sort=-ties", "?page=2"]


@pytest.mark.parametrize("query", FILTERED)
def test_a_list_that_was_searched_and_filtered_has_no_fault(window, path, query):
    for name in ("city-list", "tie-list"):
        window.open(path(name, "es") + query)
        found = window.each([(WIDE, "light"), (NARROW, "dark")], window.faults)
        assert (name, found) == (name, {})


def test_the_open_filters_of_a_phone_have_no_fault(window, path):
    for name in ("city-list", "tie-list", "committee-list", "exchange-list"):
        window.open(path(name, "es"))
        window.look(NARROW)
        window.page.locator("details.filters > summary").click()
        assert window.page.locator("details.filters form").is_visible()
        assert (name, window.faults()) == (name, [])


def test_the_theme_that_the_visitor_chose_stays_whatever_the_device_asks_for(window, path):
    window.open(path("home"))
    paper = "() => getComputedStyle(document.body).backgroundColor"

    def choose(theme: str) -> str:
        window.follow(window.page.locator(f".theme-form button[value={theme}]"))
        return window.page.evaluate(paper)

    light = window.page.evaluate(paper)
    dark = choose("dark")
    assert window.page.url == window.address + path("home")
    assert window.page.locator(".theme-form button[aria-pressed=true]").get_attribute("value") == (
        "dark"
    )
    assert light != dark
    window.look(WIDE, "dark")
    assert window.page.evaluate(paper) == dark
    assert choose("light") == light
    assert choose("auto") == dark
