"""A stranger's way through the site, without scripts, and on paper."""

import re

import pytest
from playwright.sync_api import Route

from tests.site.browser.window import PHONE, Window
from tests.site.reading import Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES_OF_PDF = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def test_a_stranger_finds_a_city_its_tie_and_its_committee_on_a_phone(window):
    page = window.page
    window.look(PHONE)
    window.open("/es/")
    page.get_by_role("main").get_by_role("searchbox").fill("gomez palacio")
    window.follow(page.get_by_role("main").get_by_role("button", name="Buscar"))
    found = page.get_by_role("main").get_by_role("link", name="Gómez Palacio", exact=True)
    window.follow(found.first)
    assert page.locator("h1").inner_text() == "Gómez Palacio"
    window.follow(page.get_by_role("table").get_by_role("link", name="South El Monte"))
    assert "/es/hermanamientos/gomez-palacio-y-south-el-monte/" in page.url
    assert "1969" in page.locator(".sign").inner_text()
    both = page.get_by_role("region", name="Las dos ciudades")
    window.follow(both.get_by_role("link", name="South El Monte Sister Cities Association"))
    committee = page.locator("h1").inner_text()
    assert page.url == f"{window.address}/es/comites/south-el-monte/"
    window.follow(page.get_by_role("link", name="English"))
    assert page.url == f"{window.address}/en/committees/south-el-monte/"
    assert page.locator("h1").inner_text() == committee
    assert page.locator("html").get_attribute("lang") == "en"
    assert window.overflow() == 0


def test_the_language_switch_keeps_what_was_asked(window, path):
    window.open(path("tie-list") + "?q=gomez+palacio&sort=-since")
    rows = window.page.locator("main table tbody tr").count()
    assert rows >= 1
    window.follow(window.page.get_by_role("link", name="English"))
    assert window.page.url == f"{window.address}/en/ties/?q=gomez+palacio&sort=-since"
    assert window.page.locator("main table tbody tr").count() == rows


def _documents_alone(route: Route) -> None:
    """Spare what changes no words: styles, fonts and pictures."""
    if route.request.is_navigation_request():
        route.fallback()
    else:
        route.abort()


def test_without_scripts_every_page_says_and_leads_to_the_same(
    browser, address, window, demo_pages
):
    plain = Window(browser, address, java_script_enabled=False)
    plain.context.route("**/*", _documents_alone)
    try:
        for one in demo_pages:
            if one.language == "es":
                window.open(one.path)
                plain.page.goto(address + one.path)
                with_scripts = Reading(window.page.content(), one.path)
                without = Reading(plain.page.content(), one.path)
                assert with_scripts.text == without.text
                assert list(with_scripts.links()) == list(without.links())
                assert len(without.text) > 400
    finally:
        plain.close()


SHEETS = {
    **{"home": 2, "city": 2, "tie": 2, "committee": 3, "exchange": 1},
    **{"city-list": 2, "tie-list": 3, "map": 4, "committee-list": 1, "exchange-list": 1},
}


@pytest.mark.parametrize(("name", "most"), SHEETS.items())
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_page_is_printed_on_few_sheets(window, path, name, most, paper):
    window.open(path(name))
    found = len(PAGES_OF_PDF.findall(window.page.pdf(format=paper, prefer_css_page_size=False)))
    assert 1 <= found <= most


def test_on_paper_there_is_no_navigation_and_the_address_is_told(window, path):
    window.open(path("tie"))
    window.page.emulate_media(media="print")
    try:
        for unwanted in (".site-nav", ".theme-form", ".breadcrumbs", ".skip"):
            assert window.page.locator(unwanted).is_hidden(), unwanted
        assert window.page.locator(".qr svg").is_visible()
        assert window.page.locator("footer .only-print").is_visible()
    finally:
        window.page.emulate_media(media="null")


def test_on_paper_the_filters_of_a_list_are_gone(window, path):
    window.open(path("tie-list"))
    window.page.emulate_media(media="print")
    try:
        assert window.page.locator("details.filters form").is_hidden()
        assert window.page.locator(".pagination").first.is_hidden()
    finally:
        window.page.emulate_media(media="null")
