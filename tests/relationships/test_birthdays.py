"""When a tie turns a year older."""

import datetime

import pytest

from relationships.pages.birthday import Birthday, next_birthday
from sistercities.partialdates import PartialDate


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        (None, "2026-11-21", None),
        ("1969", "2026-11-21", Birthday(2026, 57)),
        ("1969-05~", "2026-11-21", Birthday(2026, 57)),
        ("1969-11-21", "2026-11-21", Birthday(2026, 57, datetime.date(2026, 11, 21))),
        ("1969-11-20", "2026-11-21", Birthday(2027, 58, datetime.date(2027, 11, 20))),
        ("1972-02-29", "2026-02-28", Birthday(2026, 54, datetime.date(2026, 2, 28))),
        ("1972-02-29", "2027-03-01", Birthday(2028, 56, datetime.date(2028, 2, 29))),
        ("2026", "2026-11-21", None),
        ("2026-12-24", "2026-11-21", None),
        ("2026-11-20", "2026-11-21", Birthday(2027, 1, datetime.date(2027, 11, 20))),
    ],
)
def test_the_next_birthday_is_as_exact_as_the_date(since, today, expected):
    since = since and PartialDate.parse(since)
    assert next_birthday(since, datetime.date.fromisoformat(today)) == expected


def test_silver_and_every_tenth_birthday_is_round():
    assert [n for n in range(1, 61) if Birthday(2026, n).is_round] == [10, 20, 25, 30, 40, 50, 60]
