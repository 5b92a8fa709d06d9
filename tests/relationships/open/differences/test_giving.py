"""Numbers that a list tells are kept, and what Wikidata lacks is given back word for word."""

import datetime

import pytest
from django.conf import settings

from committees.models import City
from relationships.differences import quickstatements as quick
from relationships.differences.giving import good_enough, statements
from relationships.models import Tie
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.office.imports.steps import send, work
from tests.relationships.open.differences.lists import (
    address,
    again,
    city,
    compared,
    found,
    row,
    tie,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 22)
RETRIEVED = "S813\t+2026-11-22T00:00:00Z/11"


def page_of(made: Tie) -> str:
    return f'S854\t"{settings.SITE_URL}/t/{made.pk}"'


def proved(*args, **more) -> Tie:
    """A tie with the signed agreement."""
    made = tie(*args, **more)
    make.EvidenceFactory(tie=made, kind="agreement")
    return made


@pytest.fixture
def numbered(office):
    """The places that have their numbers already."""
    for name, number in (("Guadalajara", "Q9022"), ("Kyoto", "Q34600"), ("Downey", "Q491128")):
        City.objects.filter(pk=city(name).pk).update(wikidata_id=number)
    return office


def test_both_statements_that_are_missing_there_are_given_with_date_page_and_day(numbered):
    made = proved("Guadalajara", "Downey", "1960-05-04")
    comparison = compared(
        numbered, row("Guadalajara", "South El Monte"), row("South El Monte", "Guadalajara")
    )
    first, second = [city("Guadalajara"), city("Downey")]
    assert first.pk < second.pk
    tail = f"P580\t+1960-05-04T00:00:00Z/11\t{page_of(made)}\t{RETRIEVED}"
    # Downey's own word would stand there too: most cities of its country speak in the list.
    assert list(statements(comparison, DAY)) == [
        f"Q9022\tP190\tQ491128\t{tail}",
        f"Q491128\tP190\tQ9022\t{tail}",
    ]


def test_of_a_one_sided_pair_only_the_missing_half_is_given(numbered):
    made = proved("Guadalajara", "Downey", "1960~")
    comparison = compared(
        numbered, row("Guadalajara", "Downey"), row("South El Monte", "Guadalajara")
    )
    line = f"Q491128\tP190\tQ9022\t{page_of(made)}\t{RETRIEVED}"
    answer = numbered.get(address("statements", comparison))
    assert answer.streaming and answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    today = f"S813\t{quick.moment(PartialDate.of(datetime.date.today()))}"
    assert answer.getvalue().decode() == line.replace(RETRIEVED, today) + "\n"
    page = numbered.get(address("give", comparison))
    assert page.context["count"] == 1


def test_a_tie_that_is_not_good_enough_is_not_given(office):
    made = proved("Guadalajara", "Kyoto", "1980")
    good = {
        name: getattr(made, name) for name in ("review", "reciprocity", "stage", "status", "kind")
    }
    assert list(good_enough()) == [made]
    for spoil in (
        {"review": "rejected"},
        {"review": "submitted"},
        {"reciprocity": "disputed"},
        {"stage": "idea"},
        {"status": "ended"},
        {"kind": "contact"},
    ):
        Tie.objects.filter(pk=made.pk).update(**good | spoil)
        assert list(good_enough()) == [], spoil


def test_a_list_or_one_sides_word_proves_nothing_and_both_sides_words_do(office):
    made = tie("Guadalajara", "Kyoto", "1980")
    make.EvidenceFactory(tie=made, kind="dataset")
    make.EvidenceFactory(tie=made, kind="word")
    for side in "ab":
        make.StatementFactory(tie=made, said_by=side, source="wikidata-p190")
    make.ConfirmationFactory(tie=made, side="a", answer="alive")
    assert list(good_enough()) == []
    make.ConfirmationFactory(tie=made, side="b", answer="alive")
    assert list(good_enough()) == [made]


def test_without_numbers_or_for_another_list_nothing_is_given(office):
    proved("Guadalajara", "Kyoto", "1980")
    comparison = compared(office, row("Guadalajara", "South El Monte"))
    assert list(statements(comparison, DAY)) == []
    comparison.is_of_wikidata = False
    comparison.save()
    assert office.get(address("statements", comparison)).status_code == 404


def test_statements_come_in_batches(numbered, monkeypatch):
    monkeypatch.setattr("relationships.differences.giving.AT_ONCE", 1)
    proved("Guadalajara", "Downey")
    comparison = compared(
        numbered, row("Guadalajara", "South El Monte"), row("South El Monte", "Guadalajara")
    )
    every = list(statements(comparison, DAY))
    assert [list(statements(comparison, DAY, number)) for number in (1, 2, 3)] == [
        *([one] for one in every),
        [],
    ]
    url = address("statements", comparison)
    assert numbered.get(url, {"batch": "2"}).getvalue().decode().count("\n") == 1
    for odd in ("0", "-1", "x", "٣", "9" * 30, "1\x00"):
        assert numbered.get(url, {"batch": odd}).status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1969", "+1969-00-00T00:00:00Z/9"),
        ("1969-05", "+1969-05-00T00:00:00Z/10"),
        ("1969-05-14", "+1969-05-14T00:00:00Z/11"),
        ("0836-06-01", "+0836-00-00T00:00:00Z/9"),
    ],
)
def test_a_date_is_as_precise_as_what_is_known(text, said):
    assert quick.moment(PartialDate.parse(text)) == said


def test_nothing_in_an_address_ends_its_text_cell_or_line():
    line = quick.statement("Q1", "Q2", None, 'https://e.org/"\t\n|ñ', DAY)
    assert line == f'Q1\tP190\tQ2\tS854\t"https://e.org/%22%09%0A%7C%C3%B1"\t{RETRIEVED}'
    for odd in ("", "Q0", "P190", "Q1\t", "Q1 ", "q1", None):
        assert not quick.is_item(odd)
        with pytest.raises(ValueError, match="is no item"):
            quick.statement(odd, "Q2", None, "https://e.org/", DAY)


def test_numbers_of_cities_are_learnt_beyond_doubt_and_kept_with_history(office):
    taken = City.objects.get(name="Downey")
    taken.wikidata_id = "Q34600"  # wrong, but there
    taken.save()
    comparison = compared(
        office,
        row("Guadalajara", "South El Monte"),
        row("Guadalajara", "Kyoto"),
        row("Gómez Palacio", "Kyoto"),
        row("Gómez Palacio", "Kyoto").replace("Q652717", "Q7"),  # two numbers
        row("South El Monte", "Downey"),
    )
    learnt = dict(comparison.learnt_ids.values_list("city__name", "wikidata_id"))
    assert learnt == {"Guadalajara": "Q9022", "South El Monte": "Q857799"}
    page = office.get(address("ids", comparison))
    assert page.context["count"] == 2
    send(office, address("ids", comparison), reason="Read in Wikidata.")
    assert work() == {"done": 1}
    kept = city("Guadalajara")
    assert kept.wikidata_id == "Q9022"
    past = kept.history.first()
    assert (past.wikidata_id, past.history_change_reason) == ("Q9022", "Read in Wikidata.")
    assert past.history_user.name == "Ana"
    answer = send(office, address("ids", comparison), reason="Once more.")
    assert "There are none" in answer.content.decode()
    assert again(office, comparison).counts["learnt"] == 0


def test_a_number_that_was_kept_finds_its_city_whatever_the_list_calls_it(office):
    City.objects.filter(pk=city("Kyoto").pk).update(wikidata_id="Q34600")
    comparison = compared(office, row("Guadalajara", "Kyoto").replace("Kyoto", "Kyoto-shi"))
    assert found(comparison) == {"Guadalajara – Kyoto": "missing_here"}


def test_a_number_is_not_learnt_by_a_name_that_others_share(office):
    comparison = compared(
        office,
        row("Guadalajara", "Ulm").replace(",MX,", ",,"),  # of Mexico or of Spain: nobody said
        row("Gómez Palacio", "Linz"),
    )
    learnt = set(comparison.learnt_ids.values_list("city__name", flat=True))
    assert learnt == {"Ulm", "Gómez Palacio", "Linz"}
