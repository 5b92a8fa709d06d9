"""An exchange in one page: which tie, what, when, how many. Never names of minors."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.forms.reporting import (
    CountField,
    CurrencyField,
    MoneyField,
    ReportForm,
    home_currency,
)
from relationships.models import Exchange
from relationships.models.tie import Side
from relationships.reporting.acknowledging import ours, reports

OUT, IN, BOTH, ONLINE = "out", "in", "both", "online"
NO_NAMES = _("Write numbers, never names of children or young people.")
Direction = Exchange.Direction


def to_side(direction: str, side: str) -> str:
    """The direction as it is stored: seen from side "a"."""
    away = {Side.A: Direction.A_TO_B, Side.B: Direction.B_TO_A}
    home = {Side.A: Direction.B_TO_A, Side.B: Direction.A_TO_B}
    return {OUT: away.get(side), IN: home.get(side)}.get(direction) or direction


def from_side(direction: str, side: str) -> str:
    """The stored direction seen from one side."""
    if direction not in (Direction.A_TO_B, Direction.B_TO_A):
        return direction
    return OUT if (direction == Direction.A_TO_B) == (side == Side.A) else IN


class ExchangeForm(ReportForm):
    """Reported in a minute; the story can follow later."""

    translated = ("title", "summary", "results")
    needed = ("title",)
    missing = {"title": _("Write a title, such as “Student visit”.")}
    texts = {
        "title": (_("Title"), _("Such as “Student visit”. Do not name children or young people.")),
        "summary": (_("What happened?"), NO_NAMES),
        "results": (
            _("What came of it?"),
            _("For example what was learnt, agreed or given. Never write names of minors."),
        ),
    }

    direction = forms.ChoiceField(
        label=_("Who travelled?"),
        widget=forms.RadioSelect,
        choices=[
            (OUT, _("From us to them")),
            (IN, _("From them to us")),
            (BOTH, _("In both directions")),
            (ONLINE, _("Nobody: it was online")),
        ],
        error_messages={"required": _("Say who travelled.")},
    )
    travellers = CountField(label=_("Travellers"))
    hosts = CountField(label=_("Hosts"), help_text=_("Families and others who received them"))
    youth = CountField(label=_("Of them young people"), help_text=_("Only how many, never names"))
    volunteers = CountField(label=_("Volunteers who helped"))
    cost = MoneyField(label=_("What it cost"), max_digits=12)
    currency = CurrencyField(label=_("Currency"), help_text=_("Three letters, such as USD or MXN"))

    class Meta:
        model = Exchange
        fields = [
            *("tie", "title_es", "title_en", "theme", "direction", "begins", "ends", "place"),
            *("travellers", "hosts", "youth", "volunteers", "cost", "currency"),
            *("summary_es", "summary_en", "results_es", "results_en"),
        ]
        labels = {
            "begins": _("When did it begin?"),
            "ends": _("When did it end?"),
            "place": _("Where?"),
            "theme": _("Theme"),
        }
        help_texts = {
            "begins": _("A month or a year is enough, such as June 2024."),
            "ends": _("Leave it empty when it was one day, or when you do not know."),
        }
        error_messages = {
            "begins": {"required": _("Say when it began; a year is enough.")},
            "theme": {"required": _("Choose a theme.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "tie" in self.fields:
            self.fields["tie"].error_messages["required"] = _("Choose the sister city.")
        self.fields["theme"].choices = [("", _("Choose")), *Exchange.Theme.choices]
        if self.instance.pk:
            self.initial["direction"] = from_side(self.instance.direction, self.own_side)
            for name in ("travellers", "hosts", "youth", "volunteers"):
                self.initial[name] = self.initial.get(name) or None
        else:
            for name in ("travellers", "hosts", "youth", "volunteers"):
                self.initial.pop(name, None)
            self.initial |= {} if self.is_bound else self.usual()
        if not self.initial.get("currency"):
            self.initial["currency"] = home_currency(self.committee)
        if names := self.own_and_sister():
            away = _("From %(giver)s to %(taker)s")
            own, sister = names
            self.fields["direction"].choices = [
                (OUT, away % {"giver": own, "taker": sister}),
                (IN, away % {"giver": sister, "taker": own}),
                *self.fields["direction"].choices[2:],
            ]

    def usual(self) -> dict[str, str]:
        """As the committee's last one, this year: nothing that is mostly the same is asked."""
        told = ours(reports(Exchange, self.committee)).exclude(teller="")
        last = told.order_by("-pk").first()
        return {
            "begins": str(timezone.localdate().year),
            "theme": last.theme if last else "",
            "direction": from_side(last.direction, last.own_side) if last else OUT,
        }

    def layout(self) -> Layout:
        """Four groups; the last may wait."""
        return Layout(
            Fieldset(_("What"), "tie", "title_es", "title_en", "theme", "direction"),
            Fieldset(_("When and where"), "begins", "ends", "place"),
            Fieldset(
                _("How many people"),
                Row(Column("travellers"), Column("hosts")),
                Row(Column("youth"), Column("volunteers")),
            ),
            Fieldset(
                _("You may write this later"),
                *("summary_es", "summary_en", "results_es", "results_en"),
                Row(Column("cost"), Column("currency")),
            ),
        )

    def clean_direction(self) -> str:
        """As it is stored."""
        return to_side(self.cleaned_data["direction"], self.side())

    def clean(self) -> dict:
        """Numbers and days that can be."""
        values = super().clean()
        self.money_together("cost", "currency")
        begins, ends = values.get("begins"), values.get("ends")
        if begins and ends and ends.is_before(begins):
            self.add_error("ends", _("An exchange cannot end before it began."))
        people = (values.get("travellers") or 0) + (values.get("hosts") or 0)
        if (values.get("youth") or 0) > people:
            self.add_error(
                "youth", _("There cannot be more young people than travellers and hosts.")
            )
        return values
