"""What conventions add to a committee's to-do list."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from committees.conventions.credentials import first_day
from committees.desk import section_url
from committees.models import Affiliation, Committee, Convention, Delegation, Registration
from committees.rights import Role
from committees.todo import Todo, register


@register
def people_to_register(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """An open convention for which nobody of a member committee is registered."""
    open_ones = list(Convention.objects.open(today))
    if not open_ones or not _belongs(committee, today):
        return
    rows = Registration.objects.for_committee(committee).standing()
    served = set(rows.filter(convention__in=open_ones).values_list("convention_id", flat=True))
    for convention in open_ones:
        if convention.pk not in served:
            yield Todo(
                _("Register your people for %(convention)s") % {"convention": convention},
                section_url("conventions", committee),
                due=convention.registration_until,
            )


@register
def letters_that_end_before(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """A delegate of today who is not named any more when the next convention opens."""
    convention = Convention.objects.open(today).first()
    if convention is None:
        return
    letters = Delegation.objects.for_committee(committee)
    letters = letters.filter(role=Delegation.Role.DELEGATE)
    now, then = letters.current(today), letters.current(first_day(convention))
    if now.exists() and not then.exists():
        yield Todo(
            _("Name by a new letter who votes at %(convention)s") % {"convention": convention},
            section_url("membership", committee),
            due=convention.registration_until,
            role=Role.COORDINATOR,
        )


def _belongs(committee: Committee, today: datetime.date) -> bool:
    return Affiliation.objects.for_committee(committee).current(today).exists()
