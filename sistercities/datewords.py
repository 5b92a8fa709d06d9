"""Dates as people write them in Spanish and English: read from words and figures, and put in words.

Works on plain parts (year, month, day, about); whether such a day exists is for
:class:`sistercities.partialdates.PartialDate` to say.
"""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .folding import fold

LONGEST_READABLE = 80
"""Characters; nothing longer is a date that somebody typed."""

UNREADABLE = _("Write a year, for example 1969, or a whole date, for example 1969-05-14.")
NO_FULL_YEAR = _("Write the year with four digits, for example 1969.")

Parts = tuple[int, int | None, int | None, bool]
"""Year, month, day, about."""


def _words(text: str) -> list[str]:
    return text.split()


_MONTHS = {
    "en": _words(
        "January February March April May June July August September October November December"
    ),
    "es": _words(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}
_PATTERNS = {
    "en": {"day": "{name} {day}, {year}", "month": "{name} {year}", "year": "{year}"},
    "es": {"day": "{day} de {name} de {year}", "month": "{name} de {year}", "year": "{year}"},
}
_ABOUT_PATTERNS = {
    "en": {"day": "about {words}", "month": "about {words}", "year": "about {words}"},
    "es": {"day": "hacia el {words}", "month": "hacia {words}", "year": "hacia {words}"},
}

_MONTH_WORDS = {
    word.casefold(): month
    for names in (
        *_MONTHS.values(),
        _words("jan feb mar apr may jun jul aug sep oct nov dec"),
        _words("ene feb mar abr may jun jul ago set oct nov dic"),
        _words("i ii iii iv v vi vii viii ix x xi xii"),
    )
    for month, word in enumerate(names, start=1)
} | {"sept": 9, "setiembre": 9}
_ABOUT_WORDS = frozenset(
    _words(
        "ca cca circa cir about around abt approx approximately roughly"
        " hacia alrededor aprox aproximadamente cerca sobre"
    )
)
_FILLERS = frozenset(
    _words(
        "de del el la en ano dia mes the of in on year month day st nd rd th o er ro do 年 月 日"
        " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
        " lunes martes miercoles jueves viernes sabado domingo"
    )
)
_ABOUT_SIGNS = re.compile("[?~≈∼～？]")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ISO_MOMENT = re.compile(
    r"\+?([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}:[0-9:.]+ ?(Z|[+-][0-9:]+)?"
)
_SPREADSHEET_YEAR = re.compile(r"([0-9]{4})\.0+")


def _tongue(language: str | None) -> str:
    return "es" if (language or get_language() or "en").startswith("es") else "en"


def put_in_words(parts: Parts, language: str | None) -> str:
    """The parts in the given or active language."""
    year, month, day, about = parts
    tongue = _tongue(language)
    unit = "day" if day else "month" if month else "year"
    name = _MONTHS[tongue][month - 1] if month else ""
    words = _PATTERNS[tongue][unit].format(name=name, day=day, year=year)
    return _ABOUT_PATTERNS[tongue][unit].format(words=words) if about else words


def read_parts(text: str, language: str | None) -> Parts:
    """The parts a typed date speaks of, possibly impossible ones; ValueError if it is not one."""
    text = text.strip()
    if len(text) > LONGEST_READABLE:
        raise ValueError(UNREADABLE)
    if moment := _ISO_MOMENT.fullmatch(text) or _SPREADSHEET_YEAR.fullmatch(text):
        text = moment[1]
    about = _ABOUT_SIGNS.search(text) is not None
    figures: list[str] = []
    months: list[int] = []
    for at, piece in enumerate(_PIECES.findall(fold(text))):
        if piece.isdecimal():
            figures.append(piece)
        elif piece in _ABOUT_WORDS or (at == 0 and piece == "c"):
            about = True
        elif piece in _MONTH_WORDS:
            months.append(_MONTH_WORDS[piece])
        elif piece not in _FILLERS:
            raise ValueError(UNREADABLE)
    if len(figures) == 1 and len(figures[0]) == 8 and not months:
        figures = [figures[0][:4], figures[0][4:6], figures[0][6:]]
    if len(months) > 1 or len(figures) > 3 - len(months) or any(len(one) > 4 for one in figures):
        raise ValueError(UNREADABLE)
    year_places = [at for at, figure in enumerate(figures) if len(figure) == 4]
    if len(year_places) != 1:
        raise ValueError(UNREADABLE if year_places or not figures else NO_FULL_YEAR)
    year = int(figures.pop(year_places[0]))
    rest = [int(figure) for figure in figures]
    if months:
        return year, months[0], rest[0] if rest else None, about
    if len(rest) < 2:
        return year, rest[0] if rest else None, None, about
    return year, *_month_and_day(rest, year_places[0], _tongue(language)), about


def _month_and_day(figures: list[int], year_place: int, tongue: str) -> list[int]:
    """ISO order after the year; before it the language's order, unless only the other can be."""
    if year_place == 0:
        return figures
    if year_place == 1:
        raise ValueError(UNREADABLE)
    first, second = figures
    month, day = (second, first) if tongue == "es" else (first, second)
    return [day, month] if month > 12 >= day else [month, day]
