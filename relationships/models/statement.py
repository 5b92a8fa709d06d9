"""What one source or one side says of a tie, kept word for word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side
from sistercities.history import History
from sistercities.models import Published


class Statement(Published):
    """One row of a list, or one side's word, under the tie that it speaks of.

    `said_by` is the side whose list or page it is; empty for a third party. `fingerprint` is a
    hash of source and row: the same row of the same source is kept once.
    """

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="statements", verbose_name=_("tie")
    )
    source = models.CharField(_("source"), max_length=120)
    source_ref = models.CharField(_("where in the source"), max_length=500, blank=True)
    said_by = models.CharField(_("said by"), max_length=1, choices=Side, blank=True)
    kind_text = models.CharField(_("kind as written"), max_length=80, blank=True)
    date_text = models.CharField(_("date as written"), max_length=80, blank=True)
    verbatim = models.JSONField(_("as written"), default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    stated_at = models.DateTimeField(_("taken in"), auto_now_add=True)
    batch = models.ForeignKey(
        "relationships.ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="statements",
    )

    history = History()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["source", "pk"]

    def __str__(self) -> str:
        return f"{self.source}: {self.tie}"
