"""Reminding committees of their dues: on the day they are due, two weeks later, and once they are
delinquent. Each reminder is written once, whoever asks how often."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import Committee, Dues
from committees.recipients import Recipient, recipients_of
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending, letter
from sistercities.models import OutgoingMail
from sistercities.templatetags.ui import long_date, money

PURPOSE = "dues-reminder"
DUE, AGAIN, DELINQUENT = "due", "again", "delinquent"
FORTNIGHT = datetime.timedelta(days=14)
LATE = datetime.timedelta(days=30)
"""So long after the last day the last reminder is still written; then it is for the office."""


@dataclass
class Outcome:
    """What one run did."""

    mails: int = 0
    unreachable: int = 0


def stage(dues: Dues, on: datetime.date) -> str:
    """Which reminder a day asks for; empty for none."""
    if dues.last_day < on <= dues.last_day + LATE:
        return DELINQUENT
    if dues.due_on + FORTNIGHT <= on <= dues.last_day:
        return AGAIN
    if dues.due_on <= on <= dues.last_day:
        return DUE
    return ""


def remind(on: datetime.date | None = None, *, dry_run: bool = False) -> Outcome:
    """Put the reminders of a day into the outbox. A service notice: nobody can refuse it."""
    on = on or timezone.localdate()
    rows = Dues.objects.filter(due_on__lte=on, last_day__gte=on - LATE).open(on)
    rows = rows.filter(affiliation__committee__merged_into=None)
    rows = list(rows.select_related("affiliation__committee", "affiliation__association"))
    written = set(
        OutgoingMail.objects.filter(
            purpose=PURPOSE, about__in=[about(one) for one in rows]
        ).values_list("about", "period")
    )
    committees = {one.affiliation.committee_id: one.affiliation.committee for one in rows}
    readers = recipients_of(committees.values(), on)
    outcome = Outcome()
    for dues in rows:
        now = stage(dues, on)
        if not now or (about(dues), now) in written:
            continue
        to = readers[dues.affiliation.committee_id]
        outcome.unreachable += not to
        for reader in to:
            outcome.mails += dry_run or _write(dues, now, reader)
    return outcome


def about(dues: Dues) -> str:
    """What its mails are about."""
    return f"dues-{dues.pk}"


def _write(dues: Dues, now: str, reader: Recipient) -> bool:
    text = compose(dues, now, reader.language)
    return reader.write(text, purpose=PURPOSE, about=about(dues), period=now)


def compose(dues: Dues, now: str, language: str) -> tuple[str, str]:
    """Subject and text; `dues` with what is paid."""
    by_language = {}
    committee: Committee = dues.affiliation.committee
    for code in LANGUAGES:
        with override(code):
            by_language[code] = {
                "owed": money(dues.amount - dues.paid, dues.currency),
                "due_on": long_date(dues.due_on),
                "last_day": long_date(dues.last_day),
                "link": absolute(reverse("desk:membership", args=[committee.slug])),
            }
    facts = {
        "committee": committee.name,
        "association": dues.affiliation.association.name,
        "year": dues.year,
        "stage": now,
    }
    return letter(PURPOSE, language, facts, by_language)


@before_sending(PURPOSE)
def as_it_is_now(mail: OutgoingMail) -> tuple[str, str] | None:
    """With what is owed when it goes out; not at all when that is nothing."""
    number = mail.about.removeprefix("dues-")
    rows = Dues.objects.open().select_related("affiliation__committee", "affiliation__association")
    dues = rows.filter(pk=number).first()
    return compose(dues, mail.period, mail.language) if dues else None
