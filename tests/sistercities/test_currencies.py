"""Currencies are those of ISO 4217; forms offer those that people pay with now."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from sistercities.currencies import OFTEN, currencies_of_today, currency_codes, known_currency


@pytest.mark.parametrize("code", ["MXN", "USD", "CAD", "MXP", "DEM", "SLE"])
def test_money_of_today_and_of_former_days_is_known(code):
    known_currency(code)


@pytest.mark.parametrize("code", ["ABC", "usd", "US", "12$", "XXX", "XAU", "BGM", "USDX", ""])
def test_other_letters_are_no_currency(code):
    with pytest.raises(ValidationError), override("en"):
        known_currency(code)


@pytest.mark.parametrize(("language", "name"), [("es", "peso mexicano"), ("en", "Mexican Peso")])
def test_the_usual_currencies_come_first_by_name_in_the_readers_language(language, name):
    offered = currencies_of_today(language)
    assert offered[0] == ("MXN", name)
    codes = [code for code, _name in offered]
    assert tuple(codes[: len(OFTEN)]) == OFTEN and len(codes) == len(set(codes)) > 150
    assert set(codes) <= currency_codes() and "DEM" not in codes
