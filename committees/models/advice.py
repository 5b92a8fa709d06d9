"""Advice: what a committee asks the national office, and what the office answers."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.conversation import Said
from committees.models.guide import Topic
from sistercities.history import History

PURPOSE = "committees.advice"
"""Of the files that come with messages."""
ANSWER_DAYS = 5
"""Working days within which the office answers."""


class AdviceRequestQuerySet(models.QuerySet):
    """Adjectives for requests."""

    def for_committee(self, committee):
        """Those of one committee. The one door to advice at a desk."""
        return self.filter(committee=committee)

    def open(self):
        """Those that wait for the office."""
        return self.filter(state=AdviceRequest.State.OPEN)

    def to_read(self):
        """Those whose answer waits for the desk."""
        return self.filter(state=AdviceRequest.State.ANSWERED)

    def overdue(self, on: datetime.date | None = None):
        """Open ones that should have been answered by now."""
        return self.open().filter(due_on__lt=on or timezone.localdate())


class AdviceRequest(models.Model):
    """One question of a committee with all that was said about it. Between the two only."""

    class State(models.TextChoices):
        """Whose turn it is."""

        OPEN = "open", _("Waits for the office")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="advice_requests",
        verbose_name=_("committee"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    subject = models.CharField(_("subject"), max_length=150)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    waits_since = models.DateTimeField(_("waits for the office since"), null=True, blank=True)
    due_on = models.DateField(_("to be answered by"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_staff": True, "is_active": True},
        verbose_name=_("who answers at the office"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_because = models.CharField(_("closed because"), max_length=200, blank=True)

    history = History()
    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for advice")
        verbose_name_plural = _("requests for advice")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="open_advice_waits_since_a_moment",
                condition=Q(state="open", waits_since__isnull=False)
                | (~Q(state="open") & Q(waits_since=None)),
                violation_error_message=_("What is open waits for the office since a moment."),
            ),
            models.CheckConstraint(
                name="closed_advice_says_when",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                violation_error_message=_("What is closed was closed at a moment."),
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "-asked_at"], name="advice_of_committee"),
            models.Index(fields=["state", "waits_since"], name="advice_that_waits"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_closed(self) -> bool:
        """Whether nobody waits for anything."""
        return self.state == self.State.CLOSED

    @property
    def is_answered(self) -> bool:
        """Whether the desk has an answer to read."""
        return self.state == self.State.ANSWERED

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been answered by now."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()


class AdviceMessage(Said):
    """What the desk or the office wrote, with a file and the guides that it names."""

    request = models.ForeignKey(
        AdviceRequest, models.PROTECT, related_name="messages", verbose_name=_("request for advice")
    )
    by_desk = models.BooleanField(_("from the desk"))
    file = models.OneToOneField(
        "sistercities.Attachment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advice_message",
        verbose_name=_("file"),
    )
    guides = models.ManyToManyField(
        "committees.Guide", blank=True, related_name="+", verbose_name=_("guides")
    )

    class Meta(Said.Meta):
        verbose_name = _("message about advice")
        verbose_name_plural = _("messages about advice")

    def __str__(self) -> str:
        return f"{self.request} {self.sent_at:%Y-%m-%d}"

    @property
    def speaker(self) -> str:
        """Who of the committee, or the office as a whole."""
        name = self.author.get_full_name() if self.author else ""
        return name if self.by_desk and name else str(_("The national office"))

    @property
    def enclosure(self):
        """The file that came with it."""
        return self.file

    @property
    def named(self) -> list:
        """The guides that it names, as far as everyone may read them."""
        return [guide for guide in self.guides.all() if guide.is_public]


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The day so many working days (Monday to Friday) after another."""
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day
