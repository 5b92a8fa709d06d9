"""Countries have a code, a name in each language, and many ways of being written in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sistercities.countries import (
    READING_LANGUAGES,
    _names,
    country_choices,
    country_codes,
    country_name,
    read_country,
)
from sistercities.countryaliases import ALIASES, NO_COUNTRY


def test_the_249_codes_of_iso_3166_and_kosovo_are_known():
    assert len(country_codes()) == 250
    assert {"MX", "US", "XK", "AX"} <= country_codes()
    assert {"EU", "UN", "ZZ", "XA", "IC"} & country_codes() == set()


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("ES", "es", "España"),
        ("ES", "en", "Spain"),
        ("US", "es-mx", "Estados Unidos"),
        ("PS", "es", "Palestina"),
        ("CD", "en", "Democratic Republic of the Congo"),
        ("JP", "fr", "Japan"),
        ("QQ", "es", "QQ"),
    ],
)
def test_a_country_is_named_in_the_readers_language(code, language, name):
    assert country_name(code, language) == name


def test_choices_are_sorted_as_readers_expect():
    codes = ["ES", "EG", "AX", "AT", "ES", "DE"]
    assert country_choices(codes, "es") == [
        ("DE", "Alemania"),
        ("AT", "Austria"),
        ("EG", "Egipto"),
        ("ES", "España"),
        ("AX", "Islas Aland"),
    ]
    assert [code for code, _ in country_choices(codes, "en")] == ["AX", "AT", "EG", "DE", "ES"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Rußland", "RU"),
        ("Tschech. Republik", "CZ"),
        ("Slow. Republik", "SK"),
        ("Philipinen", "PH"),
        ("Zaire", "CD"),
        ("Burma", "MM"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("EE. UU.", "US"),
        ("United States of America", "US"),
        ("MÉXICO", "MX"),
        ("England", "GB"),
        ("Wales, United Kingdom", "GB"),
        ("Northern Ireland", "GB"),
        ("Kosovo", "XK"),
        ("Grece", "GR"),
        ("Kazakhstah", "KZ"),
        ("Japa", "JP"),
        ("日本", "JP"),
        ("Мексика", "MX"),
        ("in Italy", "IT"),
        ("Palestinian National Authority", "PS"),
        ("Republic of China", "TW"),
        ("People's Republic of China", "CN"),
        ("Republic of Korea", "KR"),
        ("Macedonia", "MK"),
        ("Swaziland", "SZ"),
        ("Cape Verde", "CV"),
        ("East Timor", "TL"),
        ("Ivory Coast", "CI"),
        ("the Gambia", "GM"),
        ("Gambia, The", "GM"),
        ("Congo", "CG"),
        ("DR Congo", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Bosnia & Herzegovina", "BA"),
        ("Saint Kitts and Nevis", "KN"),
        ("St. Kitts & Nevis", "KN"),
        ("Georgia (country)", "GE"),
        ("Georgia, United States", "US"),
        ("Lower Saxony, Germany", "DE"),
        ("Rauma, Norway", "NO"),
        ("Island", "IS"),
        ("Turkey", "TR"),
        ("MEX", "MX"),
        ("mx", "MX"),
    ],
)
def test_a_country_is_read_as_lists_write_it(written, code):
    assert read_country(written) == code


@pytest.mark.parametrize(
    "written",
    [
        *NO_COUNTRY,
        *("Austria-Hungary", "SUN", "", " , ", "()", "t430222130", "Guadalajara", "EU", "e u"),
        "Republic of ",
    ],
)
def test_what_is_no_country_today_stays_unread(written):
    assert read_country(written) is None


@pytest.mark.parametrize("language", READING_LANGUAGES)
def test_every_name_of_every_language_is_read_back(language):
    wrong = {
        name: read_country(name)
        for code, name in _names(language).items()
        if read_country(name) != code
    }
    assert wrong == {}


def test_no_alias_belongs_to_two_countries():
    wrong = {
        name: read_country(name)
        for code, names in ALIASES.items()
        for name in names.split("; ")
        if read_country(name) != code
    }
    assert wrong == {}


@given(st.text(alphabet=st.characters() | st.sampled_from(" ,()[]."), max_size=200))
def test_any_text_is_a_known_code_or_none(text):
    assert read_country(text) in country_codes() | {None}
