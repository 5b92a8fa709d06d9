"""The pages of comparisons: what they show, what they cost, what cannot be sent to them; and what
everybody reads of them."""

import datetime
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from relationships.differences.totals import Numbers
from relationships.models import Comparison, ImportBatch
from sistercities.models import RegistryVersion
from tests.importfactories import ComparisonFactory
from tests.relationships.office.imports.steps import address as of_import
from tests.relationships.office.imports.steps import errors, send, work
from tests.relationships.open.differences.lists import (
    HEADER,
    address,
    city,
    compared,
    newest,
    row,
    tie,
    upload,
)

pytestmark = pytest.mark.django_db
COUNTRIES = [["MX", 5, 4, 1, 2, 3, 1], ["US", 3, 0, 0, 1, 0, 0]]
NUMBERS = {
    **{"pairs": 6, "both": 6, "one_sided": 1, "missing_here": 2, "missing_there": 3},
    **{"different": 1, "hidden": 0, "same": 3, "learnt": 0},
}


def public(language: str = "en"):
    with override(language):
        return Client().get(reverse("public:differences"))


def test_the_page_shows_each_finding_with_both_words_and_leads_to_tie_city_and_item(office):
    kyoto = city("Kyoto")
    kyoto.wikidata_id = "Q34600"
    kyoto.save()
    known = tie("Guadalajara", "Kyoto", "1981")
    comparison = compared(
        office,
        row("Guadalajara", "Kyoto", "1980-10-20"),
        row("Guadalajara", "South El Monte"),
        row("South El Monte", "Gómez Palacio"),
    )
    page = office.get(address("differences", comparison), {"finding": "different"})
    assert page.context["refresh"] == 0
    text = page.content.decode()
    for said in (
        f"/admin/relationships/tie/{known.pk}/change/",
        f"/admin/committees/city/{kyoto.pk}/change/",
        "https://www.wikidata.org/wiki/Q34600",
        "1981",
        "October 20, 1980",
        f"/admin/relationships/importbatch/{comparison.batch_id}/rows/2/",
    ):
        assert said in text
    counts = {one.key: one.pairs for one in page.context["findings"]}
    assert counts == {"missing_here": 2, "different": 1, "one_sided": 2}
    page = office.get(address("differences", comparison), {"finding": "one_sided"})
    assert "Stated by Guadalajara only." in page.content.decode()
    page = office.get(address("differences", comparison), {"country": "JP"})
    assert page.context["lines"] == []
    for odd in ("x", "same\x00", "missing_here" * 500):
        page = office.get(address("differences", comparison), {"finding": odd, "country": odd})
        assert (page.status_code, page.context["chosen"]) == (200, "missing_here")


def test_three_pairs_cost_as_many_questions_as_one(office, django_assert_num_queries):
    one = compared(office, row("Guadalajara", "Kyoto"))
    office.get(address("differences", one))
    with CaptureQueriesContext(connection) as asked:
        office.get(address("differences", one))
    count = len(asked)
    three = compared(
        office,
        row("Guadalajara", "Kyoto"),
        row("Guadalajara", "Downey"),
        row("Gómez Palacio", "Downey"),
    )
    with django_assert_num_queries(count):
        office.get(address("differences", three))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "list.csv", "The file is empty."),
        (b"%PDF-1.4", "list.csv", "The file is a PDF"),
        (b"a,b\n", "list.csv", "no rows"),
        (b"\x00\x00\x00", "\x00", ""),
        (b"PK\x03\x04 no workbook", "list.xlsx", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(office, content, name, said):
    answer = upload(office, content, name)
    assert answer.status_code == 200
    assert any(said in text for text in errors(answer))
    assert Comparison.objects.count() == ImportBatch.objects.count() == 0


def test_hostile_json_ends_as_a_sentence_on_the_page(office):
    upload(office, "[" * 5000, "list.json")
    assert work() == {"failed": 1}
    page = office.get(address("differences", newest()))
    assert "The JSON" in page.content.decode()
    assert page.context["may"] == set()


def test_hostile_cells_are_shown_as_text(office):
    evil = row("Guadalajara", "Kyoto").replace("Kyoto", "<script>alert(1)</script>")
    comparison = compared(office, evil, row("Guadalajara", "Downey", "9" * 400))
    for url in (address("differences", comparison), of_import("plan", comparison.batch)):
        assert "<script>alert" not in office.get(url).content.decode()


def test_results_of_the_query_service_are_compared_too(office):
    cells = dict(
        zip(HEADER.strip().split(","), row("Guadalajara", "Downey").split(","), strict=True)
    )
    bindings = {name: {"type": "literal", "value": text.strip()} for name, text in cells.items()}
    upload(
        office,
        json.dumps({"head": {"vars": list(cells)}, "results": {"bindings": [bindings]}}),
        "query.srj",
    )
    work()
    send(office, of_import("columns", newest().batch))
    work()
    assert newest().counts["missing_here"] == 1


def test_totals_are_public_once_somebody_publishes_them_and_no_more_when_taken_back(office):
    comparison = compared(office, row("Guadalajara", "Kyoto"))
    assert "No comparison is published yet." in public().content.decode()
    before = RegistryVersion.now()
    asked = {"is_published": "on", "taken_on": "2026-05-14", "reason": "Ready."}
    send(office, address("publish", comparison), **asked)
    assert RegistryVersion.now() > before
    page = public().content.decode()
    assert "Wikidata" in page and "May 14, 2026" in page
    assert "Kyoto" not in page
    assert newest().history.first().history_change_reason == "Ready."
    context = office.get(address("publish", comparison)).context
    sent = {"name": "Wikidata", "taken_on": "2026-05-14", "reason": "Wrong."}
    office.post(address("publish", comparison), sent | {"_nonce": context["nonce"]})
    assert "No comparison is published yet." in public().content.decode()


def test_everybody_reads_the_newest_numbers_of_each_list_by_country(db):
    made = {"is_published": True, "counts": NUMBERS, "by_country": COUNTRIES}
    ComparisonFactory(**made)
    ComparisonFactory(**made | {"taken_on": datetime.date(2020, 1, 1), "counts": {"pairs": 99}})
    ComparisonFactory(name="Register", is_published=True, counts={"pairs": 7}, by_country=[])
    ComparisonFactory(name="Secret", counts=NUMBERS, by_country=COUNTRIES)
    page = public().content.decode()
    assert "17 % of pairs stated on one side only" in page
    assert (
        "Of 6 pairs that both cities could state there, 1 are stated by one of them only." in page
    )
    assert "1 (25 %)" in page
    assert page.index("Register") < page.index("Wikidata")
    assert "99" not in page and "Secret" not in page
    assert "El 17 % de los pares consta solo de un lado" in public("es").content.decode()
    assert Numbers.of({"pairs": 3}).percent is None


def test_the_public_page_asks_as_often_for_three_lists_as_for_one(db):
    counts = []
    public()
    for name in ("A", "B", "C"):
        ComparisonFactory(name=name, is_published=True, counts=NUMBERS, by_country=COUNTRIES)
        RegistryVersion.move_on()
        with CaptureQueriesContext(connection) as asked:
            public()
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 4
