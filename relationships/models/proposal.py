"""A committee's proposal of a tie to the national office."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.history import History


class Proposal(models.Model):
    """Who brought a tie to the office. Where it stands is the tie's `review`."""

    tie = models.OneToOneField(
        "relationships.Tie", models.PROTECT, related_name="proposal", verbose_name=_("tie")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    contact = models.CharField(
        _("contact on the other side"),
        max_length=300,
        blank=True,
        help_text=_("Name, office, telephone; never public"),
    )

    history = History()

    class Meta:
        verbose_name = _("proposal of a tie")
        verbose_name_plural = _("proposals of ties")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.tie)
