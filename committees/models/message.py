"""What visitors write to a committee and what it answers; nobody sees the other's address."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.conversation import Said


class ThreadQuerySet(models.QuerySet):
    """Adjectives for threads."""

    def for_committee(self, committee):
        """Those of one committee. The one door to messages at a desk."""
        return self.filter(committee=committee)

    def unanswered(self):
        """Open ones in which the visitor had the last word."""
        last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sent_at", "-pk")
        said_by_visitor = Subquery(last.values("by_visitor")[:1])
        return self.filter(closed_at=None).alias(theirs=said_by_visitor).filter(theirs=True)


class Thread(models.Model):
    """A conversation of a visitor with a committee. Private; kept for 24 months at most."""

    KEPT = datetime.timedelta(days=730)

    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="threads", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["committee", "began_at"], name="thread_of_committee")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete messages older than two years, and conversations of which none is left; how
        many rows."""
        before = (now or timezone.now()) - cls.KEPT
        gone = Message.objects.filter(sent_at__lt=before).delete()[0]
        empty = cls.objects.filter(began_at__lt=before, messages=None)
        return gone + empty.delete()[0]


class Message(Said):
    """What the visitor or the committee wrote."""

    thread = models.ForeignKey(
        Thread, models.PROTECT, related_name="messages", verbose_name=_("conversation")
    )
    by_visitor = models.BooleanField(_("from the visitor"))

    class Meta(Said.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return f"{self.thread} {self.sent_at:%Y-%m-%d}"

    @property
    def speaker(self) -> str:
        """The visitor, or the committee as a whole."""
        return self.thread.name if self.by_visitor else self.thread.committee.name
