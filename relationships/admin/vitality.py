"""When a tie is active, set by the office: a look at what would change first."""

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relationships.models import Limits, VitalityLimits
from relationships.vitality import follow_limits, moved_by
from sistercities.admin.setting import OneRowAdmin


@admin.register(VitalityLimits)
class VitalityLimitsAdmin(OneRowAdmin):
    """Two numbers. Saving recomputes the ties; `Preview` says how many."""

    preview_template = "admin/vitality_preview.html"
    preview_button = _("Preview: how many ties change")
    leaves_by = _("Before anything is set: 18 and 36 months. With many ties, saving takes seconds.")
    list_display = ("__str__", "changed_at")
    search_fields = ("active_months",)
    fieldsets = ((None, {"fields": ("active_months", "unconfirmed_months")}),)

    def previewed(self, form: ModelForm) -> dict:
        """How many ties go from which word to which."""
        values = form.cleaned_data
        moved = moved_by(Limits(values["active_months"], values["unconfirmed_months"]))
        return {"moved": moved.in_words(), "count": len(moved.ties)}

    def save_related(self, request: HttpRequest, form: ModelForm, formsets, change: bool) -> None:
        """The ties follow at once."""
        super().save_related(request, form, formsets, change)
        count = follow_limits()
        said = ngettext("%(count)s tie changed.", "%(count)s ties changed.", count)
        self.message_user(request, said % {"count": count}, messages.INFO)
