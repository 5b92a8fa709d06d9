"""Links that were used, so that none is used twice."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UsedLink(models.Model):
    """A signed link that did its work. Kept by fingerprint: nobody can use it from here."""

    KEPT = datetime.timedelta(days=60)
    """Longer than a link that works once can be followed (`links.DAYS`)."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    purpose = models.CharField(_("purpose"), max_length=40)
    used_at = models.DateTimeField(_("used at"), default=timezone.now)

    class Meta:
        verbose_name = _("used link")
        verbose_name_plural = _("used links")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.fingerprint[:8]}"

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Forget links that are too old to be followed anyway; how many."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(used_at__lt=before).delete()[0]
