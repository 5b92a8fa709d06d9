"""What proves a tie, with its file: checked when it comes in, never linked to where it lies."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from relationships.admin.sides import OfATieForm
from relationships.models import Evidence, TieEvent
from sistercities.admin import RegistryAdmin, in_words
from sistercities.admin.files import FILE_INPUT, OwnFileForm
from sistercities.admin.registry import WEB_ADDRESSES
from sistercities.templatetags.ui import file_size


class EvidenceForm(OwnFileForm, OfATieForm):
    """Evidence on a page of its own, where it may name an event of the same tie."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "event" in self.fields:
            self.fields["event"].queryset = TieEvent.objects.filter(tie=self.known_tie)

    def clean(self) -> dict:
        """An event of the tie that the evidence is for."""
        values = super().clean() or self.cleaned_data
        event, tie = values.get("event"), values.get("tie")
        if event and tie and event.tie_id != tie.pk:
            self.add_error("event", ValidationError(_("This event belongs to another tie.")))
        return values


@admin.register(Evidence)
class EvidenceAdmin(RegistryAdmin):
    """A document, a register, a press page, a word. Nothing is derived from it."""

    form = EvidenceForm
    formfield_overrides = WEB_ADDRESSES | FILE_INPUT
    leaves_by = _("Evidence is removed on the page of its tie, with a reason.")
    list_display = (
        *("title", "tie", "kind", in_words("date", _("date")), "is_public", "download"),
    )
    list_filter = ("kind", "is_public", ("file", admin.EmptyFieldListFilter))
    row_relations = ("tie__city_a", "tie__city_b")
    search_fields = ("tie__sort_name", "url")
    search_help_text = _("Cities, words of the title, or part of the web address")
    autocomplete_fields = ("tie",)
    readonly_fields = ("download", "sha256", "file_size")
    fieldsets = (
        (None, {"fields": ("tie", "event", "kind", "title", "date", "url")}),
        (_("File"), {"fields": ("file", "is_public", "download", ("sha256", "file_size"))}),
    )

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """Without the field of the file for those who only read: it would name its place."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, options | {"fields": [one for one in options["fields"] if one != "file"]})
            for name, options in fieldsets
        ]

    @admin.display(description=_("file"))
    def download(self, evidence: Evidence) -> str | None:
        """A link to the file by its original name."""
        if not evidence.file:
            return None
        size = file_size(evidence.file_size)
        return format_html('<a href="{}">{}</a> ({})', evidence.file_url, evidence.file_name, size)
