"""What a committee tells about a sister city."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.forms.bilingual import BilingualForm, in_both
from committees.forms.counts import CountField
from committees.forms.web import WebAddressField
from committees.models import SisterText


class SisterTextForm(BilingualForm):
    """The text, the population with its year, the city's own site."""

    texts = ("text",)
    population = CountField(label=_("Population"), required=False, min_value=0, max_value=2 * 10**9)

    class Meta:
        model = SisterText
        fields = [*in_both("text"), "population", "population_year", "official_site"]
        field_classes = {"official_site": WebAddressField}
        labels = {
            "population_year": _("Year of the population"),
            "official_site": _("Official site"),
            **dict.fromkeys(in_both("text"), _("About the city")),
        }
        help_texts = {
            "official_site": _("For example https://www.example.org"),
            **dict.fromkeys(
                in_both("text"), _("Where it is, when it was founded, what it is like")
            ),
        }
        error_messages = {
            "population_year": {
                "invalid": _("Write the year with four digits, for example 2019."),
            }
        }
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in in_both("text")}
