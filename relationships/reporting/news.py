"""What is new about exchanges and donations, for the mail of the day to a committee's coordinators.

At most a few reports of each kind are named: the mail says how many more there are.
"""

import datetime
from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.news import register, within
from relationships.models import Donation, Exchange
from relationships.models.tie import served_by
from relationships.reporting.acknowledging import disputed, ours, reports, waiting
from relationships.reporting.lines import lines_of
from sistercities.mail import one_line

MOST = 20
LONGEST_TITLE = 80


def _told(rows: QuerySet, committee: Committee, text: str) -> Iterator[str]:
    for line in lines_of(rows.order_by("pk").distinct()[:MOST], committee):
        yield text % {"title": one_line(str(line.title))[:LONGEST_TITLE], "city": line.sister}


@register
def reports_of_the_other_side(committee: Committee, day: datetime.date) -> Iterator[str]:
    """Entered, or changed in its numbers, and waiting for this desk's word."""
    for model in (Exchange, Donation):
        rows = waiting(reports(model, committee)).filter(changed_at__range=within(day))
        yield from _told(rows, committee, _("%(city)s reported “%(title)s”. Is it right?"))


@register
def answers_of_the_other_side(committee: Committee, day: datetime.date) -> Iterator[str]:
    """Acknowledged, or not right. Who is both sides of a tie hears nothing from itself."""
    served = served_by(committee)
    both = Q(tie__city_a__in=served) & Q(tie__city_b__in=served)
    for model in (Exchange, Donation):
        rows = reports(model, committee)
        right = ours(rows).filter(acknowledged_on=day).exclude(both)
        yield from _told(right, committee, _("%(city)s acknowledged “%(title)s”."))
        wrong = disputed(rows).filter(
            objections__settled_at=None, objections__told_at__range=within(day)
        )
        wrong = wrong.exclude(objections__side=F("own_side"))
        yield from _told(wrong, committee, _("%(city)s says that “%(title)s” is not right."))
