"""What one side says against a report of the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side


class ObjectionQuerySet(models.QuerySet):
    """Adjectives for objections."""

    def open(self):
        """Those that the side which reported has not answered."""
        return self.filter(settled_at=None)


class Objection(models.Model):
    """One desk tells another that a report of theirs is not right. Private.

    It is settled when the report is changed, withdrawn, looked at again, or acknowledged.
    """

    exchange = models.ForeignKey(
        "relationships.Exchange",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="objections",
        verbose_name=_("exchange"),
    )
    donation = models.ForeignKey(
        "relationships.Donation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="objections",
        verbose_name=_("donation"),
    )
    side = models.CharField(_("side"), max_length=1, choices=Side)
    text = models.TextField(_("in their words"), max_length=1000)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )
    told_at = models.DateTimeField(_("told at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_as = models.CharField(_("how it was settled"), max_length=200, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="objection_is_about_one_report",
                condition=Q(exchange=None, donation__isnull=False)
                | Q(exchange__isnull=False, donation=None),
                violation_error_message=_("An objection is about one report."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.exchange or self.donation}"
