"""Two records that were one thing: what was written when they were merged, and which may be."""

import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """One merge of two objects of a kind: every value that it wrote, with the one before.

    `writes` is all that undoing needs (`sistercities.merging.writes`); `joined` names the pairs
    that became one, such as two ties of two merged cities: [model, gone, kept].
    """

    KEPT = datetime.timedelta(days=365)

    model = models.CharField(_("kind of object"), max_length=60)
    kept = models.BigIntegerField(_("number of the one that stays"))
    gone = models.BigIntegerField(_("number of the one that goes"))
    kept_name = models.CharField(_("stays"), max_length=250)
    gone_name = models.CharField(_("goes"), max_length=250)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    made_at = models.DateTimeField(_("merged at"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=200)
    writes = models.JSONField(_("what was written"), default=list)
    joined = models.JSONField(_("pairs that became one"), default=list)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undo_reason = models.CharField(_("why it was undone"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["model", "gone"], name="merge_of_object")]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"

    @property
    def kind(self) -> type[models.Model]:
        """The model of both objects."""
        return apps.get_model(self.model)

    @property
    def can_be_undone(self) -> bool:
        """Whether what was written is still known, and stands."""
        return self.undone_at is None and bool(self.writes)

    @classmethod
    def forget(cls, model: type[models.Model], number: int) -> None:
        """Keep that there was a merge, and nothing of what stood in the two: one was erased."""
        mine = cls.objects.filter(Q(kept=number) | Q(gone=number), model=model._meta.label_lower)
        mine.update(kept_name="…", gone_name="…", reason="…", undo_reason="", writes=[], joined=[])

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete records of more than a year ago; how many. What was merged stays merged."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(made_at__lt=before).delete()[0]


class DuplicateQuerySet(models.QuerySet):
    """Adjectives for suggestions."""

    def open(self):
        """Those that nobody has decided."""
        return self.filter(decision="")


class Duplicate(models.Model):
    """That two objects of a kind may be one, with a score of 1 to 100 and why.

    `reasons` are codes with what their sentence names (`sistercities.merging.likeness`). What the
    office decided stays decided: the same pair is not suggested again.
    """

    class Decision(models.TextChoices):
        """What became of it; empty while nobody has looked."""

        DIFFERENT = "different", _("They are not the same")
        MERGED = "merged", _("Merged")

    model = models.CharField(_("kind of object"), max_length=60)
    one = models.BigIntegerField(_("number of the first"))
    other = models.BigIntegerField(_("number of the second"))
    one_name = models.CharField(_("first"), max_length=250)
    other_name = models.CharField(_("second"), max_length=250)
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("why"), default=list)
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("probable duplicate")
        verbose_name_plural = _("probable duplicates")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "one", "other"], name="pair_suggested_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(one__lt=F("other"))),
        ]
        indexes = [
            models.Index(fields=["decision", "-score"], name="duplicate_by_score"),
            models.Index(fields=["model", "other"], name="duplicate_of_other"),
        ]

    def __str__(self) -> str:
        return f"{self.one_name} · {self.other_name}"

    @property
    def kind(self) -> type[models.Model]:
        """The model of both objects."""
        return apps.get_model(self.model)

    @classmethod
    def forget(cls, model: type[models.Model], number: int) -> None:
        """Delete the suggestions that name an object which was erased."""
        pairs = cls.objects.filter(model=model._meta.label_lower)
        pairs.filter(Q(one=number) | Q(other=number)).delete()
