"""Payments of dues, recorded and taken back; dues waived. Whoever comes second at the same time
waits, and reads what is owed by then."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Dues, Payment
from committees.models.dues import DuesQuerySet
from sistercities.templatetags.ui import money


@transaction.atomic
def record(
    dues: Dues,
    *,
    amount: Decimal,
    currency: str,
    day: datetime.date,
    method: str,
    reference: str = "",
    by,
    reason: str = "",
) -> Payment:
    """Record money that arrived; ValidationError when it cannot be for these dues."""
    dues = _locked(dues)
    if dues.waived_on:
        raise ValidationError(_("These dues were waived. Take that back first."))
    if currency != dues.currency:
        raise ValidationError(
            {
                "currency": _("These dues are in %(currency)s. Record what arrived in it.")
                % {"currency": dues.currency}
            }
        )
    owed = dues.amount - dues.paid
    if amount <= 0:
        raise ValidationError({"amount": _("A payment is more than nothing.")})
    if amount > owed:
        said = money(owed, dues.currency)
        raise ValidationError(
            {
                "amount": _("Of these dues %(owed)s is owed. Record no more than that.")
                % {"owed": said}
            }
        )
    payment = Payment(
        dues=dues,
        amount=amount,
        currency=currency,
        day=day,
        method=method,
        reference=reference,
        recorded_by=by,
    )
    payment.full_clean()
    return _saved(payment, by, reason or "Payment recorded")


@transaction.atomic
def take_back(payment: Payment, *, reason: str, by, day: datetime.date | None = None) -> Payment:
    """Write the counter-entry of a payment that was wrong or did not hold."""
    _locked(payment.dues)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.takes_back_id:
        raise ValidationError(_("This entry takes another one back. Record a payment instead."))
    if Payment.objects.filter(takes_back=payment).exists():
        raise ValidationError(_("This payment was taken back already."))
    counter = Payment(
        dues=payment.dues,
        amount=-payment.amount,
        currency=payment.currency,
        day=max(day or timezone.localdate(), payment.day),
        method=payment.method,
        reference=payment.reference,
        takes_back=payment,
        reason=reason,
        recorded_by=by,
    )
    counter.full_clean()
    return _saved(counter, by, reason)


@transaction.atomic
def waive(dues: Dues, *, reason: str, by, on: datetime.date | None = None) -> Dues:
    """Owe nothing of these dues from a day on (today)."""
    return _waive(_locked(dues), reason=reason, by=by, on=on)


@transaction.atomic
def waive_all(
    numbers: list[int], *, reason: str, by
) -> tuple[list[Dues], list[tuple[Dues, ValidationError]]]:
    """Waive several dues for one reason: those that were, and those that were not with why."""
    done, refused = [], []
    rows = _locked_rows(numbers).select_related("affiliation__committee")
    for dues in rows.order_by("pk"):
        try:
            done.append(_waive(dues, reason=reason, by=by))
        except ValidationError as error:
            refused.append((dues, error))
    return done, refused


@transaction.atomic
def take_waiver_back(dues: Dues, *, reason: str, by) -> Dues:
    """Owe them again."""
    dues = _locked(dues)
    if not dues.waived_on:
        raise ValidationError(_("These dues are not waived."))
    dues.waived_on, dues.waived_because = None, ""
    return _saved(dues, by, reason)


def _waive(dues: Dues, *, reason: str, by, on: datetime.date | None = None) -> Dues:
    if dues.waived_on:
        raise ValidationError(_("These dues were waived already."))
    if dues.paid >= dues.amount:
        raise ValidationError(_("These dues are paid."))
    dues.waived_on, dues.waived_because = on or timezone.localdate(), reason
    return _saved(dues, by, reason)


def _locked_rows(numbers: list[int]) -> DuesQuerySet:
    """Dues as they are now with all that is paid, for us alone. What is paid is asked after the
    wait: PostgreSQL answers the question that waited with what it saw before."""
    list(Dues.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    return Dues.objects.with_paid(datetime.date.max).filter(pk__in=numbers)


def _locked(dues: Dues) -> Dues:
    return _locked_rows([dues.pk]).get()


def _saved(row, by, reason: str):
    row._change_reason, row._history_user = reason[:200], by
    row.save()
    return row
