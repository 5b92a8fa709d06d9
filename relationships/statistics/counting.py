"""All numbers of the figures page, in a fixed number of questions: plain, so that they can be kept.

What the list of ties counts beside its filters comes from the same tallies; years, exchanges and
aid from the office's figures. So the three say the same.
"""

import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from relationships.axes import months_before
from relationships.figures.counting import Table
from relationships.figures.scope import Scope
from relationships.listing.ties import TALLY_COLUMNS, tallied
from relationships.models import Tie
from relationships.statistics.asking import Asked
from sistercities.listing.columns import columns
from sistercities.listing.remembering import remembered
from sistercities.models import Tally

FIRST_YEAR = 1900
"""The first that has a number of its own."""
AGES = (12, 24, 36)
"""Months since the last confirmation, up to which a tie stands in a group."""
FACETS = ("decade", "kind", "voice", "country", "state")
Counted = dict[str, Any]


def counted(asked: Asked, today: datetime.date) -> Counted:
    """The numbers, remembered until published facts or the day change."""
    name = f"statistics {sorted(asked.chosen.items())} {today}"
    return remembered(name, lambda: count(asked, today))


def count(asked: Asked, today: datetime.date) -> Counted:
    """The numbers, counted now."""
    table = Table(FIRST_YEAR, today.year, asked.scope)
    total = table.total
    years = sorted((line.year, line) for line in table.lines.values() if line.year is not None)
    by_year = {
        name: {str(year): line.numbers.get(name, 0) for year, line in years}
        for name in ("in_force", "exchanges", "participants")
    }
    return {
        **tallies_of(asked),
        **by_year,
        **aid_of(table),
        "unknown_in_force": table.unknown,
        "theme": {theme: one["exchanges"] for theme, one in total.themes.items()},
        "theme_people": {theme: one["participants"] for theme, one in total.themes.items()},
        "ages": ages(asked.scope, today),
    }


def tallies_of(asked: Asked) -> Counted:
    """Ties by decade, kind, voice, country and state, as the list of ties counts them, and the
    countries that anybody has ties with. One question."""
    by, value = next(iter(asked.chosen.items()), ("", ""))
    own, all_countries = tallied(by, value), tallied("", "") & Q(facet="country")
    wanted = (own & Q(facet__in=FACETS)) | all_countries
    wanted |= tallied("", "") & Q(facet=by, value=value)
    found: Counted = {name: {} for name in FACETS} | {"ties": 0, "countries": []}
    rows = Tally.objects.filter(wanted, n__gt=0)
    for row_by, row_value, facet, name, n in columns(rows, *TALLY_COLUMNS):
        if (row_by, row_value) == (by, value) and facet in FACETS:
            found[facet][name] = n
        if not row_by and (facet, name) == (by, value):
            found["ties"] = n
        if not row_by and facet == "country":
            found["countries"].append(name)
    if by:
        found["state"] = {
            code: n for code, n in found["state"].items() if code.startswith(f"{value}-")
        }
    return found


def aid_of(table: Table) -> Counted:
    """Donations by currency and year: how many have a value, and its sum as text. Money and the
    value of things together; what nobody valued is counted by itself."""
    aid: dict[str, dict[str, list]] = {}
    unvalued = 0
    for line in table.lines.values():
        if line.year is None:
            continue
        for (_kind, currency), numbers in line.aid.items():
            unvalued += numbers["donations"] - numbers["valued"]
            if numbers["valued"]:
                known = aid.setdefault(currency, {}).setdefault(str(line.year), [0, 0])
                known[0] += numbers["valued"]
                known[1] += numbers["value"]
    return {
        "aid": {
            currency: {year: [n, str(value)] for year, (n, value) in years.items()}
            for currency, years in aid.items()
        },
        "unvalued": unvalued,
    }


def ages(scope: Scope, today: datetime.date) -> list[int]:
    """Ties in force by the age of their last confirmation: up to so many months for each of AGES,
    older, never confirmed."""
    limits = [months_before(today, months) for months in AGES]
    since, before = {}, Q()
    for number, limit in enumerate(limits):
        since[f"age_{number}"] = Count("pk", filter=Q(last_confirmed__gte=limit) & before)
        before = Q(last_confirmed__lt=limit)
    counts = standing(scope).aggregate(
        **since,
        older=Count("pk", filter=before),
        never=Count("pk", filter=Q(last_confirmed=None)),
    )
    return list(counts.values())


def standing(scope: Scope) -> QuerySet[Tie]:
    """The published ties that are signed and have not ended: somebody can confirm them."""
    ties = Tie.objects.public().in_force().exclude(status=Tie.Status.PROPOSED)
    if scope:
        a, b = scope.sides()
        ties = ties.filter(a | b)
    return ties.order_by()
