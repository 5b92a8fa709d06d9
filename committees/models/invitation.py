"""Invitations to a committee's desk: the only way to a login for volunteers."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HOLDS = datetime.timedelta(days=30)


class InvitationQuerySet(models.QuerySet):
    """Adjectives for invitations."""

    def open(self, now: datetime.datetime | None = None):
        """Those that can still be accepted."""
        since = (now or timezone.now()) - HOLDS
        return self.filter(accepted_at=None, withdrawn_at=None, created_at__gt=since)

    def for_committee(self, committee):
        """Those to the desk of a committee."""
        return self.filter(committee=committee)


class Invitation(models.Model):
    """That a person may make a login with this address. The right itself is their term of office.

    A new one takes the place of the one before; it holds for thirty days and works once.
    """

    email = models.EmailField(_("e-mail"))
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="invitations",
        verbose_name=_("committee"),
    )
    person = models.ForeignKey(
        "committees.Person", models.PROTECT, related_name="invitations", verbose_name=_("person")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
                violation_error_message=_("This person has an invitation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.committee}"

    @property
    def expires_at(self) -> datetime.datetime:
        """The end of its thirty days."""
        return self.created_at + HOLDS

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        """Whether it can still be accepted."""
        waits = self.accepted_at is None and self.withdrawn_at is None
        return waits and (now or timezone.now()) < self.expires_at

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete those that nobody accepted while they held; how many."""
        before = (now or timezone.now()) - HOLDS
        return cls.objects.filter(accepted_at=None, created_at__lt=before).delete()[0]
