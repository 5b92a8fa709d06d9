"""The office's acts on dues, each on a page of its own: charging a year after a preview, recording
a payment and taking it back, waiving and taking that back."""

import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.dues import charging, paying
from committees.dues.roll import associations
from committees.models import Dues, DuesRule, Payment
from sistercities.admin.acts import OfficeAct, day_field, why_field
from sistercities.templatetags.ui import money


class ChargeForm(forms.Form):
    """Whose dues of which year, and until when they are paid in time."""

    association = forms.ChoiceField(label=gettext_lazy("Association"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=charging.EARLIEST,
        max_value=charging.LATEST,
        error_messages={
            "required": gettext_lazy("Write the year, such as 2027."),
            "invalid": gettext_lazy("Write the year, such as 2027."),
        },
    )
    last_day = day_field(
        label=gettext_lazy("Last day to pay"),
        required=False,
        help_text=gettext_lazy("Empty: as the days of the dues say"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, known: dict, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["association"].choices = [(str(pk), one.name) for pk, one in known.items()]
        self.fields["association"].initial = next(iter(known), None)

    def clean(self) -> dict:
        """The association itself; a last day that comes after the day it is due."""
        values = super().clean()
        if number := values.get("association"):
            values["association"] = self.known[int(number)]
        year, last_day = values.get("year"), values.get("last_day")
        if year and last_day and last_day < DuesRule.current().due_on(year):
            text = _("The last day to pay cannot come before the day it is due.")
            self.add_error("last_day", text)
        return values


class Charge(OfficeAct):
    """First the question, then the preview, then the button: the plan that was shown, or nothing.

    The preview comes by GET and changes nothing.
    """

    right = "committees.add_dues"
    title = gettext_lazy("Charge the dues of a year")
    template_name = "admin/dues/charge.html"
    form_class = ChargeForm
    button = gettext_lazy("Charge these dues")

    def get_form_kwargs(self) -> dict:
        """With the associations; a preview reads the address."""
        kwargs = super().get_form_kwargs() | {"known": {one.pk: one for one in associations()}}
        if self.request.method != "POST" and "year" in self.request.GET:
            kwargs["data"] = self.request.GET
        return kwargs

    def get_initial(self) -> dict:
        """The year that comes, from October on."""
        today = timezone.localdate()
        return {"year": today.year + (today.month >= 10)}

    def get_context_data(self, **kwargs) -> dict:
        """With the plan, when the question is answered."""
        context = super().get_context_data(**kwargs)
        form, plan = context["form"], None
        form.is_valid()
        values = getattr(form, "cleaned_data", {})
        if {"association", "year"} <= values.keys() and not form.errors.keys() - {NON_FIELD_ERRORS}:
            plan = charging.plan(values["association"], values["year"], values.get("last_day"))
        return context | {"plan": plan}

    def do(self, form: ChargeForm) -> str:
        """Charge what was seen."""
        values = form.cleaned_data
        if not values["seen"]:
            form.add_error(None, _("Look at the preview first."))
            return ""
        try:
            plan = charging.charge(
                values["association"],
                values["year"],
                by=self.request.user,
                seen=values["seen"],
                last_day=values["last_day"],
            )
        except charging.PlanChanged:
            form.add_error(None, _("Something changed since the preview. This is the plan now."))
            return ""
        count = len(plan.charges)
        self.message = ngettext(
            "The dues of %(year)s were charged to %(count)s committee.",
            "The dues of %(year)s were charged to %(count)s committees.",
            count,
        ) % {"year": plan.year, "count": count}
        return f"{self.url()}?year={plan.year}"


class PaymentForm(forms.Form):
    """What arrived."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        max_digits=12,
        decimal_places=2,
        error_messages={
            "required": gettext_lazy("Write the amount."),
            "invalid": gettext_lazy("Write the amount in figures, such as 1500.00."),
        },
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3)
    day = day_field(label=gettext_lazy("Day on which it arrived"))
    method = forms.ChoiceField(
        label=gettext_lazy("How"), choices=Payment.Method, initial=Payment.Method.TRANSFER
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Of the transfer or the cheque"),
    )

    def clean_currency(self) -> str:
        """In capitals."""
        return self.cleaned_data["currency"].strip().upper()

    def clean_day(self) -> datetime.date:
        """Not one to come: only what arrived is recorded."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Record what has arrived."))
        return day


class OnDues(OfficeAct):
    """An act on one row of dues."""

    object: Dues

    def get_context_data(self, **kwargs) -> dict:
        """With what is owed."""
        dues = self.object
        return super().get_context_data(**kwargs) | {
            "dues": dues,
            "owed": money(dues.amount - dues.paid, dues.currency),
            "amount": money(dues.amount, dues.currency),
        }


class RecordPayment(OnDues):
    """Money that arrived."""

    right = "committees.add_payment"
    title = gettext_lazy("Record a payment")
    template_name = "admin/dues/pay.html"
    form_class = PaymentForm
    button = gettext_lazy("Record the payment")

    def get_initial(self) -> dict:
        """All that is owed, today."""
        dues = self.object
        return {
            "amount": f"{dues.amount - dues.paid:.2f}",
            "currency": dues.currency,
            "day": timezone.localdate(),
        }

    def do(self, form: PaymentForm) -> str:
        """Record it, and lead to its receipt."""
        dues = self.object
        payment = self.tried(
            form, lambda: paying.record(dues, **form.cleaned_data, by=self.request.user)
        )
        if payment is None:
            return ""
        said = money(payment.amount, payment.currency)
        self.log(dues, _("Payment recorded: %(amount)s") % {"amount": said})
        self.message = _("The payment is recorded: %(amount)s.") % {"amount": said}
        return self.get_back_url()


class WhyForm(forms.Form):
    """Why."""

    reason = why_field()


class Waive(OnDues):
    """Owe them no more."""

    right = "committees.change_dues"
    title = gettext_lazy("Waive the dues")
    template_name = "admin/dues/pay.html"
    form_class = WhyForm
    button = gettext_lazy("Waive")
    message = gettext_lazy("The dues are waived.")
    work = staticmethod(paying.waive)

    def do(self, form: WhyForm) -> str:
        """With the reason."""
        reason, dues = form.cleaned_data["reason"], self.object
        if self.tried(form, lambda: self.work(dues, reason=reason, by=self.request.user)):
            self.log(dues, f"{self.title} · {reason}")
        return self.get_back_url()


class TakeWaiverBack(Waive):
    """Owe them again."""

    title = gettext_lazy("Take the waiver back")
    button = gettext_lazy("Take it back")
    message = gettext_lazy("The dues are owed again.")
    work = staticmethod(paying.take_waiver_back)


class TakePaymentBack(OfficeAct):
    """A counter-entry: the payment was wrong, or the cheque did not hold."""

    right = "committees.add_payment"
    title = gettext_lazy("Take the payment back")
    template_name = "admin/dues/takeback.html"
    form_class = WhyForm
    button = gettext_lazy("Take it back")
    message = gettext_lazy("The payment is taken back by a counter-entry.")
    object: Payment

    def do(self, form: WhyForm) -> str:
        """With the reason; leads to the dues."""
        reason, payment = form.cleaned_data["reason"], self.object
        work = lambda: paying.take_back(payment, reason=reason, by=self.request.user)  # noqa: E731
        if self.tried(form, work):
            self.log(payment, f"{self.title} · {reason}")
        return reverse("admin:committees_dues_change", args=[payment.dues_id])

    def get_context_data(self, **kwargs) -> dict:
        """With the payment."""
        row = self.object
        return super().get_context_data(**kwargs) | {
            "payment": row,
            "amount": money(row.amount, row.currency),
        }


__all__ = ["Charge", "RecordPayment", "TakePaymentBack", "TakeWaiverBack", "Waive"]
