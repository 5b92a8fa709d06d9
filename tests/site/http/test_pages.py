"""What every page of the site has, read off all pages that links lead to."""

import itertools

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from sistercities.association import NAME
from tests.site import pages
from tests.site.crawling import Crawl

pytestmark = pytest.mark.django_db
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def faults(site: Crawl, judge) -> dict[str, object]:
    """What `judge` says of a page, for each page of which it says something."""
    return {answer.url: fault for answer in site.pages if (fault := judge(answer.reading))}


def test_the_walk_saw_the_whole_demo_registry(site):
    wanted = {page.path for page in pages.html_pages() if page.is_linked}
    assert wanted - {answer.url for answer in site.pages} == set()
    assert len(site.plain_pages) >= 2 * (70 + 90 + 12 + 14 + 10)


def test_every_page_is_html_without_a_fault():
    client = Client()
    wrong = {}
    for page in pages.html_pages():
        parser = html5lib.HTMLParser()
        parser.parse(client.get(page.path).content.decode())
        if parser.errors:
            wrong[page.path] = [(error, position) for position, error, _data in parser.errors]
    assert wrong == {}


def test_every_page_has_one_h1_and_says_its_language(site):
    def judge(page):
        language = page.url[1:3]
        found = (len(page.all("h1")), page.one("html").attributes["lang"])
        return None if found == (1, language) else found

    assert faults(site, judge) == {}


def test_every_title_ends_with_the_name_of_the_site_and_is_its_own(site):
    names = {}
    for language in pages.LANGUAGES:
        with override(language):
            names[language] = str(NAME)

    def judge(page):
        name = names[page.url[1:3]]
        home = page.url in ("/es/", "/en/")
        good = page.title == name if home else page.title.rpartition(" – ")[2] == name
        return None if good and not page.title.startswith(" –") else page.title

    assert faults(site, judge) == {}
    titles = {}
    for answer in site.plain_pages:
        titles.setdefault((answer.url[:4], answer.reading.title), []).append(answer.url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}


def test_headings_never_skip_a_level(site):
    def judge(page):
        levels = [int(one.tag[1]) for one in page.elements if one.tag in ("h1", "h2", "h3", "h4")]
        steps = [later - earlier for earlier, later in itertools.pairwise(levels)]
        return None if levels[0] <= 2 and max(steps, default=0) <= 1 else levels

    assert faults(site, judge) == {}


def test_every_page_begins_with_a_link_to_its_content(site):
    def judge(page):
        first = page.all("a")[0]
        target = page.all("main", id="content")
        return first.attributes.get("href") != "#content" or len(target) != 1

    assert faults(site, judge) == {}


def test_every_page_names_itself_in_both_languages(site):
    def judge(page):
        link = {
            one.attributes["hreflang"]: one.attributes["href"].removeprefix(settings.SITE_URL)
            for one in page.all("link", rel="alternate")
            if "hreflang" in one.attributes
        }
        canonical = page.one("link", rel="canonical").attributes["href"]
        own = link.get(page.url[1:3])
        good = (
            set(link) == {"es", "en", "x-default"}
            and link["x-default"] == link["es"]
            and canonical == settings.SITE_URL + own
            and page.url.partition("?")[0] == own.partition("?")[0]
        )
        return None if good else (canonical, link)

    assert faults(site, judge) == {}


def test_the_other_language_of_every_page_names_this_page_back(site):
    wrong = {}
    for answer in site.plain_pages:
        there = next(
            one.attributes["href"].removeprefix(settings.SITE_URL)
            for one in answer.reading.all("link", rel="alternate")
            if one.attributes.get("hreflang") not in (answer.url[1:3], "x-default", None)
        )
        back = (
            site.answers[there]
            .reading.one("link", rel="alternate", hreflang=answer.url[1:3])
            .attributes["href"]
        )
        if back != settings.SITE_URL + answer.url:
            wrong[answer.url] = back
    assert wrong == {}


def test_the_language_switch_keeps_page_and_filters(site):
    def judge(page):
        here, there = (("es", "en"), ("en", "es"))[page.url[1:3] == "en"]
        switch = page.one("a", **{"class": "language"}).attributes
        alternate = page.one("link", rel="alternate", hreflang=there).attributes["href"]
        path = alternate.removeprefix(settings.SITE_URL).partition("?")[0]
        query = "".join(page.url.partition("?")[1:])
        good = (switch["href"], switch["hreflang"], switch["lang"]) == (path + query, there, there)
        return None if good and here != there else switch

    assert faults(site, judge) == {}


def test_nothing_is_styled_or_scripted_inside_a_page(site):
    def judge(page):
        return [
            (one.tag, name)
            for one in page.elements
            for name, value in one.attributes.items()
            if name == "style" or name.startswith("on") or "javascript:" in value.lower()
        ] + [
            one.tag
            for one in page.elements
            if one.tag in ("style", "script", "iframe", "object")
            and one.attributes.get("type") != "application/ld+json"  # data, which nothing runs
            and (one.text or not one.attributes.get("src"))  # a file of ours
        ]

    assert faults(site, judge) == {}


def test_every_id_is_there_once_and_every_reference_to_one_leads_somewhere(site):
    def judge(page):
        known = set(page.ids)
        twice = sorted({one for one in page.ids if page.ids.count(one) > 1})
        lost = [
            one.attributes[name]
            for one in page.elements
            for name in REFERENCES
            if not set(one.attributes.get(name, "").split()) <= known
        ]
        return twice + lost

    assert faults(site, judge) == {}


def test_every_control_has_a_name(site):
    def judge(page):
        labelled = {one.attributes.get("for") for one in page.all("label")}
        return [
            one.attributes
            for one in page.elements
            if one.tag in ("input", "select", "textarea")
            and one.attributes.get("type") not in ("hidden", "submit")
            and one.attributes.get("id") not in labelled
            and not {"aria-label", "aria-labelledby"} & set(one.attributes)
        ]

    assert faults(site, judge) == {}


def test_every_table_has_headings_of_columns_and_every_picture_a_text(site):
    def judge(page):
        tables = len(page.all("table"))
        columns = len(page.all("th", scope="col"))
        mute = [one.attributes for one in page.all("img") if "alt" not in one.attributes]
        mute += [
            one.attributes
            for one in page.all("svg")
            if one.attributes.get("role") != "img" and one.attributes.get("aria-hidden") != "true"
        ]
        return mute or (tables > columns and (tables, columns))

    assert faults(site, judge) == {}


def test_no_word_of_a_template_is_left_in_a_page(site):
    def judge(page):
        text = page.text
        return [sign for sign in ("{{", "{%", "None", "%(", "<Promise", " nan ") if sign in text]

    assert faults(site, judge) == {}


def test_every_description_is_filled_in(site):
    def judge(page):
        text = page.one("meta", name="description").attributes["content"]
        return None if text.strip() else "empty"

    assert faults(site, judge) == {}
