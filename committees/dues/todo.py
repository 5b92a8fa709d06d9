"""What a committee's dues add to its to-do list."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committees.desk import section_url
from committees.models import Committee, Delegation, Dues
from committees.models.affiliation import NATIONAL, Affiliation
from committees.rights import Role
from committees.todo import Todo, register
from sistercities.templatetags.ui import money


@register
def dues_of_the_association(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Dues that are due, or whose last day is over."""
    rows = Dues.objects.for_committee(committee).filter(due_on__lte=today).open(today)
    for dues in rows.order_by("last_day", "pk"):
        facts = {"year": dues.year, "owed": money(dues.amount - dues.paid, dues.currency)}
        if dues.last_day < today:
            text = _("Pay the overdue dues of %(year)s: the committee has no vote until then")
        else:
            text = _("Pay the dues of %(year)s to the association: %(owed)s")
        url = section_url("membership", committee)
        yield Todo(text % facts, url, due=dues.last_day, role=Role.VIEWER)


@register
def nobody_votes(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """A committee with a vote names its delegate. It has no day of its own."""
    running = Affiliation.objects.for_committee(committee).current(today)
    if not running.filter(association__level=NATIONAL, kind="voting").exists():
        return
    named = Delegation.objects.for_committee(committee).current(today)
    if not named.filter(role=Delegation.Role.DELEGATE).exists():
        yield Todo(
            pgettext("to do", "Name the committee's delegate to the association by letter"),
            section_url("membership", committee),
            role=Role.COORDINATOR,
        )
