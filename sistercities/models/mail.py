"""Mail that waits to be sent, and addresses that want no more of a kind."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_message_id() -> str:
    """The left half of a Message-ID: the same at every try, so that mail servers see a repeat."""
    return uuid.uuid4().hex


class OutgoingMailQuerySet(models.QuerySet):
    """Adjectives for mails."""

    def due(self, now):
        """Those to send now: their time has come, or a sender took one and never came back."""
        State = OutgoingMail.State
        return self.filter(
            Q(state=State.WAITING, not_before__lte=now)
            | Q(state=State.SENDING, taken_until__lt=now)
        )


class OutgoingMail(models.Model):
    """One mail to one address; (purpose, about, period, to) are sent once.

    `unsubscribe` names the kind of mail that the reader may refuse; empty for mail that answers an
    act of theirs. `person_key` says who reads it, whatever the address: somebody gets at most one
    mail a week that they may refuse.
    """

    TEXT_KEPT = datetime.timedelta(days=30)
    KEPT = datetime.timedelta(days=730)

    class State(models.TextChoices):
        """From the outbox to its end."""

        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        REFUSED = "refused", _("Not wanted")

    purpose = models.CharField(_("purpose"), max_length=40)
    about = models.CharField(_("about"), max_length=120, blank=True)
    period = models.CharField(_("period"), max_length=20, blank=True)
    to = models.EmailField(_("to"))
    person_key = models.CharField(_("person"), max_length=254, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    unsubscribe = models.CharField(_("may be refused as"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    first_tried_at = models.DateTimeField(_("first tried at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    doubtful = models.PositiveSmallIntegerField(
        _("times that it broke off and may have arrived"), default=0
    )
    taken_until = models.DateTimeField(_("taken by a sender until"), null=True, blank=True)
    taken_by = models.CharField(max_length=32, blank=True, editable=False)
    message_id = models.CharField(max_length=32, default=new_message_id, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "about", "period", "to"], name="each_mail_once"
            ),
            models.UniqueConstraint(
                fields=["person_key"],
                condition=Q(state="sending") & ~Q(unsubscribe=""),
                name="one_mail_at_a_time_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="mail_due"),
            models.Index(fields=["person_key", "sent_at"], name="mail_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Empty what was sent or given up a month ago, delete it after two years; how many rows.
        The emptied row still says that this mail was sent, so that it is not sent again."""
        now = now or timezone.now()
        over = cls.objects.filter(state__in=(cls.State.SENT, cls.State.FAILED, cls.State.REFUSED))
        gone = over.filter(created_at__lt=now - cls.KEPT).delete()[0]
        last = Coalesce("sent_at", "first_tried_at", "not_before")
        old = over.alias(last=last).filter(last__lt=now - cls.TEXT_KEPT).exclude(text="")
        return gone + old.update(subject="", text="", reply_to="", last_error="")


class MailRefusal(models.Model):
    """That an address wants no more mail of a kind. The address itself is not kept."""

    recipient = models.CharField(_("fingerprint of the address"), max_length=20)
    kind = models.CharField(_("kind of mail"), max_length=40)
    refused_at = models.DateTimeField(_("refused at"), default=timezone.now)

    class Meta:
        verbose_name = _("refusal of mail")
        verbose_name_plural = _("refusals of mail")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind"], name="one_refusal_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.recipient}"
