"""Feeds: what changed, in Atom 1.0 that other programs read, newest first."""

import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from relationships import feeds
from relationships.models import Exchange
from sistercities.atom import Entry, Feed
from sistercities.bilingual import Text
from sistercities.models import RegistryVersion
from tests import factories as make
from tests.relationships.open.world import AWKWARD, HIDDEN, grow, tell

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {
    "es": (
        "/es/noticias.atom",
        "/es/hermanamientos.atom",
        "/es/intercambios.atom",
        "/es/ciudades/gomez-palacio-mx.atom",
        "/es/comites/gomez.atom",
    ),
    "en": (
        "/en/news.atom",
        "/en/ties.atom",
        "/en/exchanges.atom",
        "/en/cities/gomez-palacio-mx.atom",
        "/en/committees/gomez.atom",
    ),
}
EVERY = [path for paths in FEEDS.values() for path in paths]


def read(path: str):
    """A feed as an independent program reads it."""
    response = Client().get(path)
    assert (path, response.status_code) == (path, 200)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def kinds(path: str) -> set[str]:
    return {one.tags[0].term for one in read(path).entries}


@pytest.mark.parametrize("path", EVERY)
def test_a_feed_has_all_that_atom_asks_for(world, path):
    root = ElementTree.fromstring(Client().get(path).content)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == path[1:3]
    for one in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [element] = one.findall(f"{ATOM}{name}")
            assert element.text.strip()
        assert one.findtext(f"{ATOM}id").startswith("tag:testserver,2026:")
        datetime.datetime.fromisoformat(one.findtext(f"{ATOM}updated"))
        links = {link.get("rel"): link.get("href") for link in one.findall(f"{ATOM}link")}
        page = links["alternate"].removeprefix("http://testserver")
        assert Client().get(page).status_code == 200
        assert page.startswith(path[:4])
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    own = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}["self"]
    assert own == f"http://testserver{path}"
    ids = [one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 0


def test_each_feed_tells_of_what_its_page_is_about(world):
    home, ties, exchanges, city, committee = FEEDS["en"]
    assert kinds(home) == kinds(city) == kinds(committee) == {"tie", "exchange", "news"}
    assert (kinds(ties), kinds(exchanges)) == ({"tie"}, {"exchange"})
    assert read("/en/cities/south-el-monte-us.atom").entries
    assert kinds("/en/cities/south-el-monte-us.atom") == {"tie", "exchange"}


@pytest.mark.parametrize("path", EVERY)
def test_nothing_hidden_is_in_a_feed(world, path):
    assert HIDDEN.lower() not in Client().get(path).content.decode().lower()


def test_a_feed_is_in_the_language_of_its_address_and_says_where_a_text_is_not(world):
    spanish, english = read("/es/intercambios.atom"), read("/en/exchanges.atom")
    assert spanish.feed.title.startswith("Intercambios – ")
    assert english.feed.title.startswith("Exchanges – ")
    assert english.entries[0].title_detail.language == "es"
    assert spanish.entries[0].title_detail.language == "es"
    assert "4 de julio de 2026" in spanish.entries[0].summary
    assert "July 4, 2026" in english.entries[0].summary
    assert "Fuimos" in spanish.entries[0].summary
    assert "Fuimos" not in english.entries[0].summary
    assert spanish.entries[0].id == english.entries[0].id
    assert spanish.feed.id != english.feed.id


def test_signs_of_markup_arrive_as_they_were_written_and_refused_ones_are_left_out(world):
    title = read("/es/intercambios.atom").entries[0].title_detail
    assert title.type == "text/plain"
    assert title.value == f"Visita {AWKWARD}".replace("\x0b", "")


def test_the_newest_change_comes_first_and_fifty_at_most(world, monkeypatch):
    now = timezone.now()
    others = [make.ExchangeFactory(tie=world) for _ in range(3)]
    moments = {one.pk: now + datetime.timedelta(days=day) for day, one in enumerate(others, 1)}
    for pk, moment in moments.items():
        Exchange.objects.filter(pk=pk).update(changed_at=moment)
    RegistryVersion.move_on()
    found = read("/en/exchanges.atom")
    assert [one.id.rpartition("/")[2] for one in found.entries[:3]] == [
        str(one.pk) for one in reversed(others)
    ]
    assert found.feed.updated == found.entries[0].updated
    assert found.entries[0].updated_parsed[:5] == moments[others[2].pk].utctimetuple()[:5]
    mixed = read("/en/news.atom").entries
    assert [one.id for one in mixed[:3]] == [one.id for one in found.entries[:3]]
    moments = [one.updated for one in mixed]
    assert moments == sorted(moments, reverse=True)
    assert feeds.MOST == 50
    monkeypatch.setattr(feeds, "MOST", 2)
    RegistryVersion.move_on()
    assert [len(read(path).entries) for path in FEEDS["en"]] == [2, 1, 2, 2, 2]


def test_the_filters_of_the_list_hold_in_its_feed(world):
    assert read("/en/ties.atom?country=US").entries
    assert read("/en/ties.atom?country=JP").entries == []
    assert read("/en/exchanges.atom?theme=sports").entries == []
    assert read("/en/exchanges.atom?q=gomez&year=2026").entries
    filtered = read("/en/ties.atom?country=US&nonsense=1&sort=-since").feed
    assert filtered.title.startswith("Ties: United States")
    links = {link.rel: link.href for link in filtered.links}
    assert links["self"] == "http://testserver/en/ties.atom?country=US"
    assert links["alternate"] == "http://testserver/en/ties/?country=US"
    assert filtered.id != read("/en/ties.atom").feed.id


def test_an_old_slug_leads_to_the_feed_of_the_new_one(world):
    city = world.city_a
    city.slug = "gomez-palacio-laguna"
    city.save()
    response = Client().get("/en/cities/gomez-palacio-mx.atom")
    assert (response.status_code, response["Location"]) == (
        301,
        "/en/cities/gomez-palacio-laguna.atom",
    )


def test_the_feed_of_a_committee_for_one_tie_has_that_tie_only(world):
    other = make.TieFactory(city_a=world.city_a)
    made = make.CommitteeFactory(slug="only", cities=[world.city_a])
    make.TieCommitteeFactory(committee=made, tie=other)
    grow(other)
    ids = {
        one.id.partition(":")[2].partition(":")[2]
        for one in read("/en/committees/only.atom").entries
    }
    assert {one for one in ids if one.startswith("tie/")} == {f"tie/{other.pk}"}


@pytest.mark.parametrize(
    "query", ["country=%00", "q=" + "a" * 5000, "page=1e9", "theme[]=x", "q=%ff"]
)
def test_a_strange_question_is_no_fault(world, query):
    for path in ("/es/hermanamientos.atom", "/es/intercambios.atom", "/es/intercambios.ics"):
        assert Client().get(f"{path}?{query}").status_code == 200
    assert Client().get("/es/ciudades/nobody.atom").status_code == 404
    assert Client().get(f"/es/comites/{'x' * 3000}.atom").status_code == 404


@pytest.mark.parametrize("path", FEEDS["es"])
def test_three_rows_cost_a_feed_no_more_questions_than_one(
    world, path, django_assert_max_num_queries
):
    asked = []
    for _ in range(2):
        with django_assert_max_num_queries(8) as queries:
            assert Client().get(path).status_code == 200
        asked.append(len(queries))
        for _again in range(2):
            grow(world)
            tell(world.city_a.committees.get(slug="gomez"))
        RegistryVersion.move_on()
    assert asked[0] == asked[1]


def test_whoever_asks_again_is_answered_304(world):
    first = Client().get("/es/noticias.atom")
    again = Client().get("/es/noticias.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    RegistryVersion.move_on()
    later = Client().get("/es/noticias.atom", headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200


def test_an_empty_feed_is_a_feed():
    found = feedparser.parse(Feed("tag:f", "/", "/f", "F", "en").response().content)
    assert not found.bozo
    assert (found.entries, found.feed.updated) == ([], "2026-01-01T00:00:00Z")


def test_moments_are_told_in_universal_time():
    mexico = datetime.timezone(datetime.timedelta(hours=-6))
    moment = datetime.datetime(2026, 7, 4, 20, 0, tzinfo=mexico)
    entry = Entry("tag:a", "/a", Text("A"), moment, moment, Text("B"))
    written = Feed("tag:f", "/", "/f", "F", "en", [entry]).response().content.decode()
    assert written.count("<updated>2026-07-05T02:00:00Z</updated>") == 2
