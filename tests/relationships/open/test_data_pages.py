"""What is said about the data: the page, docs/data.md, the schema, OpenAPI, the links on pages."""

from pathlib import Path

import html5lib
import pytest
from django.conf import settings

from relationships.exporting.described import operations, tables
from relationships.exporting.documenting import as_markdown
from relationships.exporting.lists import LISTS
from relationships.exporting.objects import TEXTS
from tests.relationships.open.reading import WORDS
from tests.site import canaries
from tests.site.pages import url_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


def test_the_document_is_as_the_columns_are_declared():
    path = Path(settings.BASE_DIR) / "docs" / "data.md"
    assert path.read_text(encoding="utf-8") == as_markdown(), "run manage.py data_docs"


@pytest.mark.parametrize("url", ["/es/datos/", "/en/data/"])
def test_the_page_explains_every_column(client, url):
    tree = html5lib.parse(client.get(url).content, namespaceHTMLElements=False)
    told = {
        section.get("aria-labelledby"): [
            "".join(cell.itertext()) for cell in section.iter("th") if cell.get("scope") == "row"
        ]
        for section in tree.iter("section")
    }
    declared = {
        table.name: [*table.header, *(one.key for one in TEXTS.get(table.name, ()))]
        for table in tables()
    }
    assert told == declared
    links = [link.get("href") for link in tree.iter("a")]
    assert {"/data/schema.json", "/openapi.json"} <= set(links)


def test_only_public_columns_are_read():
    models = {one.listing.form_class.__name__: one for one in LISTS.values()}
    assert len(models) == 4
    public = canaries.public_columns()
    hidden = {"created_at", "reviewed_by", "reviewed_at", "private_note", "verbatim", "answered_as"}
    for table in tables():
        for column in [*table.columns, *TEXTS.get(table.name, ())]:
            for read in column.reads:
                assert read.rpartition("__")[2] not in hidden, (table.name, column.key)
    model_of = {"city": "City", "tie": "Tie", "committee": "Committee", "exchange": "Exchange"}
    model_of |= {"event": "TieEvent", "statement": "Statement", "confirmation": "Confirmation"}
    model_of |= {"evidence": "Evidence", "city_name": "CityName"}
    for table in tables():
        own = {
            read.removesuffix("_id")
            for column in [*table.columns, *TEXTS.get(table.name, ())]
            for read in column.reads
            if "__" not in read and read not in ("pk", *table.beside)
        }
        own = {name if name != "geonames" and name != "wikidata" else f"{name}_id" for name in own}
        assert own <= public[model_of[table.name]], table.name


def test_openapi_has_every_address_with_its_filters(client):
    answer = client.get("/openapi.json")
    described = answer.json()
    assert (described["openapi"], answer["Content-Type"]) == (
        "3.1.0",
        "application/vnd.oai.openapi+json",
    )
    suffixes = ("-csv", "-json", "-geojson", "-atom", "-ics")
    offered = {name.removeprefix("public:") for name in url_names() if name.endswith(suffixes)}
    told = {one.name.rpartition("-")[0] for one in operations()}
    assert (told, len(described["paths"])) == (offered, 2 * len(offered))
    asked = described["paths"]["/es/hermanamientos.csv"]["get"]
    names = [one["name"] for one in asked["parameters"]]
    assert names == [*("q", "country", "state", "kind", "status", "since", "voice", "with", "sort")]
    told = described["paths"]["/en/ties/{slug}.json"]["get"]["responses"]
    assert set(told) == {"200", "301", "304", "404"}
    schema = told["200"]["content"]["application/json"]["schema"]["$ref"]
    assert schema.rpartition("/")[2] in described["components"]["schemas"]
    assert "$defs" not in answer.content.decode()


@pytest.mark.parametrize("kind", WORDS)
def test_a_list_names_its_data_with_its_filters(client, kind):
    url = f"/en/{WORDS[kind]}/?country=MX&page=3&nonsense=1"
    tree = html5lib.parse(client.get(url).content, namespaceHTMLElements=False)
    wanted = [f"/en/{WORDS[kind]}.{one}?country=MX" for one in LISTS[f"{kind}-list"].suffixes]
    in_head = [link.get("href") for link in tree.iter("link") if link.get("type")]
    [line] = [p for p in tree.iter("p") if "formats" in p.get("class", "").split()]
    assert [one for one in in_head if one in wanted] == wanted
    assert [a.get("href") for a in line.iter("a") if a.get("href") in wanted] == wanted
