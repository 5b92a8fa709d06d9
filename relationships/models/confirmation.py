"""The yearly answer of one side: is the tie alive?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side
from sistercities.history import History
from sistercities.models import Timestamped


class Confirmation(Timestamped):
    """What one side answered, and on which day."""

    class Answer(models.TextChoices):
        """`unknown_to_us` opens a dispute and deletes nothing."""

        ALIVE = "alive", _("It is alive")
        DORMANT = "dormant", _("It sleeps")
        ENDED = "ended", _("It has ended")
        UNKNOWN_TO_US = "unknown_to_us", _("We do not know this tie")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="confirmations", verbose_name=_("tie")
    )
    side = models.CharField(_("side"), max_length=1, choices=Side)
    answer = models.CharField(_("answer"), max_length=14, choices=Answer)
    answered_on = models.DateField(_("answered on"))
    answered_as = models.CharField(
        _("in which role"), max_length=120, blank=True, help_text=_("The office, not the name")
    )
    answered_by = models.CharField(
        _("name of who answered"), max_length=150, blank=True, help_text=_("Never public")
    )
    inquiry = models.ForeignKey(
        "relationships.Inquiry",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="confirmations",
        verbose_name=_("inquiry"),
    )
    note = models.TextField(_("note"), blank=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)

    history = History()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-answered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tie", "side", "answered_on"],
                name="one_answer_per_side_and_day",
                violation_error_message=_("This side already answered on this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tie}: {self.get_answer_display()}"
