"""No change without a reason: one more field on every form, kept with the history."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import LogEntry
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 200


def reason_field(**options) -> forms.CharField:
    """One line of text, at most as long as the history's column."""
    return forms.CharField(label=_("Reason for the change"), max_length=LONGEST_REASON, **options)


class ReasonForm(forms.ModelForm):
    """Asks why. What exists already is not changed without an answer."""

    change_reason = reason_field(
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_("One sentence for those who read the history later, with its source"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "change_reason" in self.fields:
            self.fields["change_reason"].required = self.instance.pk is not None

    @cached_property
    def changed_data(self) -> list[str]:
        """The names of changed fields; the reason is not one."""
        return [name for name in super().changed_data if name != "change_reason"]

    @property
    def reason(self) -> str:
        """What was answered; empty where nothing was."""
        return self.cleaned_data.get("change_reason", "")


class ReasonActionForm(ActionForm):
    """The reason beside the choice of an action for several rows."""

    change_reason = reason_field(required=False)


class Reasoned(admin.ModelAdmin):
    """Puts the reason into the last fieldset, into the history and into the log.

    `leaves_by` says how an object of this kind goes away, since nothing is deleted here.
    `closing_fields` are shown beside the reason, read-only.
    """

    form = ReasonForm
    leaves_by = ""
    closing_fields: tuple = ()

    def get_fieldsets(self, request, obj=None):
        """The fieldsets of the class, then the one with the reason."""
        fieldsets = list(super().get_fieldsets(request, obj))
        allowed = self.has_change_permission if obj else self.has_add_permission
        asked = (request, obj) if obj else (request,)
        fields = ["change_reason"] if allowed(*asked) else []
        if obj is not None:
            fields += self.closing_fields
        if fields:
            closing = {"fields": fields, "description": self.leaves_by}
            fieldsets.append((_("Record"), closing))
        return fieldsets

    def save_model(self, request, obj, form, change) -> None:
        """Hand the reason to the history."""
        obj._change_reason = form.reason
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        """The rows below are changed for the same reason."""
        for row in formset.forms:
            row.instance._change_reason = form.reason
        super().save_formset(request, form, formset, change)

    def construct_change_message(self, request, form, formsets, add=False):
        """The reason in front of what was changed; without one, Django's message."""
        message = super().construct_change_message(request, form, formsets, add)
        reason = getattr(form, "reason", "")
        if not reason or isinstance(message, str):
            return message
        return f"{reason} · {LogEntry(change_message=json.dumps(message)).get_change_message()}"
