"""What the forms of reports share: whose tie, numbers, money, texts in the reader's language."""

import re
from collections.abc import Callable

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from relationships.models import Tie
from relationships.models.tie import IN_FORCE_FIRST, Side
from sistercities.bilingual import LANGUAGES
from sistercities.currencies import currencies_of_today, known_currency
from sistercities.templatetags.ui import language

CURRENCIES = {"MX": "MXN", "US": "USD", "CA": "CAD", "JP": "JPY", "GB": "GBP"}
MOST_PEOPLE = 1_000_000
FEW_TIES = 6
_THOUSANDS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+)(\.\d+)?")


class CountField(forms.IntegerField):
    """How many people; empty is nobody."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "8"})

    def __init__(self, **options) -> None:
        super().__init__(required=False, min_value=0, max_value=MOST_PEOPLE, **options)
        self.error_messages["invalid"] = _("Write a whole number, such as 24.")

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """None of a number's input: what was typed stays, whatever it was."""
        return {}

    def clean(self, value) -> int:
        """Zero for nothing."""
        return super().clean(value) or 0


class MoneyField(forms.DecimalField):
    """An amount as people write it: "1200.50", "1,200.50", "$ 1,200"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "12"})

    def __init__(self, **options) -> None:
        super().__init__(required=False, min_value=0, decimal_places=2, **options)
        self.error_messages["invalid"] = _("Write the amount in figures, such as 1200.50.")

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """None of a number's input."""
        return {}

    def to_python(self, value):
        """Without the marks between thousands."""
        text = str(value or "").strip()
        if match := _THOUSANDS.fullmatch(text):
            text = match[1].replace(",", "") + (match[2] or "")
        return super().to_python(text.removeprefix("$").strip())


class CurrencyInput(forms.TextInput):
    """Three letters, or one of today's currencies from the browser's own list."""

    def render(self, name: str, value, attrs: dict | None = None, renderer=None) -> SafeString:
        """With the list, named after the input."""
        key = f"{(attrs or {}).get('id', name)}_offered"
        offered = format_html_join(
            "", '<option value="{}">{}</option>', currencies_of_today(language())
        )
        line = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, offered)


class CurrencyField(forms.CharField):
    """The code of a currency."""

    widget = CurrencyInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "size": "4"}
    )

    def __init__(self, **options) -> None:
        super().__init__(required=False, validators=[known_currency], **options)

    def to_python(self, value) -> str:
        """In capitals."""
        return super().to_python(value).upper()


def ties_to_report_on(committee: Committee) -> QuerySet[Tie]:
    """Published ties of a committee on which it stands on one side; those in force first."""
    ties = Tie.objects.visible().for_committee(committee).with_side(committee)
    return ties.exclude(own_side="").with_cities().order_by(*IN_FORCE_FIRST)


def sister_of(tie: Tie):
    """The city on the other side; needs `own_side`."""
    return tie.city_b if tie.own_side == Side.A else tie.city_a


def own_city_of(tie: Tie):
    """The committee's own city of a tie; needs `own_side`."""
    return tie.city_a if tie.own_side == Side.A else tie.city_b


class SisterField(forms.ModelChoiceField):
    """A tie by the name of the other city."""

    def __init__(self, **options) -> None:
        options.setdefault("empty_label", _("Choose"))
        super().__init__(queryset=Tie.objects.none(), **options)

    def label_from_instance(self, tie: Tie) -> str:
        """The sister, and our own city where ours are several."""
        sister = sister_of(tie)
        place = f"{sister.name}, {sister.region.name}" if sister.region else sister.name
        return f"{place} ({own_city_of(tie).name})" if self.several else place

    several = False

    def offer(self, ties: QuerySet[Tie]) -> list[Tie]:
        """These ties to choose from; the ties themselves, read once."""
        self.queryset, read = ties, list(ties)
        self.several = len({own_city_of(tie).pk for tie in read}) > 1
        return read


class ReportForm(forms.ModelForm):
    """A report of one committee about one of its ties. A new one asks for the tie and for texts in
    the reader's language; later each text can be written in both."""

    translated: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    """Texts that must be there in one language."""

    tie = SisterField(label=_("Sister city"))

    def __init__(self, *args, committee: Committee, own_side: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee
        self.known_tie = self.instance.tie if self.instance.tie_id else None
        self.own_side = own_side
        self.helper = FormHelper(self)
        if self.instance.pk:
            del self.fields["tie"]
        else:
            self._offer_ties()
        self._name_texts()
        self.helper.layout = self.present(self.layout())

    def _offer_ties(self) -> None:
        field = self.fields["tie"]
        ties = field.offer(ties_to_report_on(self.committee))
        if len(ties) == 1:
            self.initial["tie"], field.widget = ties[0].pk, forms.HiddenInput()
            self.known_tie, self.own_side = ties[0], ties[0].own_side
        elif len(ties) <= FEW_TIES:
            field.empty_label, field.widget = None, forms.RadioSelect()
            field.widget.choices = field.choices

    def _name_texts(self) -> None:
        """One input per text for a new report; one per language afterwards."""
        here = language()
        words = {"es": _("in Spanish"), "en": _("in English")}
        for name in self.translated:
            for code in LANGUAGES:
                key = f"{name}_{code}"
                if not self.instance.pk and code != here:
                    del self.fields[key]
                    continue
                field = self.fields[key]
                field.label, field.help_text = self.texts[name]
                if self.instance.pk:
                    field.label = f"{field.label} ({words[code]})"
                field.widget.attrs["lang"] = code
                field.required = name in self.needed and not self.instance.pk
                field.error_messages["required"] = self.missing.get(name, "")
                if isinstance(field.widget, forms.Textarea):
                    field.widget.attrs["rows"] = 4

    texts: dict[str, tuple] = {}
    layout: Callable[[], Layout]
    """Which fields in which order, under which headings; each kind says it."""

    def present(self, layout: Layout) -> Layout:
        """Without the fields that this form does not have."""
        return pruned(layout, self.fields)

    def clean(self) -> dict:
        """A needed text in one language at least."""
        values = super().clean() or self.cleaned_data
        for name in self.needed:
            keys = [f"{name}_{code}" for code in LANGUAGES if f"{name}_{code}" in self.fields]
            if not any(values.get(key) or key in self.errors for key in keys):
                self.add_error(keys[0], self.missing[name])
        return values

    missing: dict[str, str] = {}

    def side(self) -> str:
        """On which side of the chosen tie the committee stands."""
        tie = self.cleaned_data.get("tie")
        return tie.own_side if tie else self.own_side

    def own_and_sister(self) -> tuple[str, str] | None:
        """Both cities by name, once the tie is known."""
        if self.known_tie is None or not self.own_side:
            return None
        a, b = self.known_tie.city_a.name, self.known_tie.city_b.name
        return (a, b) if self.own_side == Side.A else (b, a)

    def money_together(self, amount: str, currency: str) -> None:
        """No currency without its amount, none missing with it."""
        values = self.cleaned_data
        if values.get(amount) is None:
            if amount not in self.errors:
                values[currency] = ""
        elif not values.get(currency) and currency not in self.errors:
            self.add_error(currency, gettext("Say in which currency, such as USD or MXN."))


def pruned(part, fields: dict):
    """A layout without the names of fields that are not there, and without empty groups."""
    kept = []
    for one in part.fields:
        if isinstance(one, str):
            if one in fields:
                kept.append(one)
        elif pruned(one, fields).fields:
            kept.append(one)
    part.fields = kept
    return part


def home_currency(committee: Committee) -> str:
    """What a committee mostly counts in."""
    return CURRENCIES.get(committee.country, "")
