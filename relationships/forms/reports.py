"""What a visitor says is missing or wrong on a page, without a login."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ErrorReportForm(forms.Form):
    """`website` is a trap: people do not see it, programs fill it in."""

    wrong = forms.CharField(
        label=_("What is missing or wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what is missing or wrong."),
            "max_length": _("The text may have 2,000 characters; yours is longer."),
        },
    )
    source = forms.CharField(
        label=_("How do you know?"),
        help_text=_("A document, a web page, or your own experience."),
        max_length=500,
        required=False,
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("Only if you want an answer. Only the association sees it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.org.")},
    )
    website = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled it in."""
        return bool(self.data.get("website"))
