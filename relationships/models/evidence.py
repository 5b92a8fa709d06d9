"""What proves a tie."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side
from sistercities.history import History
from sistercities.models import Timestamped
from sistercities.models.ownfile import OwnsFile
from sistercities.partialdates import PartialDateField


class Evidence(OwnsFile, Timestamped):
    """A source for a tie or one of its events: a document, a register, a press page, a word."""

    class Kind(models.TextChoices):
        """From the strongest to the weakest."""

        AGREEMENT = "agreement", _("Signed agreement")
        COUNCIL_ACT = "council_act", _("Act of the council")
        MINISTRY_REGISTER = "ministry_register", _("Ministry's register")
        PRESS = "press", _("Press or web page")
        DATASET = "dataset", _("List or dataset")
        WORD = "word", _("Word of a committee")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="evidence", verbose_name=_("tie")
    )
    event = models.ForeignKey(
        "relationships.TieEvent",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("event"),
    )
    kind = models.CharField(_("kind"), max_length=18, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    date = PartialDateField(_("date"), null=True, blank=True)
    entered_by = models.CharField(
        _("entered by"),
        max_length=1,
        choices=Side,
        blank=True,
        help_text=_("The side whose committee told us; empty for the office and for imports"),
    )
    batch = models.ForeignKey(
        "relationships.ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="evidence",
    )

    history = History()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_file_has_fingerprint",
                condition=Q(file="") | ~Q(sha256=""),
                violation_error_message=_("A file is kept with its SHA-256."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_url(self) -> str:
        """Where the file is handed out."""
        return reverse("public:evidence-file", args=[self.pk])
