"""What desks ask the national office, and what the office answers."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.forms.contact import WritingForm
from committees.models import Guide
from committees.models.advice import PURPOSE
from committees.models.guide import Topic
from sistercities.admin.reasons import LONGEST_REASON
from sistercities.editing.uploading import UploadField


class AdviceForm(WritingForm):
    """One more message, with a file if there is one."""

    file = UploadField(purpose=PURPOSE, label=_("File"), required=False)


class AskForm(AdviceForm):
    """A new question."""

    field_order = ("topic", "subject", "text", "file")

    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=[("", _("Choose a topic")), *Topic.choices],
        error_messages={"required": _("Choose a topic.")},
    )
    subject = forms.CharField(
        label=_("Your question in one line"),
        max_length=150,
        help_text=_("For example: Who must sign our agreement?"),
        error_messages={"required": _("Write your question in one line.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What we should know")


class GuidesField(forms.ModelMultipleChoiceField):
    """Guides by their titles, each with a way to read it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, guide: Guide) -> str:
        """Title, topic and link."""
        return format_html(
            '{} · {} · <a href="{}">{}</a>',
            guide,
            guide.get_topic_display(),
            guide.get_absolute_url(),
            _("read it"),
        )


class AnswerForm(AdviceForm):
    """The office's answer; guides are named by a tick, those of the same topic first."""

    field_order = ("text", "guides", "file")

    guides = GuidesField(
        Guide.objects.none(), label=_("Name these guides below the answer"), required=False
    )

    def __init__(self, *args, topic: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your answer")
        self.fields["guides"].queryset = Guide.objects.public().suggested(topic)


class WhyForm(forms.Form):
    """Why something is closed or opened again; the desk reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Write the reason.")},
    )
