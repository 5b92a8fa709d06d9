"""Dates as precise as what is known: read, written, compared."""

import pickle
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sistercities.partialdates import (
    PartialDate,
    PartialDateField,
    PartialDateFormField,
)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day, about = draw(st.dates()), draw(st.booleans())
    month = day.month if draw(st.booleans()) else None
    return PartialDate(day.year, month, day.day if month and draw(st.booleans()) else None, about)


def read(text: str, language: str) -> str:
    return str(PartialDate.read(text, language))


def test_the_canonical_text_says_what_is_known():
    assert str(PartialDate(1969)) == "1969"
    assert str(PartialDate(1969, 5)) == "1969-05"
    assert str(PartialDate(1969, 5, 14)) == "1969-05-14"
    assert str(PartialDate(1969, about=True)) == "1969~"
    assert str(PartialDate(900, 5, 14, True)) == "0900-05-14~"


@given(partial_dates())
def test_every_value_survives_its_canonical_text_the_input_field_and_pickling(value):
    assert PartialDate.parse(str(value)) == value
    assert PartialDate.read(value.editable, "es") == value
    assert PartialDate.read(value.editable, "en") == value
    assert pickle.loads(pickle.dumps(value)) == value
    assert len(str(value)) <= PartialDateField().max_length


@given(partial_dates().filter(lambda value: value.year >= 1000), st.sampled_from(["es", "en"]))
def test_every_value_is_read_back_from_its_words(value, language):
    assert PartialDate.read(value.in_words(language), language) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "69",
        "1969-5",
        "1969-13",
        "1969-02-30",
        "0000",
        "c. 1969",
        "1969?",
        " 1969",
        "１９６９",
        "1969\n",
    ],
)
def test_only_canonical_text_is_parsed(text):
    with pytest.raises(ValueError, match=r"\.$"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("1969", "1969"),
        (" 1969 ", "1969"),
        ("5/1969", "1969-05"),
        ("1969-05", "1969-05"),
        ("mayo de 1969", "1969-05"),
        ("May 1969", "1969-05"),
        ("MAYO DEL 1969", "1969-05"),
        ("setiembre 1969", "1969-09"),
        ("14 de mayo de 1969", "1969-05-14"),
        ("el miércoles 14 de mayo de 1969", "1969-05-14"),
        ("1.º de mayo de 1969", "1969-05-01"),
        ("May 14, 1969", "1969-05-14"),
        ("May 14th, 1969", "1969-05-14"),
        ("14 May 1969", "1969-05-14"),
        ("14-V-1969", "1969-05-14"),
        ("14/05/1969", "1969-05-14"),
        ("05/14/1969", "1969-05-14"),
        ("14.5.1969", "1969-05-14"),
        ("1969/5/14", "1969-05-14"),
        ("19690514", "1969-05-14"),
        ("1969年5月14日", "1969-05-14"),
        ("١٩٦٩", "1969"),
        ("1969-05-14T00:00:00Z", "1969-05-14"),
        ("1969-05-14 00:00:00", "1969-05-14"),
        ("1969.0", "1969"),
        ("c. 1969", "1969~"),
        ("ca. 1969", "1969~"),
        ("circa 1969", "1969~"),
        ("about 1969", "1969~"),
        ("hacia 1969", "1969~"),
        ("alrededor de 1969", "1969~"),
        ("1969?", "1969~"),
        ("1969~", "1969~"),
        ("hacia mayo de 1969", "1969-05~"),
        ("about May 14, 1969", "1969-05-14~"),
    ],
)
def test_what_people_type_is_read_in_both_languages(typed, canonical):
    assert read(typed, "es") == canonical
    assert read(typed, "en") == canonical


def test_the_language_decides_between_day_and_month_and_iso_never_needs_it():
    assert read("05/06/1969", "es") == "1969-06-05"
    assert read("05/06/1969", "es-mx") == "1969-06-05"
    assert read("05/06/1969", "en") == "1969-05-06"
    assert read("1969-05-06", "es") == read("1969-05-06", "en") == "1969-05-06"


def test_the_active_language_is_meant_when_none_is_given():
    with override("es"):
        assert str(PartialDate.read("05/06/1969")) == "1969-06-05"
        assert PartialDate(1969, 5).in_words() == "mayo de 1969"
    with override("en"):
        assert str(PartialDate.read("05/06/1969")) == "1969-05-06"
        assert PartialDate(1969, 5).in_words() == "May 1969"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("July 39, 1958", "That month has no day 39: check the day, or leave it out."),
        ("30 Feb 2001", "That month has no day 30: check the day, or leave it out."),
        ("29/02/1900", "That month has no day 29: check the day, or leave it out."),
        ("0 de mayo de 1969", "That month has no day 0: check the day, or leave it out."),
        ("2020-13-01", "There is no month 13: write a month from 1 to 12."),
        ("1969-00-00", "There is no month 0: write a month from 1 to 12."),
        ("0000", "Write a year from 0001 to 9999, for example 1969."),
        ("14 de mayo", "Write the year with four digits, for example 1969."),
        ("5/69", "Write the year with four digits, for example 1969."),
        *(
            (
                unreadable,
                "Write a year, for example 1969, or a whole date, for example 1969-05-14.",
            )
            for unreadable in (
                *("", "?", "soon", "mayo", "1969-1971", "1960s", "1969 a.C.", "1969 B.C."),
                *("5/1969/14", "mayo junio 1969", "1 2 3 1969", "19691", "1" * 5000, "1969 " * 99),
                *("May 3 or 4, 1969", "-500-01-01T00:00:00Z"),
            )
        ),
    ],
)
def test_what_cannot_be_a_date_is_answered_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as caught:
        PartialDate.read(typed, "en")
    with override("en"):
        assert str(caught.value) == sentence


FRAGMENTS = st.sampled_from(
    [*"0123456789/-.,?~ ", "1969", "mayo", "de", "c.", "hacia", "May", "T00:00", "٣", "²", "年"]
)


@given(st.text() | st.lists(FRAGMENTS, max_size=14).map("".join), st.sampled_from(["es", "en"]))
def test_any_text_is_a_date_or_a_value_error(text, language):
    for reader in (PartialDate.parse, lambda typed: PartialDate.read(typed, language)):
        try:
            value = reader(text)
        except ValueError as error:
            assert str(error)[-1] == "."
        else:
            assert PartialDate.parse(str(value)) == value


@pytest.mark.parametrize(
    "parts", [(0,), (10000,), (1969, 0), (1969, 13), (1969, 2, 29), (1969, None, 1), (1969, 1, 0)]
)
def test_impossible_parts_make_no_value(parts):
    with pytest.raises(ValueError, match=r"\.$"):
        PartialDate(*parts)


def test_a_value_knows_its_first_and_last_day():
    assert (PartialDate(1968).earliest, PartialDate(1968).latest) == (
        date(1968, 1, 1),
        date(1968, 12, 31),
    )
    assert PartialDate(1968, 2).latest == date(1968, 2, 29)
    assert PartialDate(1968, 2, 3).earliest == PartialDate(1968, 2, 3).latest == date(1968, 2, 3)
    assert PartialDate(1968, about=True).latest == date(1968, 12, 31)
    assert PartialDate(9999).latest == date.max


def test_a_value_knows_its_precision_and_anniversary():
    values = [PartialDate(1969), PartialDate(1969, 5), PartialDate(1969, 5, 14)]
    assert [value.precision for value in values] == ["year", "month", "day"]
    assert [value.anniversary for value in values] == ["", "", "05-14"]
    assert PartialDate(1969, 5, 14, True).precision == "about"
    assert PartialDate(1969, 5, 14, True).anniversary == ""


@pytest.mark.parametrize(
    ("canonical", "spanish", "english"),
    [
        ("1969", "1969", "1969"),
        ("1969-05", "mayo de 1969", "May 1969"),
        ("1969-05-14", "14 de mayo de 1969", "May 14, 1969"),
        ("1969~", "hacia 1969", "about 1969"),
        ("1969-05~", "hacia mayo de 1969", "about May 1969"),
        ("1969-05-14~", "hacia el 14 de mayo de 1969", "about May 14, 1969"),
    ],
)
def test_a_value_is_put_in_words(canonical, spanish, english):
    assert PartialDate.parse(canonical).in_words("es") == spanish
    assert PartialDate.parse(canonical).in_words("en") == english


@given(st.lists(partial_dates()))
def test_values_sort_as_their_texts_do(values):
    assert [str(value) for value in sorted(values)] == sorted(str(value) for value in values)
    assert len(set(values)) == len({str(value) for value in values})


def test_values_compare_with_nothing_else():
    assert (PartialDate(1969) == "1969") is False
    with pytest.raises(TypeError):
        PartialDate(1969) < "1970"  # noqa: B015


@given(partial_dates(), partial_dates())
def test_one_value_is_before_another_only_where_both_are_certain(one, other):
    assert not (one.is_before(other) and other.is_before(one))
    if not (one.about or other.about):
        assert one.is_before(other) == (one.latest < other.earliest)
    elif one.year != other.year:
        assert one.is_before(other) == (one.year < other.year)
    else:
        assert not one.is_before(other)


STRETCHES = [
    ("2026-07-04", "2026-07-18", "4–18 de julio de 2026", "July 4–18, 2026"),
    ("2026-07-04", "2026-07-04", "4 de julio de 2026", "July 4, 2026"),
    ("2026-07-04", None, "4 de julio de 2026", "July 4, 2026"),
    ("2026-07-28", "2026-08-03", None, "July 28, 2026 to August 3, 2026"),
    ("2025-07-04", "2026-07-18", None, "July 4, 2025 to July 18, 2026"),
    ("2019-06", "2020-05", None, "June 2019 to May 2020"),
    ("2019-06-04~", "2019-06-09", None, "about June 4, 2019 to June 9, 2019"),
]


@pytest.mark.parametrize("begins, ends, spanish, english", STRETCHES)
def test_a_stretch_of_days_names_its_month_once(begins, ends, spanish, english):
    begins, ends = (one and PartialDate.parse(one) for one in (begins, ends))
    with override("en"):
        assert begins.in_words_until(ends) == english
    if spanish:
        with override("es"):
            assert begins.in_words_until(ends) == spanish


@pytest.mark.parametrize("language", ["es", "en"])
@given(value=partial_dates())
def test_an_input_field_shows_a_date_in_words_that_it_reads_back(language, value):
    field = PartialDateFormField()
    with override(language):
        shown = field.prepare_value(value)
        assert field.clean(shown) == value
        assert not field.has_changed(value, shown)
    assert value.year < 1000 or shown == value.in_words(language)
