"""The lists show what they may, filter as they say, and count what they filter."""

from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from django.utils.translation import override

from committees.models import City, Committee
from relationships.listing.cities import CityFilter, CityList
from relationships.listing.ties import TieFilter, TieList
from relationships.models import Exchange, Tie
from sistercities import tallies
from sistercities.listing.lists import counted_afresh

LISTS = ["/en/cities/", "/en/ties/", "/en/committees/", "/en/exchanges/"]
TIE_FILTERS = {
    "country": "MX",
    "with": "US",
    "state": "US-CA",
    "kind": "friendship_city",
    "status": "unconfirmed",
    "since": "1960",
    "voice": "one_sided",
}


@pytest.fixture(autouse=True)
def _in_english(settings):
    """Lazy words are read after the response; every page is rendered anew, with its context."""
    settings.PUBLIC_PAGES_KEPT = 0
    with override("en"):
        yield


def asked(rf, listing, **query):
    """A list as this query asks for it."""
    return listing(rf.get("/en/list/", query))


def expected_ties(query) -> set[int]:
    """The numbers of the ties that a query means, by their own kept facets."""
    facets = {
        tie.pk: tallies.read(tie.counted_as)
        for tie in Tie.objects.exclude(counted_as="").only("pk", "counted_as")
    }
    names = {"since": "decade"}
    kept = {
        pk
        for pk, of_tie in facets.items()
        if all(v in of_tie.get(names.get(k, k), []) for k, v in query.items() if k != "with")
    }
    if "with" in query:
        pair = "-".join(sorted((query["country"], query["with"])))
        kept = {pk for pk in kept if facets[pk]["pair"] == [pair]}
    return kept


QUERIES = [
    dict(pairs)
    for size in (0, 1, 2, 3)
    for pairs in combinations(TIE_FILTERS.items(), size)
    if "with" not in dict(pairs) or "country" in dict(pairs)
]


def test_every_combination_of_filters_finds_and_counts_what_it_says(registry, db, rf):
    wrong = []
    for query in QUERIES:
        listing = asked(rf, TieList, **query)
        found = set(listing.filtered.values_list("pk", flat=True))
        fresh = counted_afresh(listing.filtered)
        shown = {name: counts for name, counts in listing.counts.items() if name != "state"}
        fresh = {name: counts for name, counts in fresh.items() if name in shown}
        if query.get("country"):  # the tallies leave out a chosen value's own facet
            fresh.get("country", {}).pop(query["country"], None)
            shown.get("country", {}).pop(query["country"], None)
        if found != expected_ties(query) or (
            listing.total != len(found) or any(fresh[name] != shown[name] for name in shown)
        ):
            wrong.append(query)
    assert wrong == []


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_filter_finds_the_same_whether_it_leads_or_checks(registry, db, rf, few, monkeypatch):
    monkeypatch.setattr("relationships.listing.narrowing.FEW", few)
    for query in [*QUERIES[:8], {"since": "unknown"}, {"since": "830"}, {"voice": "mutual"}]:
        for sort in ("name", "-since"):
            listing = asked(rf, TieList, **query, sort=sort)
            assert set(listing.filtered.values_list("pk", flat=True)) == expected_ties(query)


def test_either_country_may_stand_first_and_with_alone_is_a_country(registry, db, rf):
    both = asked(rf, TieList, country="MX", **{"with": "US"})
    swapped = asked(rf, TieList, country="US", **{"with": "MX"})
    assert [row.url for row in both.page.rows] == [row.url for row in swapped.page.rows]
    alone = asked(rf, TieList, **{"with": "JP"})
    assert alone.form.chosen == {"country": "JP"}
    domestic = asked(rf, TieList, country="MX", **{"with": "MX"})
    assert domestic.total == Tie.objects.public().filter(country_pair="MX-MX").count() > 0


def test_cities_are_filtered_and_counted(registry, db, rf):
    cases = {
        (): 10,
        (("country", "MX"),): 3,
        (("country", "ES"),): 2,
        (("state", "US-CA"),): 2,
        (("committee", "yes"),): 3,
        (("committee", "no"),): 7,
        (("country", "MX"), ("committee", "no")): 1,
        (("country", "US"), ("state", "US-CA"), ("committee", "yes")): 1,
    }
    found = {}
    for query in cases:
        listing = asked(rf, CityList, **dict(query))
        assert len(listing.page.rows) == listing.filtered.count()
        found[query] = listing.total
    assert found == cases


def test_every_link_of_a_facet_leads_to_as_many_rows_as_it_says(registry, db, client):
    for start in (*LISTS, "/en/ties/?country=MX", "/en/cities/?country=US", "/en/ties/?q=guadala"):
        facets = client.get(start).context["facets"]
        values = [value for facet in facets for value in (*facet.values, *facet.more)]
        promised = {value.url: value.count for value in values if not value.selected}
        assert {url: client.get(url).context["count"] for url in promised} == promised
        assert len(promised) > 3


def test_a_filter_in_use_is_a_link_to_the_list_without_it(registry, db, client):
    page = client.get("/en/ties/?country=MX&status=ended&junk=1&sort=-since").context
    assert [(one.label, one.remove_url) for one in page["applied"]] == [
        ("Mexico", "/en/ties/?status=ended&sort=-since"),
        ("Ended", "/en/ties/?country=MX&sort=-since"),
    ]
    chosen = [v for facet in page["facets"] for v in facet.values if v.selected]
    assert [value.url for value in chosen] == [
        "/en/ties/?status=ended&sort=-since",
        "/en/ties/?country=MX&sort=-since",
    ]


def test_lists_show_what_is_public_only(registry, db, client):
    for url in LISTS:
        context = client.get(url).context
        text = client.get(url).content.decode()
        assert [word for word in ("Hidden", "Secret", "Xalapa") if word in text] == []
        assert len(context["page"].rows) == context["count"] > 0
    counts = [client.get(url).context["count"] for url in LISTS]
    assert counts == [
        City.objects.filter(is_listed=True).count(),
        Tie.objects.filter(review="published").count(),
        Committee.objects.filter(review="published").count(),
        Exchange.objects.filter(review="published", tie__review="published").count(),
    ]


@pytest.mark.parametrize(
    ("sort", "columns"),
    [
        ("name", ["sort_name", "pk"]),
        ("-name", ["-sort_name", "-pk"]),
        ("since", ["oldest_first", "sort_name", "pk"]),
        ("-since", ["newest_first", "sort_name", "pk"]),
        ("oldest", ["oldest_first", "sort_name", "pk"]),
        ("newest", ["newest_first", "sort_name", "pk"]),
        ("city_a__about", ["sort_name", "pk"]),
    ],
)
def test_ties_are_sorted_by_known_orders_only(registry, db, rf, sort, columns):
    listing = asked(rf, TieList, sort=sort)
    slugs = Tie.objects.public().order_by(*columns).values_list("slug", flat=True)
    assert [row.url.split("/")[-2] for row in listing.page.rows] == [
        slug.replace("_", "-and-") for slug in slugs
    ]


def test_the_heads_of_a_table_sort_and_say_how_it_is_sorted(registry, db, client):
    response = client.get("/en/ties/?sort=-since&country=MX&page=1")
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    heads = [
        (
            "".join(head.itertext()).strip(),
            head.get("aria-sort"),
            [link.get("href") for link in head.iter("a")],
        )
        for head in tree.iter("th")
        if head.get("scope") == "col"
    ]
    assert heads == [
        ("Sister cities", None, ["/en/ties/?country=MX"]),
        ("Since", "descending", ["/en/ties/?country=MX&sort=since"]),
        ("Who says so", None, []),
        ("Status", None, []),
    ]


SEARCHES = [
    ("gomez palacio", ["Gómez Palacio"]),
    ("GÓMEZ PALACIO", ["Gómez Palacio"]),
    ("seville", ["Sevilla"]),
    ("京都", ["Kyoto"]),
    ("kioto", ["Kyoto"]),
    ("tlaque", ["Tlaquepaque"]),
    ("aix la chapelle", ["Aachen"]),
]


@pytest.mark.parametrize(("text", "names"), SEARCHES)
def test_the_list_of_cities_finds_any_name(registry, db, client, text, names):
    context = client.get("/en/cities/", {"q": text}).context
    assert [row.name for row in context["page"].rows] == names
    assert context["found"].nearest == ""


def test_a_found_name_that_is_not_the_citys_own_is_shown(registry, db, client):
    [row] = client.get("/en/cities/?q=seville").context["page"].rows
    assert (row.name, row.also) == ("Sevilla", "Seville")
    [row] = client.get("/en/cities/?q=sevilla").context["page"].rows
    assert (row.name, row.also) == ("Sevilla", "")


def test_a_typo_is_answered_with_what_was_probably_meant(registry, db, client):
    response = client.get("/en/cities/?q=Gomes Palacio")
    assert response.context["found"].nearest == "Gómez Palacio"
    assert [row.name for row in response.context["page"].rows] == ["Gómez Palacio"]
    words = " ".join("".join(html5lib.parse(response.content, "etree").itertext()).split())
    assert "We found nothing for “Gomes Palacio”. Did you mean Gómez Palacio?" in words


def test_homonyms_are_all_found_those_with_more_ties_and_people_first(registry, db, client):
    rows = client.get("/en/cities/?q=guadalajara").context["page"].rows
    assert [(row.name, row.place) for row in rows] == [
        ("Guadalajara", "Jalisco, Mexico"),
        ("Guadalajara", "Spain"),
    ]
    [row] = client.get("/en/cities/?q=guadalajara&country=ES").context["page"].rows
    assert row.place == "Spain"


def test_a_state_and_a_country_are_suggested_with_their_counts(registry, db, client):
    ways = client.get("/en/cities/?q=california").context["suggested"]
    assert [(way.label, way.count, way.url) for way in ways] == [
        ("California, United States", 2, "/en/cities/?state=US-CA")
    ]
    ways = client.get("/en/cities/?q=Mexico").context["suggested"]
    assert [(way.label, way.count, way.url) for way in ways] == [
        ("Mexico", 3, "/en/cities/?country=MX")
    ]
    ways = client.get("/en/ties/?q=california").context["suggested"]
    in_california = len(expected_ties({"state": "US-CA"}))
    assert [(way.count, way.url) for way in ways] == [(in_california, "/en/ties/?state=US-CA")]


def test_a_committee_is_found_from_the_one_search_box(registry, db, client):
    ways = client.get("/en/cities/?q=downey").context["suggested_committees"]
    assert [way.label for way in ways] == ["Downey Association"]


def test_a_place_of_the_gazetteer_is_named_when_the_registry_has_nothing(registry, db, client):
    response = client.get("/en/cities/?q=xalapa")
    assert response.context["listing"].unlisted == ["Xalapa, Mexico"]
    assert response.context["page"].rows == []
    assert client.get("/en/cities/?q=downey").context["listing"].unlisted == []


def test_ties_are_found_by_either_city(registry, db, client):
    rows = client.get("/en/ties/?q=seville").context["page"].rows
    assert len(rows) == 9
    assert {"Sevilla" in row.cities for row in rows} == {True}


def test_committees_and_exchanges_are_found_by_their_own_and_their_cities_names(
    registry, db, client
):
    names = [row.name for row in client.get("/en/committees/?q=tlaquepaque").context["page"].rows]
    assert names == ["Comité de Guadalajara"]
    count = Exchange.objects.public().filter(tie__city_a__name="Gómez Palacio").count()
    assert client.get("/en/exchanges/?q=gomez palacio").context["count"] == count > 0
    titled = client.get("/en/exchanges/", {"q": Exchange.objects.public().first().title_es})
    assert titled.context["count"] == 1


@pytest.mark.parametrize("url", LISTS)
def test_a_page_names_itself_and_the_same_page_in_the_other_language(registry, db, client, url):
    response = client.get(f"{url}?country=MX&page=1")
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    assert len(list(tree.iter("h1"))) == 1
    links = {link.get("hreflang"): link.get("href") for link in tree.iter("a")}
    assert parse_qs(urlsplit(links["es"]).query) == {"country": ["MX"], "page": ["1"]}
    spanish = client.get(links["es"])
    assert spanish.status_code == 200
    assert spanish.context["count"] == response.context["count"]


def test_the_form_keeps_the_filters_that_are_links(registry, db, client):
    form = client.get("/en/ties/?country=MX&since=1960&sort=-since&page=2&evil=1").context
    assert {name: form["filter_form"][name].value() for name in form["filter_form"].fields} == {
        "q": None,
        "country": "MX",
        "since": "1960",
        "sort": "-since",
    }


def test_the_forms_know_their_facets():
    assert set(TIE_FILTERS) | {"q"} == set(TieFilter.base_fields)
    assert set(CityFilter.base_fields) == {"q", "country", "state", "committee"}
