"""What a form that was sent has led to, so that the same form sent again leads there as well."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FormReceipt(models.Model):
    """One form that was carried out. Written in the transaction of what the form did."""

    KEPT = datetime.timedelta(days=30)

    nonce = models.CharField(_("form"), max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
    )
    result_url = models.CharField(_("where it led"), max_length=500, blank=True)
    content = models.CharField(_("fingerprint of what was sent"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("receipt of a form")
        verbose_name_plural = _("receipts of forms")

    def __str__(self) -> str:
        return self.result_url

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete receipts that nobody will ask for again; how many."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(made_at__lt=before).delete()[0]
