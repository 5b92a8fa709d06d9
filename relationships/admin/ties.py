"""Ties: what staff decide by, what follows from it, and the rows that it follows from."""

from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from committees.admin.places import FOUND_AT_MOST
from relationships.admin.figures import Counts, FigureFilter
from relationships.admin.reviews import TieReview
from relationships.admin.sides import SidedFormSet, listed
from relationships.deriving import derive
from relationships.mailing import readers_of_ties
from relationships.models import (
    Confirmation,
    Donation,
    Evidence,
    Exchange,
    Statement,
    Tie,
    TieCommittee,
    TieEvent,
)
from sistercities.admin import RegistryAdmin, ReviewedAdmin, in_words
from sistercities.admin.files import FILE_INPUT, OwnFileForm
from sistercities.admin.mailing import Writes
from sistercities.admin.merging import Mergeable
from sistercities.admin.registry import PLAIN_ADDRESSES, RowsBelow
from sistercities.search import find

OF_A_TIE = ("tie__city_a", "tie__city_b")
since, ended = in_words("since", _("since")), in_words("ended", _("ended"))


class EventsBelow(RowsBelow):
    """The story of the tie."""

    model = TieEvent
    fields = ("kind", "date", "date_text", "place")


class EvidenceBelow(RowsBelow):
    """What proves it."""

    model = Evidence
    form = OwnFileForm
    formfield_overrides = PLAIN_ADDRESSES | FILE_INPUT
    fields = ("kind", "title", "url", "date", "file", "is_public")


class ConfirmationsBelow(RowsBelow):
    """What the sides answered."""

    model = Confirmation
    formset = SidedFormSet
    row_relations = OF_A_TIE
    fields = ("side", "answer", "answered_on", "answered_as")
    can_delete = False


class StatementsBelow(RowsBelow):
    """Who says so, word for word."""

    model = Statement
    row_relations = OF_A_TIE
    fields = readonly_fields = ("source", "side", "kind_text", "date_text", "source_ref")
    can_delete = False

    @admin.display(description=_("said by"))
    def side(self, statement: Statement) -> str:
        """The name of the city that says so."""
        tie = statement.tie
        return {"a": tie.city_a.name, "b": tie.city_b.name}.get(statement.said_by, "")

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """On a page of its own."""
        return False


@admin.register(Tie)
class TieAdmin(Mergeable, TieReview, Counts, Writes, ReviewedAdmin):
    """A tie of two cities: one row for ever, its story is its events."""

    leaves_by = _("A tie is not deleted: add the event that ended it, or reject it.")
    list_display = ("__str__", "review", "status", "reciprocity", since, "last_confirmed", "kind")
    list_filter = (FigureFilter, "review", "status", "kind", "vitality", "reciprocity")
    row_relations = ("city_a__region", "city_b__region", "reviewed_by")
    search_fields = ("sort_name",)
    search_help_text = _("Any name of either city, or the number of the tie")
    autocomplete_fields = ("city_a", "city_b")
    inlines = (EventsBelow, EvidenceBelow, ConfirmationsBelow, StatementsBelow)
    readonly_fields = (
        *("stage", "vitality", "reciprocity", "status", since, ended),
        *("last_sign_of_life", "last_confirmed", "distance_km", "elsewhere"),
    )
    fieldsets = (
        (
            None,
            {"fields": (("city_a", "city_b"), "kind", "review", ("reviewed_by", "reviewed_at"))},
        ),
        (
            _("Agreement"),
            {
                "fields": (
                    ("fields_es", "fields_en"),
                    ("signatories_es", "signatories_en"),
                    ("term_es", "term_en"),
                )
            },
        ),
        (_("Text"), {"fields": ("summary_es", "summary_en")}),
        (
            _("What follows from its rows"),
            {
                "fields": (
                    ("status", "stage", "vitality", "reciprocity"),
                    (since, ended, "last_sign_of_life", "last_confirmed"),
                    ("distance_km", "elsewhere"),
                ),
                "description": _("Computed from events, answers, statements and exchanges."),
            },
        ),
        (_("Set by the office"), {"fields": (("vitality_override", "override_reason"),)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """The pair is chosen once: another pair is another tie."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "city_a", "city_b") if obj else fields

    def named(self, text: str) -> Q:
        """By the names of both cities, or any other name of one of them."""
        hits = find(text, subjects=("city",), limit=FOUND_AT_MOST)
        cities = [hit.object_id for hit in hits]
        return super().named(text) | Q(city_a__in=cities) | Q(city_b__in=cities)

    @admin.display(description=_("elsewhere"))
    def elsewhere(self, tie: Tie) -> str:
        """Links to the exchanges and donations of the tie."""
        if tie.pk is None:
            return ""
        kinds = (Exchange, Donation)
        links = ((listed(kind, tie, kind._meta.verbose_name_plural),) for kind in kinds)
        return format_html_join(" | ", "{}", links)

    def readers_for(self, rows):
        """Both sides of each tie."""
        return readers_of_ties(rows)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Recompute the axes, the cities, the counts and the search."""
        derive([tie.pk for tie in objects])


@admin.register(TieCommittee)
class TieCommitteeAdmin(RegistryAdmin):
    """A committee that exists for one single tie of its city."""

    leaves_by = _("A committee is dissolved, not deleted; it may be given to another tie.")
    list_display = ("committee", "tie")
    row_relations = ("committee", "tie__city_a", "tie__city_b")
    search_fields = ("committee__sort_name", "tie__sort_name")
    autocomplete_fields = ("committee", "tie")
    fieldsets = ((None, {"fields": ("committee", "tie")}),)
