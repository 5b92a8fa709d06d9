"""Events and evidence of a tie, as its committees enter and correct them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.forms.bilingual import BilingualForm, in_both
from relationships.forms.ties_proposing import not_in_the_future
from relationships.models import Evidence, Tie, TieEvent
from relationships.witnessing import ADDED_AT_ONCE, PROOFS, PURPOSE, event_in_words
from sistercities.editing.uploading import UploadField

NOTE_ROWS = {"rows": 3}


class EventForm(BilingualForm):
    """What happened, when, where; and a note that everyone may read."""

    texts = ("note",)
    leading = ("kind", "date", "place")

    class Meta:
        model = TieEvent
        fields = ["kind", "date", "place", *in_both("note")]
        widgets = {
            "kind": forms.RadioSelect,
            "note_es": forms.Textarea(attrs=NOTE_ROWS),
            "note_en": forms.Textarea(attrs=NOTE_ROWS),
        }
        labels = {
            "kind": _("What happened?"),
            "date": _("When?"),
            "place": _("Where?"),
            "note_es": _("Note"),
            "note_en": _("Note"),
        }
        help_texts = {
            "date": _("As you know it: 1969, May 1969, 14 May 1969, about 1969."),
            "note_es": _("Everyone may read it."),
            "note_en": _("Everyone may read it."),
        }
        error_messages = {"kind": {"required": _("Choose what happened.")}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in ADDED_AT_ONCE]

    def clean_date(self):
        """Not after today."""
        return not_in_the_future(self.cleaned_data["date"])


class ProvenEventForm(BilingualForm):
    """Of an event that a document proves: place and note. Kind and date are for the office."""

    texts = ("note",)
    leading = ("place",)

    class Meta:
        model = TieEvent
        fields = ["place", *in_both("note")]
        widgets = {"note_es": EventForm.Meta.widgets["note_es"]} | {
            "note_en": EventForm.Meta.widgets["note_en"]
        }
        labels = {"place": _("Where?"), "note_es": _("Note"), "note_en": _("Note")}


class EvidenceForm(forms.ModelForm):
    """What it is, and which event of this tie it proves. The file stays as it came."""

    field_order = ("kind", "title", "is_public", "url", "event", "date")

    url = forms.URLField(
        label=_("Web address"),
        help_text=_("Where it can be read, if it is on the web"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write an address that begins with https://")},
    )

    class Meta:
        model = Evidence
        fields = ["kind", "title", "event", "date", "url", "is_public"]
        widgets = {"kind": forms.RadioSelect}
        labels = {
            "kind": _("What is it?"),
            "title": _("Title"),
            "event": _("What does it prove?"),
            "date": _("Date of the document"),
            "is_public": _("Everyone may see the file"),
        }
        help_texts = {
            "title": _("Such as “Agreement of May 14, 1969”"),
            "date": _("As you know it: 1969, May 1969, 14 May 1969, about 1969."),
        }
        error_messages = {
            "kind": {"required": _("Choose what it is.")},
            "title": {"required": _("Write a title.")},
        }

    def __init__(self, *args, tie: Tie, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in PROOFS]
        events = TieEvent.objects.filter(tie=tie).exclude(kind=TieEvent.Kind.ENDED)
        self.fields["event"].queryset = events
        self.fields["event"].label_from_instance = event_in_words
        self.fields["event"].empty_label = _("The tie as a whole")

    def clean_date(self):
        """Not after today."""
        return not_in_the_future(self.cleaned_data["date"])

    def clean_url(self) -> str:
        """Addresses of the web only."""
        url = self.cleaned_data["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            raise ValidationError(_("Write an address that begins with https://"))
        return url


class NewEvidenceForm(EvidenceForm):
    """With the file, or where it is on the web."""

    upload = UploadField(purpose=PURPOSE, label=_("File"), required=False)
    field_order = ("kind", "title", "upload", "is_public", "url", "event", "date")

    def clean(self) -> dict:
        """A file, an address, or both."""
        cleaned = super().clean() or self.cleaned_data
        silent = not {"upload", "url"} & set(self.errors)
        if silent and not cleaned.get("upload") and not cleaned.get("url"):
            self.add_error("upload", _("Choose a file, or write where it is on the web."))
        return cleaned


class KindForm(forms.ModelForm):
    """What the two cities call it; while the tie is a proposal of ours."""

    class Meta:
        model = Tie
        fields = ["kind"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": _("What is it?")}
