"""Committees and associations."""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from committees.admin.coordination import CoordinationFilter
from committees.admin.countries import CountryFilter, InACountry
from committees.findable import refresh_committees
from committees.mailing import readers_of_committees
from committees.models import CommitteeCity, OfficeTerm
from sistercities.admin import ReviewedAdmin, in_words
from sistercities.admin.mailing import Writes
from sistercities.admin.registry import RowsBelow, SentRows
from sistercities.admin.slugs import AddressedForm


class CommitteeForm(AddressedForm):
    """A committee."""

    subject = "committee"


class CitiesBelow(RowsBelow):
    """The cities that the committee serves or served."""

    model = CommitteeCity
    row_relations = ("committee", "city__region")
    fields = ("city", "since", "until")
    autocomplete_fields = ("city",)
    show_change_link = False


class TermsFormSet(SentRows):
    """No two holders of an exclusive office on one day, also among the rows of one form."""

    def clean(self) -> None:
        """Compare the rows with each other; each compares itself with what is stored."""
        super().clean()
        rows = [form.instance for form in self.forms if form.cleaned_data.get("begins")]
        rows = [row for row in rows if row.office_id and row.office.is_exclusive]
        rows.sort(key=lambda row: (*_board(row), row.begins))
        for earlier, later in pairwise(rows):
            if _board(earlier) == _board(later) and (
                earlier.ends is None or earlier.ends >= later.begins
            ):
                raise ValidationError(
                    _("%(office)s: two people hold this office on some of these days."),
                    params={"office": earlier.office},
                )


def _board(term: OfficeTerm) -> tuple[int, int]:
    return term.committee_id or 0, term.office_id


class TermsBelow(RowsBelow):
    """Who holds or held which office."""

    model = OfficeTerm
    row_relations = ("office", "person")
    formset = TermsFormSet
    fields = ("office", "person", "begins", "ends")
    autocomplete_fields = ("office", "person")
    can_delete = False


class CommitteePages(Writes, ReviewedAdmin, InACountry):
    """Committees of every level; published ones have a page for ever."""

    form = CommitteeForm
    leaves_by = _("A committee is not deleted: it is dissolved, and its page stays.")
    list_display = (
        "name",
        "level",
        "country",
        "state",
        "review",
        in_words("founded", _("founded")),
    )
    list_filter = ("review", "level", "state", CoordinationFilter, CountryFilter, "is_demo")
    search_fields = ("sort_name", "short_name", "public_email")
    autocomplete_fields = ("parent",)
    inlines = (CitiesBelow, TermsBelow)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "level", "country", "parent")}),
        (_("Its life"), {"fields": ("state", ("founded", "dissolved"), "is_demo")}),
        (
            _("Texts in Spanish"),
            {"fields": ("about_es", "mission_es", "meetings_es", "contact_role_es")},
        ),
        (
            _("Texts in English"),
            {"fields": ("about_en", "mission_en", "meetings_en", "contact_role_en")},
        ),
        (_("What everyone may see"), {"fields": ("public_email", "public_phone", "website")}),
        (_("Its page"), {"fields": ("slug", "colour")}),
        (_("Review"), {"fields": ("review", ("reviewed_by", "reviewed_at"))}),
    )

    def readers_for(self, rows):
        """Their coordinators, or their public addresses."""
        return readers_of_committees(rows)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Find them by their new names."""
        refresh_committees(committee.pk for committee in objects)
