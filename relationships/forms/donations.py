"""A donation in money or in kind. Names of donors are not asked."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.forms.reporting import CurrencyField, MoneyField, ReportForm, home_currency
from relationships.models import Donation, Exchange
from relationships.models.tie import Side
from relationships.reporting.acknowledging import reports

US, THEM = "us", "them"


def other(side: str) -> str:
    """The opposite side of a tie."""
    return Side.B if side == Side.A else Side.A


class ExchangeField(forms.ModelChoiceField):
    """An exchange of the committee's ties, with its year."""

    def label_from_instance(self, exchange: Exchange) -> str:
        """The newest first, told apart by their years."""
        return f"{exchange} ({exchange.begins.year})"


class DonationForm(ReportForm):
    """What was given, by whom, when."""

    translated = ("description", "emergency")
    texts = {
        "description": (
            _("What was given?"),
            _("For example “An ambulance”. Do not write names of donors."),
        ),
        "emergency": (_("For an emergency?"), _("Which one, with its year; empty for none.")),
    }

    given_by = forms.ChoiceField(
        label=_("Who gave?"),
        widget=forms.RadioSelect,
        choices=[(US, _("Our side")), (THEM, _("Their side"))],
        error_messages={"required": _("Say which side gave.")},
    )
    amount = MoneyField(
        label=_("Amount or value"),
        max_digits=14,
        help_text=_("How much money; or what a thing is worth, if somebody estimated it"),
    )
    currency = CurrencyField(label=_("Currency"), help_text=_("Three letters, such as USD or MXN"))
    exchange = ExchangeField(
        label=_("Given during an exchange?"),
        queryset=Exchange.objects.none(),
        required=False,
        empty_label=_("No"),
    )

    class Meta:
        model = Donation
        fields = [
            *("tie", "given_by", "kind", "amount", "currency", "estimated_by"),
            *("description_es", "description_en", "quantity", "date", "emergency_es"),
            *("emergency_en", "exchange"),
        ]
        labels = {
            "kind": _("Kind"),
            "estimated_by": _("Who estimated the value?"),
            "quantity": _("How much of it?"),
            "date": _("When?"),
        }
        help_texts = {
            "estimated_by": _("Only for things and services: an office or a firm, not a donor."),
            "quantity": _("Such as “2 vehicles” or “300 kg”"),
            "date": _("A month or a year is enough, such as June 2024."),
        }
        error_messages = {
            "date": {"required": _("Say when it was given; a year is enough.")},
            "kind": {"required": _("Choose what kind of donation it was.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "tie" in self.fields:
            self.fields["tie"].error_messages["required"] = _("Choose the sister city.")
        self.fields["kind"].choices = [("", _("Choose")), *Donation.Kind.choices]
        exchanges = reports(Exchange, self.committee).order_by("-begins", "-pk")
        if self.instance.pk:
            exchanges = exchanges.filter(tie=self.instance.tie_id)
            gave = self.instance.given_by == self.own_side
            self.initial["given_by"] = US if gave else THEM
        else:
            self.initial |= {"given_by": US, "date": str(timezone.localdate().year)}
        self.fields["exchange"].queryset = exchanges
        if not self.initial.get("currency"):
            self.initial["currency"] = home_currency(self.committee)
        if names := self.own_and_sister():
            self.fields["given_by"].choices = list(zip((US, THEM), names, strict=True))

    def layout(self) -> Layout:
        """Who and what, how much, when."""
        return Layout(
            Fieldset(
                _("What"), "tie", "given_by", "kind", "description_es", "description_en", "quantity"
            ),
            Fieldset(_("How much"), Row(Column("amount"), Column("currency")), "estimated_by"),
            Fieldset(_("When and why"), "date", "emergency_es", "emergency_en", "exchange"),
        )

    def clean_given_by(self) -> str:
        """As it is stored."""
        side = self.side()
        return side if self.cleaned_data["given_by"] == US else other(side)

    def clean(self) -> dict:
        """Money has an amount, things a name; a value of things says who estimated it."""
        values = super().clean()
        self.money_together("amount", "currency")
        kind, amount = values.get("kind"), values.get("amount")
        if kind == Donation.Kind.MONEY:
            values["estimated_by"] = ""
            if not amount and "amount" not in self.errors:
                self.add_error("amount", _("Say how much money was given."))
        elif kind:
            described = [name for name in self.fields if name.startswith("description_")]
            if not any(values.get(name) for name in described):
                self.add_error(described[0], _("Say what was given."))
            if amount is not None and not amount:
                self.add_error("amount", _("Leave it empty when nobody knows the value."))
            if amount and not values.get("estimated_by"):
                self.add_error("estimated_by", _("Say who estimated the value."))
        tie, exchange = values.get("tie") or self.known_tie, values.get("exchange")
        if tie and exchange and exchange.tie_id != tie.pk:
            self.add_error("exchange", _("This exchange belongs to another tie."))
        return values

    def _post_clean(self) -> None:
        """The value of things is always an estimate."""
        values = self.cleaned_data
        is_thing = values.get("kind") not in (None, Donation.Kind.MONEY)
        self.instance.amount_is_estimate = bool(is_thing and values.get("amount"))
        super()._post_clean()
