"""People, their memberships, offices and terms. All of it is private."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from committees.admin.committees import TermsBelow
from committees.admin.invitations import InvitesPeople
from committees.mailing import readers_of_people
from committees.models import Consent, Membership, Office, OfficeTerm, Person
from sistercities.admin import RegistryAdmin
from sistercities.admin.mailing import Writes
from sistercities.admin.merging import Mergeable, MergedFilter
from sistercities.admin.reasons import ReasonForm
from sistercities.admin.registry import RowsBelow


class MembershipsBelow(RowsBelow):
    """The committees that a person belongs or belonged to."""

    model = Membership
    row_relations = ("person", "committee")
    fields = ("committee", "category", "since", "until", "dues_paid_until")
    autocomplete_fields = ("committee",)
    can_delete = False


class HeldTermsBelow(TermsBelow):
    """The offices that a person holds or held."""

    fields = ("committee", "office", "begins", "ends")
    autocomplete_fields = ("committee", "office")


class ConsentsBelow(RowsBelow):
    """What the person agreed to have shown; recorded and withdrawn at the committee's desk."""

    model = Consent
    row_relations = ("person", "committee")
    fields = readonly_fields = ("committee", "what", "given_on", "withdrawn_on", "wording")
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None) -> bool:
        """Never here: the wording is shown at the desk."""
        return False


@admin.register(Person)
class PersonAdmin(Mergeable, InvitesPeople, Writes, RegistryAdmin):
    """Someone who takes part. Nothing of this page is public but a name with consent."""

    leaves_by = _("A person is not deleted here: end the memberships and terms by a date.")
    list_display = ("name", "email", "user", "is_demo")
    list_filter = ("is_demo", MergedFilter)
    row_relations = ("user",)
    search_fields = ("email", "phone")
    read_columns = ("name",)
    autocomplete_fields = ("user",)
    inlines = (MembershipsBelow, HeldTermsBelow, ConsentsBelow)
    fieldsets = (
        (None, {"fields": ("name", "email", "phone", "user")}),
        (_("For the office only"), {"fields": ("notes", "is_demo")}),
    )

    def readers_for(self, rows):
        """Everybody themselves."""
        return readers_of_people(rows)


@admin.register(Membership)
class MembershipAdmin(RegistryAdmin):
    """Who belongs to which committee, since when and until when."""

    leaves_by = _("A membership is not deleted: it ends on a day.")
    list_display = ("person", "committee", "category", "since", "until", "dues_paid_until")
    list_filter = ("category", ("until", admin.EmptyFieldListFilter))
    row_relations = ("person", "committee")
    search_fields = ("committee__sort_name", "person__email")
    read_columns = ("person__name",)
    date_hierarchy = "since"
    autocomplete_fields = ("person", "committee")
    fieldsets = (
        (None, {"fields": ("person", "committee", "category", ("since", "until"))}),
        (_("Dues"), {"fields": ("dues_paid_until",)}),
    )


class OfficeForm(ReasonForm):
    """An office, named in one language at least."""

    def clean(self) -> None:
        """A name in either language."""
        if not (self.cleaned_data.get("name_es") or self.cleaned_data.get("name_en")):
            raise ValidationError(_("Write the name in Spanish or in English."))


@admin.register(Office)
class OfficeAdmin(RegistryAdmin):
    """The offices of a board and the rights that come with them."""

    form = OfficeForm
    leaves_by = _("An office is not deleted: terms of office name it.")
    list_display = ("name", "code", "role", "is_exclusive", "rank")
    list_filter = ("role", "is_exclusive")
    search_fields = ("code",)
    read_columns = ("name_es", "name_en")
    fieldsets = (
        (
            None,
            {"fields": ("name_es", "name_en", "code", "role", "is_exclusive", "on_board", "rank")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Whether it has one holder is copied into its terms: decided before the first one."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "is_exclusive") if obj and obj.terms.exists() else fields


@admin.register(OfficeTerm)
class OfficeTermAdmin(RegistryAdmin):
    """Who holds which office of which committee, from the first to the last day."""

    leaves_by = _("A term is not deleted: it ends on a day, and the rights with it.")
    list_display = ("office", "person", "committee", "begins", "ends")
    list_filter = (("ends", admin.EmptyFieldListFilter), "office__role")
    row_relations = ("office", "person", "committee")
    search_fields = ("committee__sort_name", "person__email")
    read_columns = ("person__name",)
    date_hierarchy = "begins"
    autocomplete_fields = ("office", "committee", "person")
    fieldsets = ((None, {"fields": ("committee", "office", "person", ("begins", "ends"))}),)
