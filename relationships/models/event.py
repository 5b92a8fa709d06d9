"""What happened in a tie's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side
from sistercities.models import Timestamped
from sistercities.partialdates import PartialDateField


class TieEvent(Timestamped):
    """One step of a tie: a first contact, the signature, a renewal, its end."""

    class Kind(models.TextChoices):
        """In the order in which they usually come."""

        CONTACT = "contact", _("First contact")
        LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
        COUNCIL_APPROVAL = "council_approval", _("Council's approval")
        MINISTRY_OPINION = "ministry_opinion", _("Ministry's opinion")
        SIGNED = "signed", _("Agreement signed")
        REGISTERED = "registered", _("Registered")
        UPGRADED = "upgraded", _("Became sister cities")
        RENEWED = "renewed", _("Renewed")
        SUSPENDED = "suspended", _("Suspended")
        ENDED = "ended", _("Ended")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="events", verbose_name=_("tie")
    )
    kind = models.CharField(_("what happened"), max_length=16, choices=Kind)
    date = PartialDateField(_("date"), null=True, blank=True)
    date_text = models.CharField(
        _("date as written"),
        max_length=80,
        blank=True,
        help_text=_("Kept when the source gives a date that cannot be, such as July 39, 1958"),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    note = models.TextField(_("note"), max_length=500, blank=True)
    private_note = models.TextField(_("private note"), blank=True)
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
        related_name="events",
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date or self.date_text}".strip()
