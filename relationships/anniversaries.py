"""The days on which ties turn a year older.

Only ties that have not ended and whose exact day is known have one. What began on 29 February is
celebrated on the 28th when the year has no 29th.
"""

from calendar import isleap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel import dates
from django.db.models import QuerySet

from relationships.addresses import here, tie_page
from relationships.listing.words import STATUSES, said
from relationships.models import Tie
from sistercities.listing.columns import columns
from sistercities.prepared import prepared
from sistercities.templatetags.ui import LOCALES

WEEK = 7
NEXT = 60
FIRST_DAY = "01-01"
ROUND = (100, 75, 50, 25)
COLUMNS = ("pk", "anniversary", "slug", "status", "since", "distance_km")
COLUMNS += ("city_a__sort_name", "city_a_id", "city_a__name")
COLUMNS += ("city_b__sort_name", "city_b_id", "city_b__name")


@dataclass(slots=True)
class Anniversary:
    """One tie's day in one year; `day` is "24 de noviembre", "November 24"."""

    pk: int
    url: str
    first: str
    second: str
    on: date
    day: str
    years: int
    since: Any
    distance_km: int | None
    status: str
    status_words: str

    @property
    def is_round(self) -> bool:
        """Twenty-five years, fifty, seventy-five, a hundred and so on."""
        return self.years % 25 == 0

    @property
    def iso(self) -> str:
        """The day for machines."""
        return self.on.isoformat()


def celebrated() -> QuerySet:
    """Ties that may have an anniversary; those whose day is not known have an empty one.

    Ask for days between two bounds and for nothing else of the column: SQLite starts at the first
    lower bound it is told, and a second one would have it read all days before.
    """
    return Tie.objects.public().in_force()


def falls_on(anniversary: str, year: int) -> date:
    """The day of "02-29" and the like in a year."""
    month, day = map(int, anniversary.split("-"))
    if (month, day) == (2, 29) and not isleap(year):
        day = 28
    return date(year, month, day)


@lru_cache(maxsize=1024)
def day_words(month: int, day: int, language: str) -> str:
    """A day of no year."""
    form = "d 'de' MMMM" if language == "es" else "MMMM d"
    return dates.format_date(date(2000, month, day), form, locale=LOCALES[language])


@lru_cache(maxsize=256)
def month_words(year: int, month: int, language: str) -> str:
    """ "November 2026", "Noviembre de 2026"."""
    form = "MMMM 'de' y" if language == "es" else "MMMM y"
    words = dates.format_date(date(year, month, 1), form, locale=LOCALES[language])
    return words[:1].upper() + words[1:]


@prepared
def _from(day: str):
    """The next ones of a year, from a day on."""
    ties = celebrated().filter(anniversary__gte=day).order_by("anniversary", "pk")
    return columns(ties, *COLUMNS)[:NEXT]


def upcoming(today: date) -> list[Anniversary]:
    """The next anniversaries from today on, at most sixty, across the turn of the year. At most
    two queries, each a range of the index."""
    day = f"{today:%m-%d}"
    found = _made(_from.tuples(day=day), lambda pk: today.year)
    if len(found) < NEXT:
        earlier = [row for row in _from.tuples(day=FIRST_DAY) if row[1] < day]
        found += _made(earlier[: NEXT - len(found)], lambda pk: today.year + 1)
    return [one for one in found if one.years > 0]


def of_numbers(years: dict[int, int]) -> dict[int, Anniversary]:
    """Anniversaries by the ties' numbers, each in its given year. One query."""
    rows = columns(Tie.objects.filter(pk__in=years).order_by(), *COLUMNS)
    return {one.pk: one for one in _made(rows, years.__getitem__)}


def most_notable(anniversaries: Iterable[Anniversary]) -> Anniversary | None:
    """The roundest; among equals the oldest tie, then the nearest day."""
    steps = (*ROUND, 10, 5, 1)

    def roundness(one: Anniversary) -> tuple:
        rank = next(n for n, step in enumerate(steps) if one.years % step == 0)
        return rank, -one.years, one.on

    return min(anniversaries, key=roundness, default=None)


def _made(rows: Iterable[tuple], year: Callable[[int], int]) -> list[Anniversary]:
    """Anniversaries from values of COLUMNS; `year` says in which year that of a tie is meant."""
    language, statuses = here(), said(STATUSES)
    made = []
    for pk, anniversary, slug, status, since, distance, *cities in rows:
        (*_, first), (*_, second) = sorted((cities[:3], cities[3:]))
        on = falls_on(anniversary, year(pk))
        made.append(
            Anniversary(
                pk=pk,
                url=tie_page(slug, language),
                first=first,
                second=second,
                on=on,
                day=day_words(on.month, on.day, language),
                years=on.year - since.year,
                since=since,
                distance_km=distance,
                status=status,
                status_words=statuses[status],
            )
        )
    return made
