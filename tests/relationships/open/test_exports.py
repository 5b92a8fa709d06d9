"""Lists and objects as CSV, JSON and GeoJSON: the rows of the pages, no more and no fewer."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.validators import validator_for

from committees.models import City, Committee
from relationships.exporting.described import whole_schema
from relationships.models import Exchange, Tie
from sistercities.models import RegistryVersion
from tests import factories as make
from tests.relationships.open.reading import ADDRESSES, WORDS, counts, rows_of, text_of
from tests.relationships.test_listing_hostile import PAIRS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]
SLOW = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
FILTERS = {
    "country": ("MX", "US", "JP", "Francia"),
    "with": ("US", "ES"),
    "state": ("MX-DUR", "US-CA"),
    "kind": ("sister_city", "contact"),
    "status": ("active", "ended", "dormant"),
    "since": ("1960", "unknown"),
    "voice": ("mutual", "one_sided"),
    "committee": ("yes", "no"),
    "theme": ("sports",),
    "year": ("2012",),
    "level": ("national",),
    "q": ("guadalajara", "gomes palacio", "kyoto"),
    "sort": ("name", "-since", "population"),
    "page": ("2",),
}
ONE_FILTER = st.sampled_from([(key, value) for key, all_ in FILTERS.items() for value in all_])


@pytest.mark.parametrize("kind", WORDS)
@settings(max_examples=20, **SLOW)
@given(filters=st.lists(ONE_FILTER, max_size=3))
def test_page_csv_json_geojson_and_map_have_as_many_rows(registry, client, kind, filters):
    found = counts(client, kind, dict(filters))
    assert len(set(found.values())) == 1, found


@settings(max_examples=25, **SLOW)
@given(url=st.sampled_from(ADDRESSES), pairs=PAIRS)
def test_whatever_is_asked_an_export_answers(registry, client, url, pairs):
    response = client.get(f"{url}?{urlencode(pairs, errors='surrogatepass')}")
    assert response.status_code == 200
    assert text_of(response)


@pytest.mark.parametrize("kind", WORDS)
def test_an_export_has_the_order_of_its_page_and_all_its_pages(registry, client, kind):
    query = {"tie": "sort=-since", "city": "q=guadalajara"}.get(kind, "")
    page = client.get(f"/en/{WORDS[kind]}/?{query}").context["page"]
    rows = rows_of(client, f"/en/{WORDS[kind]}.json?{query}&page=2")
    shown = [row.url for row in page.rows]
    assert [row["page_en"].removeprefix("http://testserver") for row in rows][: len(shown)] == shown
    assert len(rows) == page.count


@pytest.mark.parametrize("kind", WORDS)
def test_both_languages_give_the_same_rows(registry, client, kind):
    es = {"city": "ciudades", "tie": "hermanamientos"} | {
        "committee": "comites",
        "exchange": "intercambios",
    }
    english = rows_of(client, f"/en/{WORDS[kind]}.csv")
    assert rows_of(client, f"/es/{es[kind]}.csv") == english
    assert len(english) > 2


def test_csv_and_json_say_the_same(registry, client):
    for kind in WORDS:
        told = rows_of(client, f"/en/{WORDS[kind]}.csv")
        for line, row in zip(told, rows_of(client, f"/en/{WORDS[kind]}.json"), strict=True):
            assert list(line) == list(row)
            assert line["id"] == str(row["id"])
            assert {key for key, cell in line.items() if cell == ""} == {
                key for key, value in row.items() if value in (None, [])
            }


# What they say of themselves


def test_a_file_says_its_terms_its_day_and_its_name(registry, client):
    RegistryVersion.move_on()
    response = client.get("/es/ciudades.csv?state=MX-DUR")
    day = RegistryVersion.objects.get().changed_at.date().isoformat()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="ciudades-{day}.csv"'
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in response["Link"]
    assert '/es/ciudades/?state=MX-DUR>; rel="canonical"' in response["Link"]
    text = text_of(response)
    assert text.startswith("\ufeffid,url,slug,") and text.count("\r\n") == 2
    for address in ("/es/ciudades.geojson?state=MX-DUR", "/en/cities.json?state=MX-DUR"):
        whole = json.loads(text_of(client.get(address)))
        assert (whole["license"]["name"], whole["as_of"]) == ("CC BY 4.0", day)
        assert (whole["filters"], whole["count"]) == ({"state": "MX-DUR"}, 1)
        assert "GeoNames" in whole["attribution"]


def test_who_asks_again_is_told_that_nothing_changed_until_something_does(registry, client):
    city = City.objects.listed().first().slug
    for url in ("/en/ties.csv", "/es/comites.json", f"/en/cities/{city}.json"):
        tag = client.get(url)["ETag"]
        with CaptureQueriesContext(connection) as captured:
            again = client.get(url, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, len(captured)) == (304, b"", 1)
    RegistryVersion.move_on()
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_head_has_the_headers_and_reads_no_row(registry, client):
    whole = client.get("/en/ties.json")
    with CaptureQueriesContext(connection) as captured:
        head = client.head("/en/ties.json")
    assert not any('FROM "relationships_tie"' in query["sql"] for query in captured)
    told = ("Content-Type", "ETag", "Link", "Content-Disposition")
    assert [head[name] for name in told] == [whole[name] for name in told]
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    assert client.post("/en/ties.json").status_code == 405


# What is inside


def test_what_nobody_may_see_is_in_no_export(registry, client):
    kyoto = City.objects.get(name="Kyoto")
    hidden = make.CommitteeFactory(name="Hidden", review=Committee.Review.DRAFT, cities=[kyoto])
    town = make.CityFactory(name="Hidden Town", is_listed=False)
    make.TieFactory(city_a=kyoto, city_b=town, review=Tie.Review.DRAFT)
    seen = Committee.objects.get(name="Comité de Guadalajara")
    Committee.objects.filter(pk=seen.pk).update(
        public_email="known@example.org", public_phone="+52 871 0"
    )
    bodies = [text_of(client.get(url)) for url in ADDRESSES]
    tie = Tie.objects.public().first()
    make.ConfirmationFactory(tie=tie, note="CANARY-note", answered_as="CANARY@example.org")
    make.TieEventFactory(tie=tie, private_note="CANARY-event")
    make.StatementFactory(tie=tie, verbatim={"who": "CANARY-row"})
    make.EvidenceFactory(tie=tie, file_name="CANARY.pdf")
    bodies += [
        text_of(client.get(f"/en/{WORDS[kind]}/{slug}.json"))
        for kind, slug in (
            ("tie", tie.slug_in("en")),
            ("city", kyoto.slug),
            ("committee", seen.slug),
            ("exchange", Exchange.objects.public().first().slug),
        )
    ]
    words = ("Hidden", "hidden", "Secret", "Xalapa", "CANARY", "known@example.org", "+52 871 0")
    assert hidden.name == "Hidden"
    assert [word for word in words for body in bodies if word in body] == []


def test_what_has_no_page_has_no_data(registry, client):
    draft = Committee.objects.get(name="Secret Committee").slug
    tie = Tie.objects.exclude(review="published").get()
    for url in (
        f"/en/committees/{draft}.json",
        f"/en/ties/{tie.slug_in('en')}.json",
        "/en/cities/nowhere.json",
        "/en/cities/xalapa.json",
        "/en/exchanges/" + "a" * 3000 + ".json",
        "/en/committees.geojson",
        "/en/cities.xml",
    ):
        assert client.get(url).status_code == 404, url


def test_an_old_slug_leads_to_the_data_of_the_new_one(registry, client):
    tie = Tie.objects.public().first()
    response = client.get(f"/en/ties/{tie.slug_in('es')}.json")
    assert (response.status_code, response.url) == (301, f"/en/ties/{tie.slug_in('en')}.json")


# What programs rely on


@pytest.fixture(scope="module")
def schema(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return whole_schema()


def faults(schema: dict, answer: dict) -> list[str]:
    """What an answer has against the definition that it names."""
    base, _hash, part = answer["schema"].partition("#")
    assert base == schema["$id"]
    definition = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#{part}"}
    checked = Draft202012Validator(definition, format_checker=FormatChecker())
    return [error.message for error in checked.iter_errors(answer)]


def test_the_published_schema_is_one(client, schema):
    published = client.get("/data/schema.json").json()
    assert published == schema
    validator_for(published).check_schema(published)


def test_every_list_follows_the_schema(registry, client, schema):
    for url in ADDRESSES:
        if not url.endswith(".csv"):
            assert faults(schema, json.loads(text_of(client.get(url)))) == [], url


def test_every_object_follows_the_schema(registry, client, schema):
    slugs = {
        "tie": [tie.slug_in("en") for tie in Tie.objects.public()[:3]],
        "city": City.objects.listed().values_list("slug", flat=True)[:3],
        "committee": Committee.objects.public().values_list("slug", flat=True),
        "exchange": Exchange.objects.public().values_list("slug", flat=True)[:2],
    }
    for kind, found in slugs.items():
        for slug in found:
            answer = json.loads(text_of(client.get(f"/en/{WORDS[kind]}/{slug}.json")))
            assert faults(schema, answer) == [], slug
    assert faults(schema, answer | {"secret": 1}) != []
