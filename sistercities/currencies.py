"""Currencies: the ISO 4217 codes of money that people pay with or once paid with, and their names.

From CLDR through Babel. Old ones are known because gifts of 1985 are recorded too; forms offer
those of today.
"""

from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_name
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OFTEN = ("MXN", "USD", "CAD", "EUR", "GBP", "JPY")
"""Offered first: the money of the two countries and of those that are next."""

# CLDR's own codes for money that was gone before ISO 4217 named any, or that it never named.
_NOT_ISO = frozenset({"ARL", "ARM", "BAN", "BGM", "BGO", "BOL", "BRZ", "CLE", "KRH", "KRO"})
_NOT_ISO |= {"MCF", "MDC", "MKN", "MVP", "VNN", "YUR"}


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """Every code that a sum may have."""
    return frozenset(code for code, _is_of_today in _tenders()) - _NOT_ISO


@lru_cache(maxsize=2)
def currencies_of_today(language: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of money that is paid with now: the usual ones, then by code.

    >>> currencies_of_today("es")[0]
    ('MXN', 'peso mexicano')
    """
    today = {code for code, is_of_today in _tenders() if is_of_today}
    codes = [*OFTEN, *sorted(today - set(OFTEN))]
    return tuple((code, get_currency_name(code, locale=language)) for code in codes)


def known_currency(value: str) -> None:
    """Validator of columns that name the currency of an amount."""
    if value not in currency_codes():
        raise ValidationError(
            _(
                "“%(code)s” is not the code of a currency. "
                "Write the three-letter code in capitals, such as USD."
            ),
            code="currency",
            params={"code": value},
        )


def _tenders() -> set[tuple[str, bool]]:
    """What was legal tender anywhere, and whether it still is."""
    return {
        (code, end is None)
        for of_territory in get_global("territory_currencies").values()
        for code, _begin, end, is_tender in of_territory
        if is_tender
    }
