"""What visitors and committees write to each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4000
EMPTY = _("Write your message.")


class WritingForm(forms.Form):
    """A message, plain text."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": EMPTY,
            "max_length": _("The message may have 4,000 characters; yours is longer."),
        },
    )


class ContactForm(WritingForm):
    """A visitor's first message. `website` is a trap: people do not see it, programs fill it in."""

    field_order = ("name", "email", "text", "website")

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The committee does not see it. We tell you there when it has answered."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )
    website = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled it in."""
        return bool(self.data.get("website"))
