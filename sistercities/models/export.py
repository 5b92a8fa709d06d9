"""Who took personal data out of the registry, when, what and why."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.history import current_request_id


class Export(models.Model):
    """One file or print-out with personal data. Written by `sistercities.exports.note` only."""

    KEPT = datetime.timedelta(days=730)

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    what = models.CharField(_("what"), max_length=60)
    rows = models.PositiveIntegerField(_("rows"))
    filters = models.CharField(_("which ones"), max_length=500, blank=True)
    why = models.CharField(_("why"), max_length=200, blank=True)
    request_id = models.CharField(_("request"), max_length=40, default=current_request_id)

    class Meta:
        verbose_name = _("export of personal data")
        verbose_name_plural = _("exports of personal data")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.rows})"

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Forget what was exported long ago; how many rows."""
        return cls.objects.filter(at__lt=(now or timezone.now()) - cls.KEPT).delete()[0]
