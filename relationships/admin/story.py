"""The rows that a tie's axes follow from: events, answers, statements."""

import hashlib
import json

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from relationships.admin.following import OfATie
from relationships.admin.sides import OfATieForm
from relationships.models import Confirmation, Statement, TieEvent
from sistercities.admin import in_words


@admin.register(TieEvent)
class TieEventAdmin(OfATie):
    """One step in the life of a tie."""

    form = OfATieForm
    leaves_by = _("An event is removed on the page of its tie, with a reason.")
    list_display = ("tie", "kind", in_words("date", _("date")), "date_text", "place")
    list_filter = ("kind",)
    search_fields = ("tie__sort_name", "place")
    fieldsets = (
        (None, {"fields": ("tie", "kind", ("date", "date_text"), "place")}),
        (_("Public note"), {"fields": ("note_es", "note_en")}),
        (_("For the office only"), {"fields": ("private_note",)}),
    )


@admin.register(Confirmation)
class ConfirmationAdmin(OfATie):
    """What one side answered, and when."""

    form = OfATieForm
    leaves_by = _("An answer is not deleted: the side's next answer replaces it.")
    list_display = ("tie", "side_name", "answer", "answered_on", "answered_as")
    list_filter = ("answer", "is_demo")
    search_fields = ("tie__sort_name",)
    date_hierarchy = "answered_on"
    fieldsets = (
        (None, {"fields": ("tie", "side", "answer", "answered_on", "answered_as")}),
        (_("For the office only"), {"fields": ("answered_by", "note", "is_demo")}),
    )

    @admin.display(description=_("side"), ordering="side")
    def side_name(self, answer: Confirmation) -> str:
        """The name of the city that answered."""
        return (answer.tie.city_a if answer.side == "a" else answer.tie.city_b).name


@admin.register(Statement)
class StatementAdmin(OfATie):
    """What one source or one side says. Its words are kept; whose they are may be put right."""

    form = OfATieForm
    leaves_by = _("A statement is not deleted: it was said. Undo an import as a whole.")
    list_display = ("tie", "source", "side_name", "kind_text", "date_text", "stated_at")
    list_filter = ("said_by",)
    row_relations = ("tie__city_a", "tie__city_b", "batch")
    search_fields = ("tie__sort_name", "source")
    readonly_fields = ("as_written", "stated_at", "batch")
    fieldsets = (
        (None, {"fields": ("tie", "source", "source_ref", "said_by")}),
        (_("In its own words"), {"fields": ("kind_text", "date_text", "as_written")}),
        (_("Where it came from"), {"fields": (("stated_at", "batch"),)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """What was said stays word for word, under the tie it speaks of."""
        fields = super().get_readonly_fields(request, obj)
        said = ("tie", "source", "source_ref", "kind_text", "date_text")
        return (*fields, *said) if obj else fields

    def save_model(self, request: HttpRequest, obj: Statement, form: ModelForm, change) -> None:
        """A statement taken in by hand gets the fingerprint of its words."""
        if not change:
            words = [obj.tie_id, obj.source, obj.source_ref, obj.said_by]
            words += [obj.kind_text, obj.date_text, str(obj.stated_at or ""), request.user.pk]
            obj.fingerprint = hashlib.sha256(json.dumps(words).encode()).hexdigest()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("said by"), ordering="said_by")
    def side_name(self, statement: Statement) -> str:
        """The name of the city that says so; empty for a third party."""
        names = {"a": statement.tie.city_a.name, "b": statement.tie.city_b.name}
        return names.get(statement.said_by, "")

    @admin.display(description=_("as written"))
    def as_written(self, statement: Statement) -> str:
        """The row of the source, column by column."""
        said = statement.verbatim
        columns = said.items() if isinstance(said, dict) else [("", said)]
        return format_html_join("\n", "<p>{}: {}</p>", columns)
