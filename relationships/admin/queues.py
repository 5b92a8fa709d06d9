"""What waits for the office of ties, of what sides answer, and of lists that came in."""

import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.admin.queues import submitted, untranslated
from relationships.models import (
    Correction,
    Donation,
    ErrorReport,
    Exchange,
    ImportBatch,
    Inquiry,
    Objection,
    SideContact,
    Tie,
    TieEdit,
)
from sistercities.admin import queues
from sistercities.admin.queues import YEARS, Queue

Reciprocity = Tie.Reciprocity
SILENT_AFTER_DAYS = 2 * 365
"""24 months without a sign of life."""


def proposed(ties: QuerySet) -> QuerySet:
    """Ties that desks sent, since the day on which they were sent."""
    return ties.filter(review=Tie.Review.SUBMITTED).annotate(
        waiting_since=Coalesce("proposal__sent_at", "changed_at")
    )


def edits(rows: QuerySet) -> QuerySet:
    """Edits of ties that wait, since the day on which they were sent."""
    return rows.filter(review=TieEdit.Review.SUBMITTED).annotate(waiting_since=F("sent_at"))


def told_by_visitors(reports: QuerySet) -> QuerySet:
    """What visitors say is wrong, and nobody dealt with."""
    return reports.open().annotate(waiting_since=F("told_at"))


def open_corrections(corrections: QuerySet) -> QuerySet:
    """What sides told us and nobody dealt with."""
    return corrections.filter(done_at=None).annotate(waiting_since=F("told_at"))


def to_approve(contacts: QuerySet) -> QuerySet:
    """Addresses that a desk entered for the other side."""
    return contacts.to_approve().annotate(waiting_since=F("created_at"))


def contested(objections: QuerySet) -> QuerySet:
    """Reports that the other side says are not right, while nobody settled it."""
    return objections.open().annotate(waiting_since=F("told_at"))


def stated_by(*reciprocity: str):
    """Published ties in force by who says that they exist."""

    def rows(ties: QuerySet) -> QuerySet:
        stated = ties.public().in_force().filter(reciprocity__in=reciprocity)
        return stated.annotate(waiting_since=F("created_at"))

    return rows


def unconfirmed(ties: QuerySet) -> QuerySet:
    """Published ties in force without a sign of life for 24 months."""
    day = timezone.localdate() - datetime.timedelta(days=SILENT_AFTER_DAYS)
    quiet = Q(last_sign_of_life=None) | Q(last_sign_of_life__lt=day)
    return ties.public().in_force().filter(quiet).annotate(waiting_since=F("last_sign_of_life"))


def silent(inquiries: QuerySet) -> QuerySet:
    """Readers who were asked three times and did not answer."""
    return inquiries.silent().annotate(waiting_since=F("last_on"))


def planned(batches: QuerySet) -> QuerySet:
    """Files whose columns nobody matched, and plans that nobody applied or put aside. Lists
    that are only compared wait for nothing."""
    waiting = (ImportBatch.State.UPLOADED, ImportBatch.State.PLANNED)
    rows = batches.filter(state__in=waiting, is_compared=False)
    return rows.annotate(waiting_since=F("planned_at"))


queues.add(
    Queue("ties-sent", 10, _("Ties to review"), Tie, proposed, review=True),
    Queue("exchanges-sent", 12, _("Exchanges to review"), Exchange, submitted, review=True),
    Queue("donations-sent", 13, _("Donations to review"), Donation, submitted, review=True),
    Queue("edits-sent", 14, _("Edits to review"), TieEdit, edits, review=True),
    Queue(
        "error-reports", 19, _("Corrections reported by visitors"), ErrorReport, told_by_visitors
    ),
    Queue("corrections", 20, _("What sides told us"), Correction, open_corrections),
    Queue("contacts", 21, _("Contacts of a side to approve"), SideContact, to_approve),
    Queue("contested", 22, _("Contested reports"), Objection, contested),
    Queue("disputed", 30, _("Disputed ties"), Tie, stated_by(Reciprocity.DISPUTED)),
    Queue(
        *("one-sided", 31, _("Ties that one side states"), Tie),
        stated_by(Reciprocity.ONE_SIDED_A, Reciprocity.ONE_SIDED_B),
    ),
    Queue("unconfirmed", 32, _("Ties unconfirmed for 24 months"), Tie, unconfirmed, YEARS),
    Queue("silent", 60, _("Contacts that do not answer"), Inquiry, silent),
    Queue("plans", 70, _("Imports that wait"), ImportBatch, planned),
    Queue("texts-tie", 82, _("Ties with texts in one language"), Tie, untranslated(Tie)),
    Queue(
        "texts-exchange",
        83,
        _("Exchanges with texts in one language"),
        Exchange,
        untranslated(Exchange),
    ),
)
