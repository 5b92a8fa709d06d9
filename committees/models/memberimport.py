"""The stored plan of an import of members: a verdict and a reason for every row of a list."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MemberImportQuerySet(models.QuerySet):
    """Adjectives for imports."""

    def for_committee(self, committee):
        """Those of one committee. The one door to imports at a desk."""
        return self.filter(committee=committee)


class MemberImport(models.Model):
    """One list's way into a committee's members: planned, then carried out once, as planned.

    `seen` is a fingerprint of the members against which it was planned. What was read is kept for
    a month.
    """

    KEPT = datetime.timedelta(days=30)

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="member_imports",
        verbose_name=_("committee"),
    )
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    seen = models.CharField(max_length=64, editable=False)
    counts = models.JSONField(_("rows by verdict"), default=dict)
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    committed_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = MemberImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.committee}"

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete the rows of old plans, and plans that were never carried out; how many."""
        old = cls.objects.filter(planned_at__lt=(now or timezone.now()) - cls.KEPT)
        rows = MemberImportRow.objects.filter(batch__in=old.values("pk"))
        return rows.delete()[0] + old.filter(committed_at=None).delete()[0]


class MemberImportRow(models.Model):
    """One row of the list, of the columns that we know only, with what becomes of it.

    `reason` is a code and `facts` what its sentence names (`people/import_reasons.py`), so that
    whoever reads the plan reads it in their language.
    """

    class Verdict(models.TextChoices):
        """Every row gets exactly one."""

        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("Same")
        LOOK = "look", _("Needs a look")
        REJECTED = "rejected", _("Rejected")

    batch = models.ForeignKey(
        MemberImport, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    facts = models.JSONField(_("what the reason names"), default=dict, blank=True)
    raw = models.JSONField(_("as written"), default=dict)
    plan = models.JSONField(_("what will be written"), default=dict)
    membership = models.ForeignKey(
        "committees.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_rows",
        verbose_name=_("membership"),
    )

    class Meta:
        verbose_name = _("imported member")
        verbose_name_plural = _("imported members")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="member_row_once_per_import")
        ]
        indexes = [models.Index(fields=["batch", "verdict"], name="member_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
