"""What this part adds to the desk: its section, and its lines on the to-do list."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committees.desk import Section
from committees.desk import register as register_section
from committees.models import Committee, JoinRequest
from committees.rights import Role
from committees.todo import Todo, register

register_section(Section("people", _("People"), "desk:people", order=30))

ANSWER_WITHIN = datetime.timedelta(days=14)


@register
def people_who_want_to_join(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Requests from the public form that nobody answered."""
    waiting = JoinRequest.objects.for_committee(committee).waiting()
    asked = list(waiting.order_by("asked_at").values_list("asked_at", flat=True))
    if not asked:
        return
    text = ngettext(
        "%(number)s person wants to join: answer",
        "%(number)s people want to join: answer",
        len(asked),
    ) % {"number": len(asked)}
    url = reverse("desk:join-requests", args=[committee.slug])
    yield Todo(text, url, due=asked[0].date() + ANSWER_WITHIN, role=Role.COORDINATOR)
