"""Countries: their ISO 3166-1 alpha-2 codes, their names, and reading what lists call them.

Codes are the officially assigned ones and XK (Kosovo), which CLDR and GeoNames use. Names come
from CLDR through Babel; :mod:`sistercities.countryaliases` adds what CLDR does not say.
"""

import pickle
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from babel import localedata
from babel.core import get_global

from .countryaliases import ALIASES, DISPLAY_NAMES, NO_COUNTRY
from .folding import fold

READING_LANGUAGES = tuple("en es de fr it pt nl pl cs sv ca ru uk ja zh ko".split())
"""Where one name means two countries, the earlier language decides."""

# CLDR's territories that are not ISO 3166-1 countries: exceptional, private and grouping codes.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "ZZ"})
_NOT_COUNTRIES |= {"XA", "XB"}

_JOINING = frozenset({"and", "y", "und", "et", "e", "en", "i"})
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^]]*\]")
# Words around a name that leave the country the same.
_OPENINGS = (
    *("in ", "the ", "en ", "el ", "la ", "los ", "las ", "les ", "le ", "l ", "die ", "der "),
    *("republic of the ", "republic of ", "kingdom of the ", "kingdom of ", "state of "),
    *("republica de ", "republica del ", "reino de ", "estado de ", "republik ", "republique de "),
    *("republique du ", "konigreich ", "commonwealth of the ", "commonwealth of "),
)


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    """Code to name. Read past Babel's cache, which would keep the whole locale in memory."""
    path = Path(localedata.resolve_locale_filename(language))
    territories = pickle.loads(path.read_bytes())["territories"]  # noqa: S301 - Babel's own file
    names = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code not in _NOT_COUNTRIES
    }
    return names | DISPLAY_NAMES.get(language, {})


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Every code this module knows."""
    return frozenset(_names("en"))


def country_name(code: str, language: str) -> str:
    """Like "Spain" or "España"; an unknown code is its own name. Other languages get English."""
    return _names("es" if language.startswith("es") else "en").get(code, code)


def country_choices(codes: Iterable[str], language: str) -> list[tuple[str, str]]:
    """(code, name) of the given countries, sorted by name as the language's readers expect."""
    choices = [(code, country_name(code, language)) for code in set(codes)]
    return sorted(choices, key=lambda choice: (fold(choice[1]), choice[0]))


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """The code of a country as a list names it, in any of many languages; None if it is none.

    Understands codes of two and three letters, historical and odd spellings, and a name after
    its region ("Lower Saxony, Germany"). States that are gone without one successor, and
    territories without a code, are None: better unresolved than wrong.
    """
    if len(text) > 120:
        return None
    stripped = text.strip()
    if len(stripped) == 3 and stripped.isascii() and stripped.isupper():
        successors = get_global("territory_aliases").get(stripped, ())
        if len(successors) == 1 and successors[0] in country_codes():
            return successors[0]
    before, comma, after = text.rpartition(",")
    readings = [text]
    if "(" in text or "[" in text:
        readings.append(_PARENTHESES.sub(" ", text))
    if comma:
        readings += [f"{after} {before}", after]
    for reading in readings:
        found, code = _look_up(key_of(reading))
        if found:
            return code
    return None


def key_of(name: str) -> str:
    """The folded name without its inner "and" in any language, and with "St" for "Saint"."""
    words = ["st" if word == "saint" else word for word in fold(name).split()]
    inner = [word for word in words[1:-1] if word not in _JOINING]
    return " ".join([*words[:1], *inner, *words[1:][-1:]])


def _look_up(key: str) -> tuple[bool, str | None]:
    """Whether the name is known, and its code: a known name may still have none."""
    index = _index()
    while key not in index:
        opening = next((opening for opening in _OPENINGS if key.startswith(opening)), None)
        if opening is None:
            return False, None
        key = key.removeprefix(opening)
    return True, index[key]


@lru_cache(maxsize=1)
def _index() -> dict[str, str | None]:
    """Folded name to code. Built at the first question, about half a megabyte."""
    index: dict[str, str | None] = {code.casefold(): code for code in country_codes()}
    index |= {key_of(name): None for name in NO_COUNTRY}
    for code, names in ALIASES.items():
        for name in names.split("; "):
            index[key_of(name)] = code
    for language in READING_LANGUAGES:
        for code, name in _names.__wrapped__(language).items():
            index.setdefault(key_of(name), code)
            if "(" in name:  # "Myanmar (Burma)"
                index.setdefault(key_of(_PARENTHESES.sub(" ", name)), code)
    return index
