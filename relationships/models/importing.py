"""The stored plan of an import: a verdict and a reason for every row of a file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.models.base import stored_name


class ImportBatch(models.Model):
    """One file's way into the registry: planned, committed exactly as planned, perhaps undone."""

    class State(models.TextChoices):
        """A plan is committed once; an undone one is kept as a record, and so is one that nobody
        wanted. A file that came through a page waits for somebody to match its columns."""

        UPLOADED = "uploaded", _("Columns to be matched")
        PLANNED = "planned", _("Planned")
        COMMITTED = "committed", _("Committed")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Not wanted")

    source = models.CharField(_("source"), max_length=120)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("the file itself"), upload_to=stored_name, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    format = models.CharField(_("format"), max_length=20)
    mapping = models.JSONField(_("columns"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    counts = models.JSONField(_("rows by verdict"), default=dict)
    edition = models.PositiveIntegerField(_("edition of the plan"), default=0)
    is_compared = models.BooleanField(_("only compared, never applied"), default=False)
    base_version = models.BigIntegerField(_("planned against version"), default=0)
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    committed_at = models.DateTimeField(_("committed at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_batches",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        permissions = [("import_ties", "Can import lists of ties")]
        indexes = [models.Index(fields=["state", "planned_at"], name="import_waits")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name}"

    @property
    def about(self) -> str:
        """What background jobs call it."""
        return f"import-{self.pk}"


class ImportRow(models.Model):
    """One row of the file, as it was read, with what becomes of it."""

    class Verdict(models.TextChoices):
        """Every row gets exactly one."""

        CREATED = "created", _("Creates a tie")
        CHANGED = "changed", _("Adds to a tie")
        SAME = "same", _("Says what is known")
        CONFLICT = "conflict", _("Contradicts what is known")
        UNRESOLVED = "unresolved", _("City not decided")
        REJECTED = "rejected", _("Cannot be a tie")

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    raw = models.JSONField(_("as written"), default=dict)
    city_a = models.ForeignKey(
        "committees.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    city_b = models.ForeignKey(
        "committees.City", models.PROTECT, null=True, blank=True, related_name="+"
    )
    tie = models.ForeignKey(
        "relationships.Tie", models.SET_NULL, null=True, blank=True, related_name="import_rows"
    )
    plan = models.JSONField(_("what will be written"), default=dict)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_once_per_batch")
        ]
        indexes = [models.Index(fields=["batch", "verdict"], name="row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class ColumnMatch(models.Model):
    """What a column of one source's lists holds, as somebody said the last time."""

    source = models.CharField(_("source"), max_length=120)
    column = models.CharField(_("column"), max_length=200)
    field = models.CharField(_("holds"), max_length=40)

    class Meta:
        verbose_name = _("matched column")
        verbose_name_plural = _("matched columns")
        ordering = ["source", "column"]
        constraints = [
            models.UniqueConstraint(fields=["source", "column"], name="column_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.column} = {self.field}"


class PlaceAlias(models.Model):
    """Which city one source means by the words that it writes for a place; none when no city of
    the registry is meant. Somebody decided it; `words` is what is compared."""

    source = models.CharField(_("source"), max_length=120)
    words = models.CharField(_("words compared"), max_length=500, editable=False)
    written = models.CharField(_("as written"), max_length=300)
    city = models.ForeignKey(
        "committees.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_aliases",
        verbose_name=_("city"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    at = models.DateTimeField(_("decided at"), default=timezone.now)
    is_used = models.BooleanField(_("counts for later plans"), default=True)

    class Meta:
        verbose_name = _("place as a source writes it")
        verbose_name_plural = _("places as sources write them")
        ordering = ["source", "written", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "words"], name="words_once_per_source"),
            models.CheckConstraint(condition=~Q(words=""), name="alias_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.written}"
