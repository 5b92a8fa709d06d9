"""Help in money or in kind from one city of a tie to the other."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import OfATieQuerySet, Side
from sistercities.currencies import known_currency
from sistercities.models import Reviewed
from sistercities.partialdates import PartialDateField


class Donation(Reviewed):
    """Entered by one side, acknowledged by the other, counted once; currencies are never mixed."""

    class Kind(models.TextChoices):
        """What was given."""

        MONEY = "money", _("Money")
        GOODS = "goods", _("Goods")
        EQUIPMENT = "equipment", _("Equipment")
        VEHICLE = "vehicle", _("Vehicle")
        SERVICE = "service", _("Service")
        SCHOLARSHIP = "scholarship", _("Scholarship")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="donations", verbose_name=_("tie")
    )
    exchange = models.ForeignKey(
        "relationships.Exchange",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="donations",
        verbose_name=_("exchange"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    given_by = models.CharField(_("given by"), max_length=1, choices=Side)
    date = PartialDateField(_("date"))
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[known_currency]
    )
    amount_is_estimate = models.BooleanField(_("the amount is an estimate"), default=False)
    estimated_by = models.CharField(_("who estimated"), max_length=120, blank=True)
    quantity = models.CharField(_("quantity"), max_length=80, blank=True)
    description = models.CharField(_("what was given"), max_length=300, blank=True)
    emergency = models.CharField(
        _("emergency"), max_length=160, blank=True, help_text=_("Empty when there was none")
    )
    entered_by = models.CharField(
        _("entered by"),
        max_length=1,
        choices=Side,
        blank=True,
        help_text=_("Empty: by the side that gave"),
    )
    acknowledged_on = models.DateField(
        _("acknowledged by the other side on"), null=True, blank=True
    )
    is_demo = models.BooleanField(_("invented for the demo"), default=False)

    objects = OfATieQuerySet.as_manager()

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ["-date", "-pk"]
        permissions = [("review_donation", _("Can review donations"))]
        constraints = [
            models.CheckConstraint(
                name="donation_amount_has_currency",
                condition=Q(amount=None) | ~Q(currency=""),
                violation_error_message=_("Say in which currency the amount is."),
            ),
            models.CheckConstraint(
                name="donation_amount_positive",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message=_("An amount is more than nothing."),
            ),
            models.CheckConstraint(
                name="donation_of_money_has_amount",
                condition=~Q(kind="money") | Q(amount__isnull=False),
                violation_error_message=_("Say how much money was given."),
            ),
            models.CheckConstraint(
                name="donation_estimate_names_its_author",
                condition=Q(amount_is_estimate=False) | ~Q(estimated_by=""),
                violation_error_message=_("Say who estimated the value."),
            ),
        ]
        indexes = [models.Index(fields=["review", "tie"], name="donation_of_tie")]

    def __str__(self) -> str:
        what = f"{self.amount} {self.currency}" if self.amount else self.description
        return f"{self.get_kind_display()}: {what}"
