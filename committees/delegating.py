"""Naming who speaks and votes for a committee, by a letter of its board."""

import datetime

from django.db import transaction
from django.utils import timezone

from committees.models import Committee, Delegation, Person
from committees.models.delegation import PURPOSE
from committees.page_files import has_desk
from sistercities.editing.attachments import let_see
from sistercities.models import Attachment

DAY = datetime.timedelta(days=1)


@transaction.atomic
def name(
    committee: Committee,
    person: Person,
    role: str,
    *,
    since: datetime.date,
    until: datetime.date | None = None,
    letter: Attachment | None = None,
    by,
    reason: str = "",
) -> Delegation:
    """Name a delegate or an alternate from a day on; whoever was named before until then is so
    until the day before. ValidationError when a later one is named already."""
    Committee.objects.select_for_update().get(pk=committee.pk)  # one letter at a time
    reason = reason or "Named by letter"
    before = Delegation.objects.for_committee(committee).filter(role=role).current(since)
    for one in before.filter(since__lt=since):
        end(one, on=since - DAY, by=by, reason=reason)
    row = Delegation(
        committee=committee, person=person, role=role, since=since, until=until, letter=letter
    )
    row.full_clean()
    row._change_reason, row._history_user = reason[:200], by
    row.save()
    return row


@transaction.atomic
def end(
    delegation: Delegation, *, on: datetime.date | None = None, by, reason: str = ""
) -> Delegation:
    """Let it end on a day, its last (today)."""
    row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    row.until = on or timezone.localdate()
    row.full_clean()
    row._change_reason, row._history_user = reason[:200] or None, by
    row.save()
    return row


@transaction.atomic
def withdraw_letters(person: Person, *, by) -> None:
    """Of somebody who is erased: that there was a delegate stays, the letter that names them goes,
    and who is named today is so no longer."""
    yesterday = timezone.localdate() - DAY
    for row in Delegation.objects.filter(person=person).select_related("letter"):
        letter, row.letter = row.letter, None
        if row.until is None or row.until > yesterday:
            row.until = max(row.since, yesterday)
        row._change_reason, row._history_user = "Erased", by
        row.save()
        if letter:
            letter.remove()


def sees_letter(attachment: Attachment, user) -> bool:
    """Whether a user may read a letter: who has the committee's desk, and the office's keepers of
    delegates."""
    at_the_office = user.is_staff and user.has_perm("committees.view_delegation")
    return at_the_office or has_desk(attachment, user)


let_see(PURPOSE, sees_letter)
