"""What committees owe their association: the dues table, its days, dues by year and payments."""

import datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.currencies import known_currency
from sistercities.history import History
from sistercities.models import Timestamped

MONEY = {"max_digits": 12, "decimal_places": 2}
LESS_THAN_A_CENT = 0.005
"""SQLite adds decimals as floats: what is owed is compared with this, not with nothing."""


class MembershipClass(models.TextChoices):
    """What a committee is to its association. Only voting ones have a vote."""

    VOTING = "voting", pgettext_lazy("class of a committee", "Voting")
    ASSOCIATE = "associate", pgettext_lazy("class of a committee", "Associate")
    CORPORATE = "corporate", pgettext_lazy("class of a committee", "Corporate")
    HONORARY = "honorary", pgettext_lazy("class of a committee", "Honorary")


class DuesRate(Timestamped):
    """A line of the dues table. The lines of a class with the newest year are its table from then
    on; dues that were charged keep the amount of their day."""

    kind = models.CharField(
        pgettext_lazy("of a committee", "class"), max_length=10, choices=MembershipClass
    )
    population_from = models.PositiveIntegerField(
        _("from a population of"), default=0, help_text=_("0: for cities of every size")
    )
    amount = models.DecimalField(_("amount"), **MONEY, validators=[MinValueValidator(Decimal(0))])
    currency = models.CharField(_("currency"), max_length=3, validators=[known_currency])
    valid_from = models.PositiveSmallIntegerField(
        _("from the year"),
        validators=[MinValueValidator(1950)],
        help_text=_("The lines of a class with the newest year replace its older ones"),
    )

    history = History()

    class Meta:
        verbose_name = _("line of the dues table")
        verbose_name_plural = _("dues table")
        ordering = ["-valid_from", "kind", "population_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "population_from", "valid_from"],
                name="one_rate_per_class_band_and_year",
                violation_error_message=_("The table has this class, population and year already."),
            ),
            models.CheckConstraint(
                name="rate_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("Dues are not less than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.population_from}+: {self.amount} {self.currency}"


class DuesRule(Timestamped):
    """The days of the year on which dues are due and overdue. One row."""

    due_month = models.PositiveSmallIntegerField(_("due: month"), default=1)
    due_day = models.PositiveSmallIntegerField(_("due: day"), default=1)
    last_month = models.PositiveSmallIntegerField(_("last day to pay: month"), default=1)
    last_day = models.PositiveSmallIntegerField(_("last day to pay: day"), default=31)

    history = History()

    class Meta:
        verbose_name = _("days of the dues")
        verbose_name_plural = _("days of the dues")
        constraints = [
            models.CheckConstraint(
                name="one_dues_rule",
                condition=Q(id=1),
                violation_error_message=_("There is one such row: change that one."),
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "DuesRule":
        """As the office set it; due on 1 January, delinquent after the 31st, until it does."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def due_on(self, year: int) -> datetime.date:
        """The day on which the dues of a year are due."""
        return datetime.date(year, self.due_month, self.due_day)

    def last_on(self, year: int) -> datetime.date:
        """The last day to pay them in time; delinquent from the next."""
        return datetime.date(year, self.last_month, self.last_day)

    def clean(self) -> None:
        """Days that every year has, in their order."""
        try:
            due, last = self.due_on(2027), self.last_on(2027)
        except (TypeError, ValueError):
            raise ValidationError(_("Write days that every year has, such as 31 and 1.")) from None
        if last < due:
            raise ValidationError(_("The last day to pay cannot come before the day it is due."))


class DuesQuerySet(models.QuerySet):
    """Adjectives for dues; every dated question takes the day."""

    def for_committee(self, committee):
        """Those of one committee. The one door to dues at a desk."""
        return self.filter(affiliation__committee=committee)

    def with_paid(self, on: datetime.date | None = None):
        """With `paid`: the payments until the end of a day (today unless given)."""
        payments = Payment.objects.filter(
            dues=models.OuterRef("pk"), day__lte=on or timezone.localdate()
        )
        total = payments.order_by().values("dues").annotate(total=Sum("amount")).values("total")
        return self.annotate(
            paid=Coalesce(
                models.Subquery(total), Decimal(0), output_field=models.DecimalField(**MONEY)
            )
        )

    def open(self, on: datetime.date | None = None):
        """Those of which something is owed on a day."""
        on = on or timezone.localdate()
        waived = Q(waived_on__isnull=False, waived_on__lte=on)
        rows = self.with_paid(on).exclude(waived)
        return rows.filter(amount__gt=F("paid") + LESS_THAN_A_CENT)

    def overdue(self, on: datetime.date | None = None):
        """Those of which something is owed after the last day to pay."""
        on = on or timezone.localdate()
        return self.filter(last_day__lt=on).open(on)


class Dues(Timestamped):
    """What one committee owes one association for one year. Its amount and days are of the day
    when it was charged: a later dues table does not change them."""

    affiliation = models.ForeignKey(
        "committees.Affiliation",
        models.PROTECT,
        related_name="dues",
        verbose_name=_("membership of the association"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount"), **MONEY)
    currency = models.CharField(_("currency"), max_length=3, validators=[known_currency])
    due_on = models.DateField(_("due on"), db_index=True)
    last_day = models.DateField(_("last day to pay"))
    waived_on = models.DateField(_("waived on"), null=True, blank=True, editable=False)
    waived_because = models.CharField(
        _("waived because"), max_length=200, blank=True, editable=False
    )

    history = History()
    objects = DuesQuerySet.as_manager()

    class Meta:
        verbose_name = _("dues of a year")
        verbose_name_plural = _("dues")
        ordering = ["-year", "affiliation"]
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation", "year"],
                name="dues_once_a_year",
                violation_error_message=_("The dues of this year were charged already."),
            ),
            models.CheckConstraint(
                name="dues_are_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("Dues are more than nothing; waive them instead."),
            ),
            models.CheckConstraint(
                name="dues_last_day_after_due",
                condition=Q(last_day__gte=F("due_on")),
                violation_error_message=_(
                    "The last day to pay cannot come before the day it is due."
                ),
            ),
            models.CheckConstraint(
                name="dues_waived_for_a_reason",
                condition=Q(waived_on=None) | ~Q(waived_because=""),
                violation_error_message=_("Dues are waived for a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.affiliation.committee} · {self.year}"

    def paid_until(self, on: datetime.date | None = None) -> Decimal:
        """The payments until the end of a day; without a day, all."""
        payments = self.payments.filter(day__lte=on) if on else self.payments.all()
        return payments.aggregate(total=Sum("amount"))["total"] or Decimal(0)


class Payment(Timestamped):
    """Money that arrived, recorded by the office; it is not taken here. A wrong one is taken back
    by a counter-entry with the same sum below nothing, never deleted."""

    class Method(models.TextChoices):
        """How it came."""

        TRANSFER = "transfer", _("Bank transfer")
        CHEQUE = "cheque", _("Cheque")
        CASH = "cash", _("Cash")
        CARD = "card", _("Card")
        OTHER = "other", _("Other")

    dues = models.ForeignKey(
        Dues, models.PROTECT, related_name="payments", verbose_name=_("dues of a year")
    )
    amount = models.DecimalField(_("amount"), **MONEY)
    currency = models.CharField(_("currency"), max_length=3, validators=[known_currency])
    day = models.DateField(_("day"))
    method = models.CharField(_("how"), max_length=10, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(
        _("reference"), max_length=120, blank=True, help_text=_("Of the transfer or the cheque")
    )
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back_by",
        verbose_name=_("takes back"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    history = History()

    class Meta:
        verbose_name = _("payment of dues")
        verbose_name_plural = _("payments of dues")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="payment_takes_back_for_a_reason",
                condition=Q(takes_back=None, amount__gt=0)
                | (Q(takes_back__isnull=False, amount__lt=0) & ~Q(reason="")),
                violation_error_message=_(
                    "A payment is more than nothing; one that takes another back says why."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} · {self.day}"
