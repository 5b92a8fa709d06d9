"""Forms of the work programme."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from relationships.forms.donations import ExchangeField
from relationships.forms.reporting import SisterField, ties_to_report_on
from relationships.models import Activity, Exchange, Programme
from relationships.reporting.programmes import exchanges_of_year, is_begun
from sistercities.bilingual import LANGUAGES
from sistercities.templatetags.ui import language, month_name

FIRST_YEAR = 1950
BEGUN = _("This year's programme exists already.")


class YearField(forms.IntegerField):
    """A year between the first sister cities and a few years ahead."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"})

    def __init__(self, **options) -> None:
        options.setdefault("label", _("Year"))
        options.setdefault("error_messages", {}).update(
            required=_("Write a year, such as 2026."), invalid=_("Write a year, such as 2026.")
        )
        super().__init__(min_value=FIRST_YEAR, max_value=2100, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """None of a number's input."""
        return {}


def one_language(form: forms.ModelForm, name: str, label) -> None:
    """One input for a new object, one per language afterwards."""
    words = {"es": _("in Spanish"), "en": _("in English")}
    for code in LANGUAGES:
        key = f"{name}_{code}"
        if not form.instance.pk and code != language():
            del form.fields[key]
            continue
        form.fields[key].label = f"{label} ({words[code]})" if form.instance.pk else label
        form.fields[key].required = False
        form.fields[key].widget.attrs["lang"] = code


class ProgrammeForm(forms.ModelForm):
    """A year's programme, for one tie or for all."""

    year = YearField()
    tie = SisterField(
        label=_("For which sister city?"), required=False, empty_label=_("For all of them")
    )

    class Meta:
        model = Programme
        fields = ["year", "tie", "summary_es", "summary_en"]

    def __init__(self, *args, committee: Committee, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tie"].offer(ties_to_report_on(committee))
        one_language(self, "summary", _("What it is about"))
        if not self.instance.pk:
            self.initial["year"] = timezone.localdate().year

    def clean(self) -> dict:
        """One programme per year and tie; not every database names the rule that it broke."""
        values = super().clean() or self.cleaned_data
        if (year := values.get("year")) and "tie" not in self.errors:
            own = self.instance.pk or 0
            if is_begun(self.instance.committee, year, values.get("tie"), own):
                self.add_error("year", BEGUN)
        return values


class CopyForm(forms.Form):
    """For which year."""

    year = YearField(label=_("For which year?"))


class ActivityForm(forms.ModelForm):
    """One line of a programme; what became of it is asked once it is there."""

    month = forms.TypedChoiceField(
        label=_("Month"), required=False, coerce=int, empty_value=None, choices=[]
    )
    exchange = ExchangeField(
        label=_("Done as this exchange"),
        queryset=Exchange.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Activity
        fields = ["title_es", "title_en", "theme", "month", "exchange", "is_done"]
        labels = {"theme": _("Theme"), "is_done": _("It is done")}
        error_messages = {"theme": {"required": _("Choose a theme.")}}

    def __init__(self, *args, committee: Committee, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [
            ("", _("Not fixed yet")),
            *((number, month_name(number)) for number in range(1, 13)),
        ]
        self.fields["theme"].choices = [("", _("Choose")), *Exchange.Theme.choices]
        one_language(self, "title", _("What is planned?"))
        if self.instance.pk:
            self.fields["exchange"].queryset = exchanges_of_year(committee, programme)
        else:
            del self.fields["exchange"], self.fields["is_done"]

    def clean(self) -> dict:
        """A title in one language; what became an exchange is done."""
        values = super().clean() or self.cleaned_data
        keys = [f"title_{code}" for code in LANGUAGES if f"title_{code}" in self.fields]
        if not any(values.get(key) or key in self.errors for key in keys):
            self.add_error(keys[0], _("Write what is planned."))
        if values.get("exchange"):
            values["is_done"] = True
        return values
