"""The pages of a list: every row once, from either end, at the same cost, whatever comes in."""

import html
import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from committees.models import City
from relationships.deriving import derive
from relationships.listing.cities import CityFilter, CityList
from relationships.listing.ties import TieFilter, TieList
from relationships.models import Tie
from sistercities.listing.lists import Listing
from sistercities.listing.orders import Order
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db
SIZE = 7
SORTS = [("ties", sort) for sort in TieFilter.orders]
SORTS += [("cities", sort) for sort in CityFilter.orders]


@pytest.fixture(autouse=True)
def _small_pages(settings, monkeypatch):
    settings.PUBLIC_PAGES_KEPT = 0
    monkeypatch.setattr(Listing, "size", SIZE)
    with override("en"):
        yield


def follow(client, url, way):
    """The pages from one on by the links "next_url" or "previous_url"."""
    pages = []
    while url:
        assert len(pages) < 50
        page = client.get(url).context["page"]
        pages.append(page)
        url = getattr(page, way)
    return pages


def rows_of(pages):
    return [row.url for page in pages for row in page.rows]


def whole(rf, kind, **query):
    """All rows of a list in its order, without pages."""
    listing = {"ties": TieList, "cities": CityList}[kind](rf.get(f"/en/{kind}/", query))
    keys = listing.form.order.sort(listing.filtered).values_list("pk", flat=True)
    return [row.url for row in listing.fetch(list(keys))]


@pytest.mark.parametrize(("kind", "sort"), SORTS)
def test_following_the_links_shows_every_row_once_from_either_end(registry, client, rf, kind, sort):
    expected = whole(rf, kind, sort=sort)
    pages = follow(client, f"/en/{kind}/?sort={sort}", "next_url")
    assert rows_of(pages) == expected
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {page.pages for page in pages} == {len(pages)}
    back = follow(client, pages[0].last_url, "previous_url")
    assert rows_of(reversed(back)) == expected
    assert [page.number for page in back] == list(range(len(pages), 0, -1))


@pytest.mark.parametrize("query", ["", "country=MX&", "status=unconfirmed&sort=-since&"])
def test_a_page_typed_by_hand_is_the_page_that_the_links_lead_to(registry, client, query):
    linked = follow(client, f"/en/ties/?{query}", "next_url")
    typed = [
        client.get(f"/en/ties/?{query}page={n + 1}").context["page"] for n in range(len(linked))
    ]
    assert [rows_of([page]) for page in typed] == [rows_of([page]) for page in linked]
    assert [page.near for page in typed] == [page.near for page in linked]


def test_all_numbered_links_lead_to_the_page_they_say(registry, client):
    for page in follow(client, "/en/ties/?sort=since", "next_url"):
        for number, url, is_current in page.near:
            there = client.get(url).context["page"]
            assert (there.number, number == page.number) == (number, is_current)
            assert abs(number - page.number) <= 2
        assert client.get(page.first_url).context["page"].number == 1
        assert client.get(page.last_url).context["page"].number == page.pages


@pytest.mark.parametrize("number", ["999", "1000000000", "9" * 1_000_000])
def test_a_page_beyond_the_last_is_the_last(registry, client, number):
    page = client.get("/en/ties/", {"page": number}).context["page"]
    assert (page.number, page.next_url) == (page.pages, "")


@pytest.mark.parametrize("number", ["0", "-3", "x", "1.5", "٣", "²"])
def test_what_is_no_number_is_the_first_page(registry, client, number):
    assert client.get("/en/ties/", {"page": number}).context["page"].number == 1


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sort", ["name", "-since"])
def test_rows_that_come_in_meanwhile_neither_repeat_nor_lose_one(registry, client, rf, seed, sort):
    chance = random.Random(seed)
    before = set(whole(rf, "ties", sort=sort))
    for end, way in (("first_url", "next_url"), ("last_url", "previous_url")):
        url = getattr(client.get(f"/en/ties/?sort={sort}").context["page"], end)
        seen, steps = [], 0
        while url:
            page = client.get(url).context["page"]
            seen += rows_of([page])
            url = getattr(page, way)
            steps += 1
            for _ in range(chance.randint(0, 2)):
                tie = make.TieFactory(city_a__name=chance.choice("aegkqsz"))
                make.TieEventFactory(tie=tie, date=PartialDate(chance.randint(1950, 2020)))
                derive([tie.pk])
            assert steps < 100
        assert len(seen) == len(set(seen))
        assert before - set(seen) == set()


def test_a_key_whose_row_is_gone_still_marks_its_place(registry, client):
    first = client.get("/en/ties/").context["page"]
    second = rows_of([client.get(first.next_url).context["page"]])
    Tie.objects.filter(slug=first.rows[-1].url.split("/")[-2].replace("-and-", "_")).update(
        review=Tie.Review.DRAFT
    )
    assert rows_of([client.get(first.next_url).context["page"]]) == second


def test_a_deep_page_reads_ranges_of_the_index_and_skips_nothing(registry, client):
    last = follow(client, "/en/ties/?sort=since", "next_url")[-2]
    url = next(url for number, url, is_current in last.near if is_current)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    skipping = [q["sql"] for q in captured if re.search(r"OFFSET [1-9]", q["sql"])]
    assert (skipping, "from=" in url) == ([], True)


KEYS = [
    *("", ".", "..", "x", "1969", "1969.kyoto", "1969.kyoto.1.2", "a.b.c", "1969.kyoto.x"),
    *("99999999999999999999.kyoto.1", "99999.kyoto.1", "1969.kyoto.99999999999999999999"),
    *("-.a.1", "1e3.a.1", "1969." + "k" * 401 + ".1", "1969.\x00.1", "1969.%.1", "1969.'.1"),
    *("١٩٦٩.a.1", "1969.\ud800.1", "k" * 10**6),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_none_is_ignored_or_harmless(registry, client, key):
    key = key.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = client.get("/en/ties/", {"sort": "since", "page": "2", "from": key})
    assert response.status_code == 200
    assert len(response.context["page"].rows) <= SIZE


@pytest.mark.parametrize("way", ["from", "to"])
@pytest.mark.parametrize("key", ["0.1", "zzz.1"])
def test_a_key_beyond_either_end_still_shows_rows(registry, client, way, key):
    assert client.get(f"/en/ties/?page=3&{way}={key}").context["page"].rows != []


def test_a_key_reads_back_as_it_was_written():
    order = Order(("oldest_first", "sort_name", "id"))
    for key in [(1969, "gómez palacio", 7), (-5, "", 1), (9999, "京都 a", 10**12)]:
        assert order.read(order.written(key), Tie) == key
    assert order.read(f"{10**19}.a.1", Tie) is None
    assert Order(("sort_name", "id")).read("a.1", City) == ("a", 1)
    assert Order(("sort_name", "id")).read("a" * 201 + ".1", City) is None


def test_a_page_says_its_number_and_its_neighbours_to_machines(registry, client):
    first = client.get("/en/ties/?sort=since").context["page"]
    text = client.get(first.next_url).content.decode()
    here = client.get(first.next_url).context["page"]
    title = re.search("<title>(.*)</title>", text).group(1)
    assert title.startswith(f"Ties (page 2 of {first.pages})")
    relations = {
        rel: html.unescape(href)
        for rel, href in re.findall(r'<link rel="(prev|next|canonical)" href="([^"]+)"', text)
    }
    assert relations == {
        "prev": here.previous_url,
        "next": here.next_url,
        "canonical": "http://testserver/en/ties/?page=2",
    }
