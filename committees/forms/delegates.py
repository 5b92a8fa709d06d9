"""The letter that names a delegate, at the committee's desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.forms.people import DayField
from committees.models import Delegation
from committees.models.delegation import PURPOSE
from sistercities import uploads
from sistercities.editing.uploading import UploadField


class DelegateForm(forms.Form):
    """What the letter says, and the letter."""

    role = forms.ChoiceField(
        label=_("Named as"),
        choices=Delegation.Role,
        initial=Delegation.Role.DELEGATE,
        widget=forms.RadioSelect,
    )
    since = DayField(label=_("First day"))
    until = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it empty when the letter has none.")
    )
    letter = UploadField(
        purpose=PURPOSE,
        kinds=(uploads.PDF, uploads.PICTURE),
        label=_("The letter, signed by the board"),
    )


class EndDelegationForm(forms.Form):
    """The last day of a delegate."""

    until = DayField(label=_("Last day"))
