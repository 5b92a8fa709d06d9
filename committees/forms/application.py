"""The form of a city that wants to join the association."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.forms.people import JoinForm
from committees.models import Committee
from committees.models.affiliation import NATIONAL
from committees.models.dues import MembershipClass
from sistercities.countries import country_choices
from sistercities.folding import fold
from sistercities.templatetags.ui import language

ALWAYS = frozenset({"MX", "US"})
"""Offered whatever associations there are."""


class ApplicationForm(JoinForm):
    """What somebody writes for a city. `website` is a trap, as in the form of a committee."""

    city = forms.CharField(
        label=_("City"),
        max_length=150,
        help_text=_("With its state, such as Gómez Palacio, Durango"),
        error_messages={"required": _("Write the name of the city.")},
    )
    country = forms.ChoiceField(
        label=_("Country"), error_messages={"required": _("Choose the country.")}
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a committee", "Class"),
        choices=MembershipClass,
        initial=MembershipClass.VOTING,
        help_text=_("Voting: committees of a city. The board decides; ask for what fits."),
    )
    why = forms.CharField(
        label=_("Why the city wants to join, and who stands behind it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write a few sentences for the board."),
            "max_length": _("Write 2,000 characters at most."),
        },
    )
    field_order = ("city", "country", "kind", "name", "email", "why", "agreed", "website")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = Committee.objects.public().filter(level=NATIONAL).exclude(country="")
        codes = ALWAYS | set(rows.order_by().values_list("country", flat=True))
        self.fields["country"].choices = [("", ""), *country_choices(codes, language())]

    def clean_city(self) -> str:
        """Letters at least."""
        city = " ".join(self.cleaned_data["city"].split())
        if not fold(city):
            raise ValidationError(_("Write the name of the city."))
        return city
