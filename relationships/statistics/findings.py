"""What a chart shows, in one sentence; right for none, one and many in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sistercities.folding import fold
from sistercities.templatetags.ui import NBSP, language, number

Numbers = Mapping[str, int]
HALF, SOME_MORE = 50, 55
"""Percent that are called a half."""
LONG_AGO = 10
"""Years over which the ties in force are compared."""
MOST_NAMED = 2


def percent(part: int, whole: int) -> str:
    """ "62%", "62 %"; what is not all is not 100, what is something not 0."""
    share = round(100 * part / whole)
    if part < whole:
        share = min(share, 99)
    if part:
        share = max(share, 1)
    return f"{share}{NBSP}%" if language() == "es" else f"{share}%"


def no_ties() -> str:
    """Of every chart of ties as long as there are none."""
    return _("No tie is on record yet")


def decades(ties: Numbers, this_year: int) -> str:
    """In which years half of the ties began; `ties` by the first year of the decade."""
    dated = {int(year): n for year, n in ties.items() if n and year != "unknown"}
    total, unknown = sum(dated.values()), ties.get("unknown", 0)
    if not total:
        return _("Nobody knows yet in which year the ties began") if unknown else no_ties()
    first, last, n = shortest_half(dated)
    facts = {"when": _when(first, min(last + 9, this_year)), "share": percent(n, total)}
    if total == 1:
        if unknown:
            return _("The only tie whose year is known began %(when)s") % facts
        return _("The only tie began %(when)s") % facts
    if n == total:
        if unknown:
            return _("All ties whose year is known began %(when)s") % facts
        return _("All ties began %(when)s") % facts
    if HALF * total <= 100 * n <= SOME_MORE * total:
        if unknown:
            return _("Half of the ties whose year is known began %(when)s") % facts
        return _("Half of the ties began %(when)s") % facts
    if unknown:
        return _("%(share)s of the ties whose year is known began %(when)s") % facts
    return _("%(share)s of the ties began %(when)s") % facts


def shortest_half(dated: Mapping[int, int]) -> tuple[int, int, int]:
    """The fewest decades in a row that hold at least half; among equals those that hold most, then
    the latest. First decade, last decade, how many they hold."""
    total = sum(dated.values())
    found = []
    for first in dated:
        for last in dated:
            n = sum(m for decade, m in dated.items() if first <= decade <= last)
            if first <= last and 2 * n >= total:
                found.append((last - first, -n, -first))
    length, held, start = min(found)
    return -start, -start + length, -held


def _when(first: int, last: int) -> str:
    if first >= last:
        return _("in %(year)s") % {"year": last}
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}


def in_force(standing: Sequence[int], unknown: int) -> str:
    """How many ties are in force at the end of a row of years, beside ten years before; `unknown`
    are those of which nobody knows the year."""
    now = standing[-1] if standing else 0
    before = standing[-1 - LONG_AGO] if len(standing) > LONG_AGO else 0
    if not now and not before:
        return _("No tie in force has a known year yet")
    ties = ngettext("%(n)s tie is in force", "%(n)s ties are in force", now)
    if unknown:
        ties = ngettext(
            "%(n)s tie of a known year is in force", "%(n)s ties of known years are in force", now
        )
    ties %= {"n": number(now)}
    if now == before:
        return _("%(ties)s, as many as ten years ago") % {"ties": ties}
    facts = {"ties": ties, "more": number(abs(now - before))}
    if now > before:
        return _("%(ties)s, %(more)s more than ten years ago") % facts
    return _("%(ties)s, %(more)s fewer than ten years ago") % facts


def places(ties: Numbers, names: Mapping[str, str], total: int, nobody: str) -> str:
    """Which country or state has the most ties."""
    leaders, n = leading(ties)
    if not leaders:
        return nobody if total else no_ties()
    facts = _led(leaders, names, n, total)
    if len(leaders) > 1:
        one = ngettext(
            "%(names)s lead with %(n)s tie each", "%(names)s lead with %(n)s ties each", n
        )
        return one % facts
    if n == total:
        one = ngettext(
            "The only tie has a city in %(names)s", "All %(total)s ties have a city in %(names)s", n
        )
        return one % facts
    return _("%(names)s leads: %(n)s of %(total)s ties") % facts


def partners(ties: Numbers, names: Mapping[str, str], total: int, own: str) -> str:
    """Where the sister cities of a country or state lie; `own` is the country itself."""
    abroad = {code: n for code, n in ties.items() if code != own}
    leaders, n = leading(abroad)
    if not total:
        return no_ties()
    if not leaders:
        return _("All ties are within the country")
    facts = _led(leaders, names, n, total)
    if len(leaders) > 1:
        one = ngettext(
            "Most sister cities lie in %(names)s: %(n)s tie each",
            "Most sister cities lie in %(names)s: %(n)s ties each",
            n,
        )
        return one % facts
    if total == 1:
        return _("The only sister city lies in %(names)s") % facts
    return _("Most sister cities lie in %(names)s: %(n)s of %(total)s ties") % facts


def kinds(ties: Numbers, names: Mapping[str, Any], total: int) -> str:
    """What most ties are."""
    leaders, n = leading(ties)
    if not leaders:
        return no_ties()
    facts = _led(leaders, names, n, total) | {"share": percent(n, total)}
    if len(leaders) > 1:
        return _("The most frequent kinds are %(names)s, with %(n)s each") % facts
    if n == total:
        return (
            ngettext(
                "The only tie is of the kind “%(names)s”",
                "All %(total)s ties are of the kind “%(names)s”",
                n,
            )
            % facts
        )
    return _("%(share)s of the ties are of the kind “%(names)s”") % facts


def exchanges(by_year: Numbers) -> str:
    """The year with the most exchanges."""
    total = sum(by_year.values())
    if not total:
        return _("No exchange is on record yet")
    leaders, n = leading(by_year)
    facts = {"year": leaders[0], "n": number(n), "total": number(total), "first": min(leaders)}
    if total == 1:
        return _("The only exchange on record was in %(year)s") % facts
    if len(leaders) > 1:
        return (
            ngettext(
                "No year has more than %(n)s exchange; there are %(total)s",
                "No year has more than %(n)s exchanges; there are %(total)s",
                n,
            )
            % facts
        )
    if n == total:
        return _("All %(total)s exchanges were in %(year)s") % facts
    return _("%(year)s had the most exchanges: %(n)s of %(total)s") % facts


def participants(by_year: Numbers) -> str:
    """How many people took part."""
    total = sum(by_year.values())
    if not total:
        return _("Nobody has counted the participants yet")
    leaders, n = leading(by_year)
    facts = {"year": leaders[0], "n": number(n), "total": number(total)}
    facts["first"] = min((year for year, m in by_year.items() if m), key=int)
    if n == total:
        return (
            ngettext(
                "%(total)s person took part, in %(year)s",
                "%(total)s people took part, all in %(year)s",
                total,
            )
            % facts
        )
    if len(leaders) > 1:
        return _("%(total)s people have taken part since %(first)s") % facts
    return (
        _("%(total)s people have taken part since %(first)s, the most in %(year)s: %(n)s") % facts
    )


def themes(found: Numbers, names: Mapping[str, Any]) -> str:
    """Of what most exchanges were."""
    leaders, n = leading(found)
    total = sum(found.values())
    if not leaders:
        return _("No exchange is on record yet")
    facts = _led(leaders, names, n, total)
    if len(leaders) > 1:
        return (
            ngettext(
                "%(names)s lead with %(n)s exchange each",
                "%(names)s lead with %(n)s exchanges each",
                n,
            )
            % facts
        )
    if n == total:
        return (
            ngettext(
                "The only exchange was of %(names)s", "All %(total)s exchanges were of %(names)s", n
            )
            % facts
        )
    return _("%(names)s leads: %(n)s of %(total)s exchanges") % facts


def theme_people(found: Numbers, names: Mapping[str, Any]) -> str:
    """What brought most people together."""
    leaders, n = leading(found)
    if not leaders:
        return _("Nobody has counted the participants yet")
    facts = _led(leaders, names, n, sum(found.values()))
    if len(leaders) > 1:
        return (
            ngettext(
                "%(names)s brought the most people together: %(n)s person each",
                "%(names)s brought the most people together: %(n)s people each",
                n,
            )
            % facts
        )
    return _("Most participants: %(names)s, %(n)s of %(total)s people") % facts


def aid(by_year: Mapping[str, Any], count: int, total: str, most: str) -> str:
    """What was given in one currency; `total` and `most` are amounts in words."""
    peak = max(by_year.values())
    years = [year for year, value in by_year.items() if value == peak]
    facts = {"total": total, "most": most, "n": number(count), "year": years[0]}
    facts["first"] = min(by_year, key=int)
    if len(by_year) == 1:
        return (
            ngettext(
                "%(n)s donation in %(year)s: %(total)s",
                "%(n)s donations in %(year)s: %(total)s",
                count,
            )
            % facts
        )
    if len(years) > 1:
        return _("%(n)s donations since %(first)s: %(total)s") % facts
    text = _("%(n)s donations since %(first)s: %(total)s, the most in %(year)s: %(most)s")
    return text % facts


def no_aid(unvalued: int) -> str:
    """Where no donation has a value."""
    if not unvalued:
        return _("No donation is on record yet")
    return ngettext(
        "The value of %(n)s donation is not known",
        "The value of %(n)s donations is not known",
        unvalued,
    ) % {"n": number(unvalued)}


def ages(groups: Sequence[int]) -> str:
    """How many of the ties in force have been confirmed within two years."""
    total, fresh = sum(groups), sum(groups[:2])
    facts = {"n": number(fresh), "total": number(total)}
    if not total:
        return _("No tie is in force")
    if not fresh:
        return (
            ngettext(
                "Nobody has confirmed the only tie in force for 24 months",
                "Nobody has confirmed any of the %(total)s ties in force for 24 months",
                total,
            )
            % facts
        )
    if fresh == total:
        return (
            ngettext(
                "The only tie in force has been confirmed within 24 months",
                "All %(total)s ties in force have been confirmed within 24 months",
                total,
            )
            % facts
        )
    return (
        ngettext(
            "%(n)s of %(total)s ties in force has been confirmed within 24 months",
            "%(n)s of %(total)s ties in force have been confirmed within 24 months",
            fresh,
        )
        % facts
    )


def voices(ties: Numbers, total: int) -> str:
    """How many ties only one side speaks of."""
    n = ties.get("one_sided", 0)
    if not total:
        return no_ties()
    if not n:
        return _("No tie is stated by one side only")
    if n == total:
        return ngettext(
            "The only tie is stated by one side only",
            "All %(total)s ties are stated by one side only",
            n,
        ) % {"total": number(total)}
    return _("%(share)s of the ties are stated by one side only") % {"share": percent(n, total)}


def leading(numbers: Numbers) -> tuple[list[str], int]:
    """All that have the largest number, and that; none where all have nothing."""
    most = max(numbers.values(), default=0)
    return ([one for one, n in numbers.items() if n == most] if most else []), most


def _led(leaders: Sequence[str], names: Mapping[str, Any], n: int, total: int) -> dict[str, str]:
    """The facts of a sentence about those that lead."""
    return {
        "names": listed(sorted((str(names.get(one, one)) for one in leaders), key=fold)),
        "n": number(n),
        "total": number(total),
    }


def listed(names: Sequence[str]) -> str:
    """ "Durango", "Durango and Jalisco", "Durango, Jalisco and 3 more"."""
    shown, more = list(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more > 0:
        last = _("%(n)s more") % {"n": number(more)}
    elif len(shown) > 1:
        last = shown.pop()
    else:
        return "".join(shown)
    return _("%(first)s and %(last)s") % {"first": ", ".join(shown), "last": last}
