"""No link of the site leads nowhere."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from tests.site import pages
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
    short = {url for url in led_on if url.startswith(("/t/", "/c/"))}
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
    assert schemes <= {"http", "https", "mailto"}
    assert [
        one for one in site.elsewhere if " " in one or not urlsplit(one).path + urlsplit(one).netloc
    ] == []


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
    """Pages below a committee's own (news, forms) are found from there."""
    client = Client()
    named = set()
    for sheet in _locations(client, "/sitemap.xml"):
        named |= set(_locations(client, sheet))
    visited = {answer.url for answer in site.plain_pages}
    below = {url for url in visited if name_of(url).startswith("committee-")}
    assert named == visited - below | {url for url in below if name_of(url) == "committee-list"}


def name_of(path: str) -> str:
    """The URL name of a page, without its namespace."""
    with override(path[1:3]):
        return resolve(path).url_name


def _locations(client: Client, path: str) -> list[str]:
    from xml.etree import ElementTree

    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    tree = ElementTree.fromstring(body)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [one.text.removeprefix(settings.SITE_URL) for one in tree.iter(name)]
