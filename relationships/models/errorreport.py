"""What a visitor says is missing or wrong on a public page."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErrorReportQuerySet(models.QuerySet):
    """Adjectives for reports of visitors."""

    def open(self):
        """Those that nobody dealt with."""
        return self.filter(done_at=None)


class ErrorReport(models.Model):
    """From the form of a tie's or a city's page, without a login. Private; kept for two years."""

    KEPT = datetime.timedelta(days=730)

    tie = models.ForeignKey(
        "relationships.Tie",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("tie"),
    )
    city = models.ForeignKey(
        "committees.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("city"),
    )
    wrong = models.TextField(_("what is missing or wrong"), max_length=2000)
    source = models.CharField(_("how they know"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    told_at = models.DateTimeField(_("told at"), default=timezone.now)
    edit = models.ForeignKey(
        "relationships.TieEdit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("edit made from it"),
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a visitor")
        verbose_name_plural = _("reports of visitors")
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="error_report_is_about_one_page",
                condition=Q(tie=None, city__isnull=False) | Q(tie__isnull=False, city=None),
                violation_error_message=_("A report is about one page."),
            )
        ]
        indexes = [models.Index(fields=["done_at", "told_at"], name="error_report_open")]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> models.Model:
        """The tie or city whose page it is about."""
        return self.tie if self.tie_id else self.city

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete reports older than two years; how many."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(told_at__lt=before).delete()[0]
