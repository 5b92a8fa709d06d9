"""The answers of one side about its tie: each has a form of its own, most of them one button."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.confirming import Given
from relationships.models import Inquiry

FIRST_YEAR = 1900
Answer = Inquiry.Answer


class AnswerForm(forms.Form):
    """Who answers may be said; nobody but the national office reads it."""

    answer: str
    title: str
    button: str

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    office = forms.CharField(label=_("Your office or task"), max_length=120, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, prefix=self.answer, **kwargs)

    def given(self) -> Given:
        """What was answered."""
        said = self.cleaned_data
        return Given(
            answer=self.answer,
            text=said.get("text", ""),
            year=said.get("year"),
            name=said["name"],
            office=said["office"],
        )


class Alive(AnswerForm):
    """One button."""

    answer = Answer.ALIVE
    button = _("Yes, it is alive")


class Changed(AnswerForm):
    """It goes on, but not as the registry says."""

    answer = Answer.CHANGED
    title = _("It is alive, but something has changed")
    button = _("Send what has changed")
    field_order = ("text", "name", "office")

    text = forms.CharField(
        label=_("What has changed?"),
        help_text=_("For example who answers for the tie now, or a name or a year that is wrong."),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what has changed.")},
    )


class Ended(AnswerForm):
    """Its end is entered by the office; the tie stays as a part of the record."""

    answer = Answer.ENDED
    title = _("It has ended")
    button = _("Say that it has ended")
    field_order = ("year", "text", "name", "office")

    year = forms.IntegerField(
        label=_("In which year did it end?"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={"invalid": _("Write the year with four digits, for example 2019.")},
    )
    text = forms.CharField(label=_("Who decided it?"), max_length=300, required=False)

    def clean_year(self) -> int | None:
        """A year that has been."""
        year = self.cleaned_data["year"]
        if year is not None and not FIRST_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Write a year between 1900 and this one."))
        return year


class Unknown(AnswerForm):
    """Opens a dispute and deletes nothing."""

    answer = Answer.UNKNOWN
    title = _("We do not know this tie")
    button = _("Say that we do not know it")
    field_order = ("text", "name", "office")

    text = forms.CharField(
        label=_("What do you know about it?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


FORMS: dict[str, type[AnswerForm]] = {
    form.answer: form for form in (Alive, Changed, Ended, Unknown)
}
