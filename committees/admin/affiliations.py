"""Memberships of the association, the letters that name delegates, and the roll."""

import datetime

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.dues.roll import associations, roll
from committees.models import Affiliation, Delegation, Dues
from committees.models.affiliation import Standing
from sistercities.admin import RegistryAdmin
from sistercities.admin.acts import OfficeSight, day_field
from sistercities.admin.registry import RowsBelow
from sistercities.templatetags.ui import money

STANDINGS = dict(Standing.choices)


class DuesBelow(RowsBelow):
    """What was charged, year by year; charged and paid on pages of their own."""

    model = Dues
    fields = readonly_fields = ("year", "sum", "due_on", "last_day", "waived_on")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """By charging a year."""
        return False

    @admin.display(description=_("amount"))
    def sum(self, dues: Dues) -> str:
        """With its currency."""
        return money(dues.amount, dues.currency)


class StandingFilter(admin.SimpleListFilter):
    """How they stand today."""

    title = _("standing today")
    parameter_name = "standing"

    def lookups(self, request, model_admin) -> list[tuple]:
        """Three."""
        return Standing.choices

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        """As chosen, of those that run today."""
        chosen = self.value()
        return queryset.current().filter(standing=chosen) if chosen in STANDINGS else queryset


@admin.register(Affiliation)
class AffiliationAdmin(RegistryAdmin):
    """Which committees belong to which association, as what, and how they stand."""

    leaves_by = _("A membership is not deleted: it ends on a day.")
    list_display = ("committee", "association", "kind", "since", "until", "today")
    list_filter = ("kind", StandingFilter, ("until", admin.EmptyFieldListFilter))
    row_relations = ("committee", "association", "accredited_by")
    search_fields = ("committee__sort_name", "committee__short_name")
    autocomplete_fields = ("committee", "association")
    readonly_fields = ("accredited_by", "today")
    inlines = (DuesBelow,)
    change_list_template = "admin/dues/affiliations.html"
    fieldsets = (
        (None, {"fields": ("committee", "association", "kind", ("since", "until"), "today")}),
        (_("Accreditation"), {"fields": ("accredited_on", "note", "accredited_by")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the standing of today."""
        return super().get_queryset(request).with_standing()

    @admin.display(description=pgettext_lazy("of a committee", "standing"), ordering="standing")
    def today(self, row: Affiliation) -> str:
        """How it stands today; nothing for one that does not run."""
        if row.pk is None or not row.runs(timezone.localdate()):
            return "–"
        return STANDINGS[row.standing]

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Whose it is stays, since dues hang on it."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "committee", "association") if obj else fields

    def save_model(self, request: HttpRequest, obj: Affiliation, form, change) -> None:
        """Who entered it answers for the board's act."""
        if not change:
            obj.accredited_by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list:
        """With the roll."""
        return [
            path("roll/", RollPage.of(self), name="committees_affiliation_roll"),
            *super().get_urls(),
        ]


class RollForm(forms.Form):
    """Of whom, and on which day."""

    association = forms.ChoiceField(label=_("Association"))
    on = day_field(label=_("On the day"))

    def __init__(self, *args, known: dict, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["association"].choices = [(str(pk), one.name) for pk, one in known.items()]
        self.fields["on"].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RollPage(OfficeSight):
    """The roll on a day: in good standing, delinquent, votes, delegates. It prints."""

    right = "committees.view_affiliation"
    title = _("Roll of the association")
    template_name = "admin/dues/roll.html"

    def get_context_data(self, **kwargs) -> dict:
        """Of the national association and today, unless the address says otherwise."""
        known = {one.pk: one for one in associations()}
        first = next(iter(known), None)
        asked = {"association": str(first or ""), "on": timezone.localdate()}
        asked |= {name: self.request.GET[name] for name in asked if name in self.request.GET}
        form = RollForm(asked, known=known)
        context = {"form": form, "roll": None}
        if known and form.is_valid():
            on: datetime.date = form.cleaned_data["on"]
            context["roll"] = roll(known[int(form.cleaned_data["association"])], on)
            names = self.request.user.has_perm("committees.view_delegation")
            context["shows_delegates"] = names
        return super().get_context_data(**kwargs) | context


@admin.register(Delegation)
class DelegationAdmin(RegistryAdmin):
    """Who votes for a committee, named by its letter."""

    leaves_by = _("A letter is not deleted: it ends on a day.")
    list_display = ("committee", "role", "person", "since", "until", "letter_file")
    list_filter = ("role", ("until", admin.EmptyFieldListFilter))
    row_relations = ("committee", "person", "letter")
    search_fields = ("committee__sort_name",)
    read_columns = ("person__name",)
    autocomplete_fields = ("committee", "person")
    readonly_fields = ("letter_file",)
    fieldsets = (
        (None, {"fields": ("committee", "role", "person", ("since", "until"), "letter_file")}),
    )

    @admin.display(description=_("letter"))
    def letter_file(self, row: Delegation) -> str:
        """A link to the file that came at the desk."""
        if row.letter is None:
            return "–"
        return format_html('<a href="{}">{}</a>', row.letter.get_absolute_url(), row.letter)
