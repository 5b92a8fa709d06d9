"""No link of the site leads nowhere."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.site import pages
from tests.site.crawling import Answer
from tests.site.reading import fragment, local, without_fragment

pytestmark = pytest.mark.django_db


def test_no_link_inside_the_site_is_broken(site):
    broken = [
        f"{answer.status} {answer}"
        for answer in site.answers.values()
        if answer.status not in (200, 301, 302)
    ]
    assert broken == []


def test_links_lead_straight_to_their_page(site):
    """Only the forms of theme and language, whose use is to lead back, answer with a redirect."""
    led = {
        answer.url: answer.led_here_by for answer in site.answers.values() if answer.status == 301
    }
    assert led == {}
    led_on = {answer.url for answer in site.answers.values() if answer.status == 302}
    leading = {page.path for page in pages.pages() if page.type is None}
    short = {url for url in led_on if url.startswith(("/t/", "/c/", "/e/"))}
    assert {url.partition("?")[0] for url in led_on - short} <= leading


def test_every_place_inside_a_page_that_a_link_names_is_there(site):
    lost = []
    for answer in site.pages:
        for address in answer.reading.links():
            path = local(address, settings.SITE_URL)
            if path is None or not fragment(path):
                continue
            target = site.answers[without_fragment(path)]
            if fragment(path) not in target.reading.ids:
                lost.append((answer.url, path))
    assert lost == []


def test_links_that_leave_the_site_are_whole_addresses(site):
    schemes = {urlsplit(address).scheme for address in site.elsewhere}
    assert schemes <= {"http", "https", "mailto", "tel", "webcal"}
    assert [
        one for one in site.elsewhere if " " in one or not urlsplit(one).path + urlsplit(one).netloc
    ] == []
    dialled = [one for one in site.elsewhere if one.startswith("tel:")]
    assert [one for one in dialled if not re.fullmatch(r"tel:\+?[0-9]{7,15}", one)] == []


def test_nothing_that_a_browser_loads_by_itself_is_elsewhere(site):
    loaded = {
        address
        for answer in site.pages
        for element in answer.reading.elements
        if element.tag in ("img", "script", "source", "video", "iframe", "use", "image")
        or (
            element.tag == "link"
            and element.attributes.get("rel") in ("stylesheet", "preload", "icon")
        )
        for name in ("src", "href", "srcset")
        if (address := element.attributes.get(name, "/")) and not address.startswith("/")
    }
    assert loaded == set()


def test_the_map_for_search_engines_names_the_pages_that_links_lead_to(site):
    """All but those that say themselves that they want to be in no index: forms, empty lists."""
    client = Client()
    named = set()
    for sheet in _locations(client, "/sitemap.xml"):
        named |= set(_locations(client, sheet))
    unwanted = {one.url for one in site.plain_pages if _wants_no_index(one)}
    assert named == {one.url for one in site.plain_pages} - unwanted
    forms = {one.path for one in pages.html_pages() if one.is_form and one.path in site.answers}
    assert forms and forms <= unwanted


def _wants_no_index(answer: Answer) -> bool:
    robots = answer.reading.all("meta", name="robots")
    return any("noindex" in one.attributes["content"] for one in robots)


def _locations(client: Client, path: str) -> list[str]:
    from xml.etree import ElementTree

    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    tree = ElementTree.fromstring(body)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [one.text.removeprefix(settings.SITE_URL) for one in tree.iter(name)]
