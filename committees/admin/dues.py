"""Dues: the table and its days, dues by year, payments, and the acts on them."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.admin.duespages import Charge, RecordPayment, TakePaymentBack, TakeWaiverBack, Waive
from committees.admin.receipts import ReceiptPage
from committees.dues import paying
from committees.models import Dues, DuesRate, DuesRule, Payment
from sistercities.admin import ReadOnlyAdmin, RegistryAdmin
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm, ReasonForm
from sistercities.admin.registry import RowsBelow
from sistercities.currencies import currencies_of_today
from sistercities.templatetags.ui import language, money

WAIVED_AT_ONCE = 200


class RateForm(ReasonForm):
    """A line of the table, in money of today."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "currency" in self.fields:
            codes = currencies_of_today(language())
            choices = [("", "---------"), *((code, f"{code} · {name}") for code, name in codes)]
            self.fields["currency"].widget = forms.Select(choices=choices)


@admin.register(DuesRate)
class DuesRateAdmin(RegistryAdmin):
    """The dues table."""

    form = RateForm
    leaves_by = gettext_lazy(
        "A line is not deleted: the lines of a newer year replace the table of its class."
    )
    list_display = ("kind", "population_from", "sum", "valid_from")
    list_filter = ("kind", "valid_from")
    search_fields = ("currency",)
    fieldsets = (
        (
            None,
            {"fields": ("kind", "population_from", ("amount", "currency"), "valid_from")},
        ),
    )

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, row: DuesRate) -> str:
        """With its currency."""
        return money(row.amount, row.currency)


@admin.register(DuesRule)
class DuesRuleAdmin(RegistryAdmin):
    """The days of the dues, in one row."""

    leaves_by = gettext_lazy("Dues that were charged already keep their days.")
    list_display = ("__str__", "due_day", "due_month", "last_day", "last_month")
    search_fields = ("id",)
    fieldsets = ((None, {"fields": (("due_day", "due_month"), ("last_day", "last_month"))}),)

    def add_view(self, request: HttpRequest, form_url="", extra_context=None) -> HttpResponse:
        """Once: then the row is changed."""
        if DuesRule.objects.exists():
            return HttpResponseRedirect(reverse("admin:committees_duesrule_change", args=[1]))
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: DuesRule, form, change) -> None:
        """Always the same row."""
        obj.pk = 1
        super().save_model(request, obj, form, change)


class DuesForm(ReasonForm):
    """Dues that were charged wrong: another amount or other days."""

    def clean(self) -> dict:
        """What was paid stays paid, in its currency."""
        values = super().clean() or self.cleaned_data
        paid = self.instance.paid_until()
        if self.instance.payments.exists():
            if values.get("currency") not in (None, self.initial.get("currency")):
                self.add_error("currency", _("Payments are recorded: the currency stays."))
            if values.get("amount") is not None and values["amount"] < paid:
                self.add_error("amount", _("More than that is paid: take a payment back first."))
        return values


class PaymentsBelow(RowsBelow):
    """What arrived, and what was taken back."""

    model = Payment
    fields = readonly_fields = ("day", "sum", "method", "reference", "takes_back", "reason")
    row_relations = ("takes_back",)
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """On a page of its own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never: taken back instead."""
        return False

    @admin.display(description=gettext_lazy("amount"))
    def sum(self, row: Payment) -> str:
        """With its currency."""
        return money(row.amount, row.currency)


@admin.register(Dues)
class DuesAdmin(RegistryAdmin):
    """What each committee owes for each year."""

    form = DuesForm
    action_form = ReasonActionForm
    actions = ("waive",)
    leaves_by = gettext_lazy("Dues are not deleted: they are waived, with a reason.")
    list_display = ("committee", "year", "sum", "paid_sum", "due_on", "last_day", "waived_on")
    list_filter = ("year", ("waived_on", admin.EmptyFieldListFilter))
    row_relations = ("affiliation__committee", "affiliation__association")
    search_fields = ("affiliation__committee__sort_name",)
    readonly_fields = ("affiliation", "year", "paid_sum", "waived_on", "waived_because")
    inlines = (PaymentsBelow,)
    change_list_template = "admin/dues/list.html"
    change_form_template = "admin/dues/change.html"
    fieldsets = (
        (None, {"fields": ("affiliation", "year", ("amount", "currency"), "paid_sum")}),
        (gettext_lazy("Days"), {"fields": (("due_on", "last_day"),)}),
        (gettext_lazy("Waived"), {"fields": ("waived_on", "waived_because")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what is paid."""
        return super().get_queryset(request).with_paid(datetime.date.max)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By charging a year."""
        return False

    @admin.display(
        description=gettext_lazy("committee"), ordering="affiliation__committee__sort_name"
    )
    def committee(self, dues: Dues) -> str:
        """Whose."""
        return dues.affiliation.committee.name

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, dues: Dues) -> str:
        """With its currency."""
        return money(dues.amount, dues.currency)

    @admin.display(description=gettext_lazy("paid"))
    def paid_sum(self, dues: Dues) -> str:
        """What arrived."""
        return money(dues.paid, dues.currency)

    def get_urls(self) -> list:
        """With the acts."""
        name = "committees_dues"
        return [
            path("charge/", Charge.of(self), name=f"{name}_charge"),
            path("<int:pk>/pay/", RecordPayment.of(self), name=f"{name}_pay"),
            path("<int:pk>/waive/", Waive.of(self), name=f"{name}_waive"),
            path("<int:pk>/take-waiver-back/", TakeWaiverBack.of(self), name=f"{name}_unwaive"),
            *super().get_urls(),
        ]

    @admin.action(description=gettext_lazy("Waive"), permissions=["change"])
    def waive(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Waive the chosen dues for one reason; say which were not, and why."""
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON]
        rows = list(queryset[: WAIVED_AT_ONCE + 1])
        if not reason or len(rows) > WAIVED_AT_ONCE:
            text = _("Nothing was changed: write the reason first.")
            if reason:
                text = _("Choose at most %(most)s rows at once.") % {"most": WAIVED_AT_ONCE}
            self.message_user(request, text, messages.ERROR)
            return
        numbers = [row.pk for row in rows]
        done, refused = paying.waive_all(numbers, reason=reason, by=request.user)
        for row in done:
            self.log_change(request, row, reason)
        for row, error in refused:
            said = {"name": row, "why": " ".join(error.messages)}
            text = _("Not waived: %(name)s. %(why)s") % said
            self.message_user(request, text, messages.WARNING)
        if done:
            text = ngettext("%(count)s was waived.", "%(count)s were waived.", len(done))
            self.message_user(request, text % {"count": len(done)}, messages.SUCCESS)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin, RegistryAdmin):
    """What arrived. Recorded on the page of the dues; a wrong one is taken back."""

    list_display = ("day", "committee", "sum", "method", "reference", "recorded_by", "is_back")
    list_filter = ("method",)
    row_relations = ("dues__affiliation__committee", "recorded_by", "takes_back")
    search_fields = ("dues__affiliation__committee__sort_name", "reference")
    change_form_template = "admin/dues/payment.html"
    fields = (
        *("dues", "amount", "currency", "day", "method", "reference"),
        *("takes_back", "reason", "recorded_by"),
    )

    @admin.display(description=gettext_lazy("committee"))
    def committee(self, payment: Payment) -> str:
        """Whose."""
        return str(payment.dues)

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, payment: Payment) -> str:
        """With its currency."""
        return money(payment.amount, payment.currency)

    @admin.display(description=gettext_lazy("takes another back"), boolean=True)
    def is_back(self, payment: Payment) -> bool:
        """Whether it is a counter-entry."""
        return payment.takes_back_id is not None

    def get_urls(self) -> list:
        """With its receipt, and taking it back."""
        name = "committees_payment"
        return [
            path("<int:pk>/receipt/", ReceiptPage.of(self), name=f"{name}_receipt"),
            path("<int:pk>/take-back/", TakePaymentBack.of(self), name=f"{name}_takeback"),
            *super().get_urls(),
        ]
