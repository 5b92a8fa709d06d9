"""What a desk proposes to change of a published tie: facts, and in any case why."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from relationships.amending import EVENT, SIGNED, TEXTS, Values, labels_of, values_of
from relationships.forms.ties_answering import ProposedChangeForm
from relationships.forms.ties_proposing import PastDateField
from relationships.models import Tie
from sistercities.partialdates import PartialDate


class TieEditForm(ProposedChangeForm):
    """The words, and the facts as they stand (or as an edit proposes them). Of a tie that is not
    published the words only."""

    def __init__(self, *args, tie: Tie, proposed: Values | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.facts = values_of(tie) if tie.is_public else {}
        labels = labels_of(tie) if self.facts else {}
        for key, value in (self.facts | (proposed or {})).items():
            if key in self.facts:
                self.fields[key] = _field(key, labels[key])
                is_date = value and (key == SIGNED or key.startswith(EVENT))
                self.initial.setdefault(key, PartialDate.parse(value) if is_date else value)
        self.helper = FormHelper()
        facts = [Fieldset(str(_("What it should say")), *self.facts)] if self.facts else []
        self.helper.layout = Layout(*facts, "text")

    def wanted(self) -> Values:
        """All facts as they were sent, for `amending`."""
        return {key: str(self.cleaned_data.get(key) or "") for key in self.facts}

    def changes_facts(self) -> bool:
        """Whether anything but the words was written."""
        return any(self.facts[key] != text for key, text in self.wanted().items())


def _field(key: str, label: str) -> forms.Field:
    if key == "kind":
        return forms.ChoiceField(label=label, choices=Tie.Kind.choices, widget=forms.RadioSelect)
    if key in TEXTS:
        longest = Tie._meta.get_field(key).max_length
        return forms.CharField(label=label, max_length=longest, required=False)
    return PastDateField(label=label)
