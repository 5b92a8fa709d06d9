"""Visitors who want to join a committee."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JoinRequestQuerySet(models.QuerySet):
    """Adjectives for requests to join."""

    def for_committee(self, committee):
        """Those to one committee. The one door to requests at a desk."""
        return self.filter(committee=committee)

    def waiting(self):
        """Those that nobody answered."""
        return self.filter(answer="")


class JoinRequest(models.Model):
    """What somebody wrote in the public form of a committee, and the answer. Private."""

    KEPT = datetime.timedelta(days=730)

    class Answer(models.TextChoices):
        """What became of it."""

        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="join_requests",
        verbose_name=_("committee"),
    )
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    why = models.TextField(_("why"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    wording_version = models.CharField(_("version of the wording"), max_length=20)
    asked_at = models.DateTimeField(pgettext_lazy("time", "asked at"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    person = models.ForeignKey(
        "committees.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="join_requests",
        verbose_name=_("person"),
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "email"],
                condition=Q(answer=""),
                name="one_waiting_join_request",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete requests older than two years; how many."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(asked_at__lt=before).delete()[0]
