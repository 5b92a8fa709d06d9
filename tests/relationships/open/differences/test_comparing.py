"""A list beside the registry: what each lacks, what differs, and who states it there."""

import pytest

from committees.models import City
from relationships.deriving import derive
from relationships.differences.comparing import Ours, finding_of
from relationships.differences.hearing import Heard
from relationships.models import Tie
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.open.differences.lists import compared, found, row, tie

pytestmark = pytest.mark.django_db


def test_every_pair_is_found_once_whatever_the_rows_repeat(office):
    tie("Gómez Palacio", "South El Monte", "1969")
    tie("Guadalajara", "Kyoto", "1980")
    comparison = compared(
        office,
        row("Gómez Palacio", "South El Monte", "1969"),
        row("South El Monte", "Gómez Palacio"),
        row("Guadalajara", "Downey"),
        row("Guadalajara", "Downey"),
        row("Guadalajara", "Xanadu"),
        row("Guadalajara", "Kyoto", "1981"),
    )
    assert found(comparison) == {
        "Gómez Palacio – South El Monte": "same",
        "Downey – Guadalajara": "missing_here",
        "Guadalajara – Kyoto": "different",
    }
    assert comparison.counts["pairs"] == 3
    assert comparison.batch.counts["unresolved"] == 1
    assert Tie.objects.count() == 2


# Both directions


def test_a_pair_is_one_sided_only_where_the_list_tells_of_both_sides(office):
    comparison = compared(
        office,
        row("Gómez Palacio", "South El Monte"),
        row("South El Monte", "Gómez Palacio"),
        row("Guadalajara", "South El Monte"),
        row("Guadalajara", "Kyoto"),
    )
    one_sided = comparison.differences.one_sided().get()
    assert {one_sided.city_a.name, one_sided.city_b.name} == {"Guadalajara", "South El Monte"}
    stated_by = one_sided.city_a if one_sided.stated_by == "a" else one_sided.city_b
    assert stated_by.name == "Guadalajara"
    assert (comparison.counts["both"], comparison.counts["one_sided"]) == (2, 1)
    by_country = {code: numbers for code, *numbers in comparison.by_country}
    assert by_country["MX"][:3] == [3, 2, 1]
    assert by_country["JP"][:3] == [1, 0, 0]


def test_a_list_that_is_nobodys_word_has_no_one_sided_pairs(office):
    header_less = row("Gómez Palacio", "South El Monte") + row("Guadalajara", "South El Monte")
    text = "city_a,country_a,city_b,country_b\n" + "".join(
        ",".join((cells := line.split(","))[1:3] + cells[4:6]) + "\n"
        for line in header_less.splitlines()
    )
    comparison = compared(office, text=text, source="register", is_of_wikidata="")
    assert comparison.counts["pairs"] == 2
    assert (comparison.counts["both"], comparison.counts["one_sided"]) == (0, 0)


def test_missing_there_are_ties_in_force_of_which_the_list_should_know(office):
    tie("Guadalajara", "Kyoto")  # of a city that speaks there
    tie("Gómez Palacio", "Downey")  # between countries that stand together there
    tie("Ulm", "Linz")  # of neither
    tie("Guadalajara", "Linz", review="submitted")
    ended = tie("Guadalajara", "Ulm")
    make.TieEventFactory(tie=ended, kind="ended", date="2001")
    derive([ended.pk])
    comparison = compared(office, row("Guadalajara", "South El Monte"))
    assert found(comparison) == {
        "Guadalajara – South El Monte": "missing_here",
        "Guadalajara – Kyoto": "missing_there",
        "Downey – Gómez Palacio": "missing_there",
    }
    # Of the list only the Mexican side is known: nobody can say what it holds under the others.
    silent = {row.silent for row in comparison.differences.filter(finding="missing_there")}
    assert silent == {"a"}


@pytest.mark.parametrize(
    ("ours", "theirs", "finding"),
    [
        ("1969", "", "same"),
        ("1969-05", "1969", "same"),
        ("1969", "1969-05-14", "different"),
        ("", "1969", "different"),
        ("1971", "1969", "different"),
        ("1969~", "1969", "same"),
    ],
)
def test_a_date_differs_when_it_contradicts_ours_or_says_more(ours, theirs, finding):
    known = Ours("sister_city", True, read(ours), None, False)
    assert finding_of(known, Heard(2), read(theirs)) == finding


@pytest.mark.parametrize(
    ("ours", "theirs", "finding"),
    [("", "2004", "different"), ("2004", "2004", "same"), ("2001", "2004", "different")],
)
def test_an_end_that_we_do_not_know_or_know_otherwise_differs(ours, theirs, finding):
    known = Ours("sister_city", True, None, read(ours), bool(ours))
    assert finding_of(known, Heard(2, ended=read(theirs)), None) == finding


def read(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def test_a_kind_differs_and_a_tie_that_is_not_published_is_not_called_missing(office):
    tie("Guadalajara", "Kyoto")
    tie("Gómez Palacio", "Downey", review="rejected")
    comparison = compared(
        office,
        row("Guadalajara", "Kyoto", "", "friendship"),
        row("Gómez Palacio", "Downey"),
    )
    kinds = {"Guadalajara – Kyoto": "different", "Downey – Gómez Palacio": "hidden"}
    assert found(comparison) == kinds
    assert comparison.differences.get(finding="different").kind == "friendship_city"


def test_a_row_whose_city_is_not_decided_is_no_silence(office):
    springfield = City.objects.get(geonames_id=4409896)
    kyoto = City.objects.get(name="Kyoto")
    made = make.TieFactory(
        city_a=min(springfield, kyoto, key=lambda city: city.pk),
        city_b=max(springfield, kyoto, key=lambda city: city.pk),
    )
    make.TieEventFactory(tie=made, kind="signed")
    derive([made.pk])
    comparison = compared(
        office,
        row("Guadalajara", "South El Monte"),
        row("South El Monte", "Guadalajara").replace("Guadalajara", "Guadalaxara"),
        row("Kyoto", "Springfield"),
        row("Kyoto", "Guadalajara"),
        row("Guadalajara", "Kyoto"),
    )
    assert comparison.batch.counts["unresolved"] == 2
    assert set(found(comparison).values()) == {"missing_here"}
    assert comparison.counts["one_sided"] == 0


def test_a_country_of_which_few_cities_speak_is_not_silent(office):
    comparison = compared(
        office,
        row("South El Monte", "Guadalajara"),
        row("Guadalajara", "South El Monte"),
        row("Guadalajara", "Downey"),
        row("Guadalajara", "Springfield").replace("Springfield", "Springfield (Missouri)"),
        row("Gómez Palacio", "Springfield").replace("Springfield", "Springfield (Illinois)"),
    )
    assert comparison.counts["pairs"] >= 3
    assert comparison.counts["one_sided"] == 0
