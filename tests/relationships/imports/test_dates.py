"""Dates as lists write them, also those that cannot be."""

import pytest

from relationships.imports.dates import DateHabits
from relationships.imports.kinds import read_kind


def read(text, year="", *, seen=()):
    habits = DateHabits()
    for other in seen:
        habits.see("x", other, "")
    found = habits.read("x", text, year)
    return str(found.date or ""), found.text, found.warning


@pytest.mark.parametrize(
    ("text", "year", "date"),
    [
        ("1969", "", "1969"),
        ("", "1969", "1969"),
        ("1969-05-14", "1969", "1969-05-14"),
        ("14 de mayo de 1969", "", "1969-05-14"),
        ("May 1969", "", "1969-05"),
        ("c. 1969", "", "1969~"),
        ("1969.0", "", "1969"),
        ("1969-05-14T00:00:00Z", "", "1969-05-14"),
        ("unknown", "", ""),
    ],
)
def test_a_date_is_read(text, year, date):
    assert read(text, year)[0::2] == (date, "")


def test_an_impossible_date_is_kept_as_text():
    assert read("July 39, 1958") == (
        "",
        "July 39, 1958",
        "July 39, 1958 is not a possible date; kept as text.",
    )


def test_the_year_beside_an_impossible_date_counts():
    assert read("July 39, 1958", "1958") == (
        "1958",
        "July 39, 1958 / 1958",
        "July 39, 1958 is not a possible date; kept as text.",
    )


def test_a_file_tells_whether_days_or_months_come_first():
    assert read("05/06/1969", seen=["25/12/1970"])[0] == "1969-06-05"
    assert read("05/06/1969", seen=["12/25/1970"])[0] == "1969-05-06"


def test_where_no_row_tells_only_the_year_is_taken():
    assert read("05/06/1969") == (
        "1969",
        "05/06/1969",
        "05/06/1969: day or month first? Only the year is taken.",
    )


def test_a_round_year_that_stands_for_unknown_is_not_believed():
    seen = ["2000"] * 60 + ["1999"] * 4 + ["2001"] * 5
    assert read("2000", seen=seen) == (
        "",
        "2000",
        "The source writes 2000 for dates it does not know.",
    )
    assert read("2000-05-14", seen=seen)[0] == "2000-05-14"
    assert read("2000", seen=["2000"] * 60 + ["1999"] * 20)[0] == "2000"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Partnership", "sister_city"),
        ("Ciudad hermana", "sister_city"),
        ("amistad", "friendship_city"),
        ("Kontakt", "contact"),
        ("", ""),
        ("gibberish", None),
    ],
)
def test_kinds_are_read(text, kind):
    assert read_kind(text) == kind
