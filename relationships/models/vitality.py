"""How long after its last sign of life a tie counts as active, and when it sleeps."""

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sistercities.history import History
from sistercities.models import Timestamped

ACTIVE_MONTHS = 18
UNCONFIRMED_MONTHS = 36


@dataclass(frozen=True)
class Limits:
    """Months since the last sign of life: up to `active` a tie is active, up to `unconfirmed` it
    waits for a word, after that it sleeps."""

    active: int = ACTIVE_MONTHS
    unconfirmed: int = UNCONFIRMED_MONTHS


class VitalityLimits(Timestamped):
    """The single row 1. Changed by `relationships.vitality.set_limits` only, which recomputes."""

    active_months = models.PositiveSmallIntegerField(
        _("active for"),
        default=ACTIVE_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Months after a confirmation, an exchange or the signature"),
    )
    unconfirmed_months = models.PositiveSmallIntegerField(
        _("to be confirmed until"),
        default=UNCONFIRMED_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Months after the last sign of life; later the tie is dormant"),
    )

    history = History()

    class Meta:
        verbose_name = _("limits of vitality")
        verbose_name_plural = _("limits of vitality")
        constraints = [
            models.CheckConstraint(
                name="vitality_limits_are_one_row",
                condition=models.Q(pk=1),
                violation_error_message=_("These limits exist once only."),
            ),
            models.CheckConstraint(
                name="vitality_limits_in_order",
                condition=models.Q(active_months__gte=1)
                & models.Q(unconfirmed_months__gt=models.F("active_months")),
                violation_error_message=_("The second number must be larger than the first."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(active)s and %(unconfirmed)s months") % {
            "active": self.active_months,
            "unconfirmed": self.unconfirmed_months,
        }

    def save(self, *args, **kwargs) -> None:
        """The only row."""
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def limits(self) -> Limits:
        """As the axes take them."""
        return Limits(self.active_months, self.unconfirmed_months)

    @classmethod
    def now(cls) -> Limits:
        """What the office set; the design's own numbers before."""
        row = cls.objects.values_list("active_months", "unconfirmed_months").first()
        return Limits(*row) if row else Limits()
