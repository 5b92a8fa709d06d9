"""Counted once: is it the same that the other side, or somebody of ours, reported already?"""

import datetime

from django.db.models import QuerySet

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Donation, Exchange
from relationships.reporting.acknowledging import Report, acknowledge, reports, stand_by
from sistercities.partialdates import PartialDate

ADDED = {
    Exchange: ("place", "summary_es", "summary_en", "results_es", "results_en"),
    Donation: ("description_es", "description_en", "emergency_es", "emergency_en"),
}
"""Texts that one report takes over from the other where it has none."""


def alike(typed: Report, committee: Committee, besides: list[int]) -> list[Report]:
    """Reports that may be the same as one that is not saved yet, the newest first: exchanges of
    the tie with its theme and overlapping days, donations of the tie, kind and giver within the
    same days and of the same amount."""
    rows = _candidates(typed, reports(type(typed), committee).exclude(pk__in=besides))
    return [one for one in rows if _overlap(_days(one), _days(typed))]


def _candidates(typed: Report, rows: QuerySet) -> QuerySet:
    rows = rows.filter(tie=typed.tie_id)
    if isinstance(typed, Exchange):
        return rows.filter(theme=typed.theme)
    return rows.filter(
        kind=typed.kind, given_by=typed.given_by, amount=typed.amount, currency=typed.currency
    )


def _days(report: Report) -> tuple[datetime.date, datetime.date]:
    if isinstance(report, Donation):
        return _widened(report.date)
    ends = report.ends or report.begins
    return report.begins.earliest, ends.latest


def _widened(day: PartialDate) -> tuple[datetime.date, datetime.date]:
    """A gift is sent on one day and received on another: a month before and after."""
    month = datetime.timedelta(days=31)
    first, last = day.earliest, day.latest
    return max(first, datetime.date(2, 1, 1)) - month, min(last, datetime.date(9998, 1, 1)) + month


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def take_over(found: Report, typed: Report, committee: Committee) -> None:
    """They are the same: `found` stays, with the texts of `typed` that it lacks; a report of the
    other side is acknowledged by that."""
    for name in ADDED[type(found)]:
        if not getattr(found, name) and getattr(typed, name):
            setattr(found, name, getattr(typed, name))
    if found.teller in ("", found.own_side):
        stand_by(found, found.own_side)
        found.save()
        derive([found.tie_id])
    elif not acknowledge(found, committee):
        found.save()
