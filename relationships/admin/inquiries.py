"""The yearly inquiry as the office sees it: who was asked, who is silent, what sides told us."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relationships.admin.sides import OfATieForm
from relationships.models import Correction, Inquiry, SideContact
from sistercities.admin import ReadOnlyAdmin, RegistryAdmin

BOTH = ("tie__city_a", "tie__city_b")


class Silence(admin.SimpleListFilter):
    """The office's own task: those whom mail does not reach."""

    title = _("answer")
    parameter_name = "silent"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        """Three kinds."""
        return [
            ("yes", _("Asked three times, no answer")),
            ("open", _("Not answered yet")),
            ("no", _("Answered")),
        ]

    def queryset(self, request: HttpRequest, queryset):
        """The chosen kind."""
        match self.value():
            case "yes":
                return queryset.silent()
            case "open":
                return queryset.filter(answered_at=None)
            case "no":
                return queryset.exclude(answered_at=None)
        return queryset


@admin.register(Inquiry)
class InquiryAdmin(ReadOnlyAdmin):
    """Who was asked about which side; the command send_campaign writes them."""

    list_display = ("tie", "city", "to", "year", "times", "last_on", "answer", "answered_at")
    list_filter = (Silence, "answer", "year")
    row_relations = BOTH
    search_fields = ("tie__sort_name", "to")
    date_hierarchy = "last_on"
    fields = (
        *("tie", "city", "to", "language", "year", "times", "first_on", "last_on"),
        *("answer", "answered_at"),
    )

    @admin.display(description=_("city"))
    def city(self, inquiry: Inquiry) -> str:
        """Whose side is asked."""
        return inquiry.city.name


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """What sides told us. Put it right on the page of the tie, then mark it as dealt with."""

    list_display = ("tie", "kind", "text", "year", "told_at", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter), "kind")
    row_relations = (*BOTH, "done_by")
    search_fields = ("tie__sort_name", "text")
    date_hierarchy = "told_at"
    actions = ("mark_done",)
    fields = ("tie", "city", "kind", "text", "year", "told_by", "told_at", "done_at", "done_by")

    @admin.display(description=_("city"))
    def city(self, correction: Correction) -> str:
        """Whose side told it."""
        tie = correction.tie
        return (tie.city_a if correction.side == "a" else tie.city_b).name

    def has_mark_done_permission(self, request: HttpRequest) -> bool:
        """Whoever was granted the right to change corrections."""
        return request.user.has_perm("relationships.change_correction")

    @admin.action(description=_("Mark as dealt with"), permissions=["mark_done"])
    def mark_done(self, request: HttpRequest, queryset) -> None:
        """Take them from the open ones."""
        count = queryset.filter(done_at=None).update(done_at=timezone.now(), done_by=request.user)
        said = ngettext(
            "%(n)s correction is dealt with.", "%(n)s corrections are dealt with.", count
        )
        self.message_user(request, said % {"n": count}, messages.SUCCESS)


@admin.register(SideContact)
class SideContactAdmin(RegistryAdmin):
    """Whom to ask where a side has no committee."""

    form = OfATieForm
    leaves_by = _("A contact is not deleted: say since when it is not used.")
    list_display = ("tie", "side", "email", "language", "given_by", "stopped_on")
    list_filter = ("language", ("stopped_on", admin.EmptyFieldListFilter))
    row_relations = BOTH
    search_fields = ("tie__sort_name", "email")
    autocomplete_fields = ("tie",)
    fieldsets = (
        (None, {"fields": ("tie", "side", "email", "language", "given_by", "stopped_on")}),
    )
