"""Our own answer about a tie, its end, and what only the office may change."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from relationships.forms.ties_proposing import PastDateField
from relationships.models import Inquiry, Tie
from relationships.models.tie import Side
from relationships.witnessing import PURPOSE
from sistercities.editing.uploading import UploadField

Answer = Inquiry.Answer
BOTH = "both"


def speaks_for(tie: Tie) -> forms.ChoiceField:
    """For which of its two cities a committee of both speaks."""
    return forms.ChoiceField(
        label=_("For which city do you answer?"),
        widget=forms.RadioSelect,
        choices=[
            (BOTH, _("For both cities")),
            (Side.A.value, tie.city_a.name),
            (Side.B.value, tie.city_b.name),
        ],
        initial=BOTH,
        error_messages={"required": _("Choose for which city you answer.")},
    )


class AnswerForm(forms.Form):
    """Alive, changed, or unknown to us. The end has pages of its own."""

    answer = forms.ChoiceField(
        label=_("Is it alive?"),
        widget=forms.RadioSelect,
        choices=[
            (Answer.ALIVE.value, _("Yes, it is alive")),
            (Answer.CHANGED.value, _("It is alive, but something has changed")),
            (Answer.UNKNOWN.value, _("We do not know this tie")),
        ],
        error_messages={"required": _("Choose an answer.")},
    )
    text = forms.CharField(
        label=_("What has changed, or what do you know about it?"),
        help_text=_("Only the national office reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, both: Tie | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if both is not None:
            self.fields["speaks_for"] = speaks_for(both)
            self.order_fields(["speaks_for"])

    def sides(self, own: str) -> list[str]:
        """The sides that answer: our own, unless a committee of both cities says for which."""
        chosen = self.cleaned_data.get("speaks_for", own)
        return list(Side.values) if chosen == BOTH else [chosen]

    def clean(self) -> dict:
        """Who says that something changed says what."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == Answer.CHANGED and not cleaned.get("text"):
            self.add_error("text", _("Write what has changed."))
        return cleaned


class ProposedChangeForm(forms.Form):
    """In plain words, to the national office."""

    text = forms.CharField(
        label=_("What should be changed, and how do you know?"),
        help_text=_("Name the document or the person that says so."),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what should be changed.")},
    )


class DisagreementForm(forms.Form):
    """The other side entered the end of the tie."""

    text = forms.CharField(
        label=_("Why is the tie not at its end?"),
        help_text=_("Only the national office reads it. It asks both sides."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you know.")},
    )


class DecisionStep(forms.Form):
    """Who decided, and when."""

    decided_by = forms.CharField(
        label=_("Who decided it?"),
        help_text=_("For example: the council of our city. Only the office and you read it."),
        max_length=300,
        error_messages={"required": _("Write who decided it.")},
    )
    date = PastDateField(
        label=_("When did it end?"),
        help_text=_("As you know it: 2019, May 2019, 14 May 2019."),
        required=True,
        error_messages={"required": _("Write when it ended; the year is enough.")},
    )

    def __init__(self, *args, tie: Tie, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.tie = tie

    def clean_date(self):
        """Not before the beginning."""
        date = self.cleaned_data["date"]
        if self.tie.since and date.is_before(self.tie.since):
            raise ValidationError(_("A tie cannot end before it began."))
        return date


class DocumentStep(forms.Form):
    """The act, if there is one."""

    document = UploadField(purpose=PURPOSE, label=_("Document"), required=False)
    document_title = forms.CharField(
        label=_("Title of the document"), max_length=200, required=False
    )
    document_is_public = forms.BooleanField(label=_("Everyone may see this file"), required=False)

    def clean(self) -> dict:
        """A document has a title."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("document") and not cleaned.get("document_title"):
            self.add_error("document_title", _("Write a title for the document."))
        return cleaned


class WordingStep(forms.Form):
    """What everyone reads on the tie's page."""

    wording = forms.CharField(
        label=_("What should everyone read?"),
        help_text=_(
            "One or two kind sentences. For example: “The council ended the tie in friendship "
            "after 30 years of school exchanges.”"
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a sentence for the tie's page.")},
    )


class WhyForm(forms.Form):
    """A reason, for the history."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence for those who read the history later."),
        max_length=200,
        error_messages={"required": _("Write why.")},
    )
