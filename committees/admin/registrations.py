"""The registration desk of a convention: who is registered, who came, several at once."""

from collections import defaultdict
from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.conventions import checking_in
from committees.forms.registration import RegistrationRules
from committees.models import Registration
from sistercities import exports
from sistercities.admin import RegistryAdmin
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm, ReasonForm
from sistercities.models.base import WrongState
from sistercities.spreadsheets import as_csv

AT_ONCE = 200
NAMED_IN_A_MESSAGE = 5
EXPORTED = (
    *("convention", "committee", "name", "email", "capacity", "state", "came_at"),
    "registered_at",
)
Act = Callable[..., None]


class RegistrationForm(RegistrationRules, ReasonForm):
    """A registration as the office enters it."""


@admin.register(Registration)
class RegistrationAdmin(RegistryAdmin):
    """Who comes to which convention. Whether they stand and came is changed by the actions."""

    form = RegistrationForm
    action_form = ReasonActionForm
    actions = ("check_in", "take_back", "withdraw", "reinstate", "export")
    leaves_by = gettext_lazy("A registration is not deleted: it is withdrawn.")
    list_display = ("name", "capacity", "committee", "state", "attended_at", "convention")
    list_filter = (
        ("convention", admin.RelatedOnlyFieldListFilter),
        "capacity",
        "state",
        ("attended_at", admin.EmptyFieldListFilter),
    )
    row_relations = ("convention", "committee", "person", "checked_in_by")
    search_fields = ("sort_name", "email", "committee__sort_name")
    autocomplete_fields = ("convention", "committee", "person")
    readonly_fields = ("state", "attended_at", "checked_in_by")
    fieldsets = (
        (None, {"fields": ("convention", "committee", "capacity")}),
        (gettext_lazy("Who"), {"fields": ("name", "email", "person")}),
        (gettext_lazy("Attendance"), {"fields": ("state", "attended_at", "checked_in_by")}),
    )

    @admin.action(description=gettext_lazy("Check in: they are here"), permissions=["change"])
    def check_in(self, request: HttpRequest, queryset: QuerySet) -> None:
        """They are here."""
        reason = _("Checked in at the convention")
        done = self._each(request, queryset, checking_in.check_in, reason)
        if done:
            text = ngettext("%(count)s was checked in.", "%(count)s were checked in.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Take the check-in back"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        """They are not here after all."""
        done = self._each(request, queryset, checking_in.take_back)
        if done:
            text = ngettext(
                "%(count)s check-in was taken back.", "%(count)s check-ins were taken back.", done
            )
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Withdraw the registration"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        """They do not come."""
        done = self._each(request, queryset, checking_in.withdraw)
        if done:
            text = ngettext("%(count)s was withdrawn.", "%(count)s were withdrawn.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Let it stand again"), permissions=["change"])
    def reinstate(self, request: HttpRequest, queryset: QuerySet) -> None:
        """They come after all."""
        done = self._each(request, queryset, checking_in.reinstate)
        if done:
            text = ngettext("%(count)s stands again.", "%(count)s stand again.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Export as CSV (is logged)"), permissions=["change"])
    def export(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """The chosen rows as a file; that it was taken is written down."""
        rows = [_exported(row) for row in queryset.select_related("convention", "committee")]
        exports.note(
            request,
            "registrations",
            rows=len(rows),
            filters=request.GET.urlencode(),
            why=request.POST.get("change_reason", ""),
        )
        response = HttpResponse(as_csv([EXPORTED, *rows]), content_type="text/csv; charset=utf-8")
        name = f"registrations-{timezone.localdate().isoformat()}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _each(self, request: HttpRequest, queryset: QuerySet, act: Act, reason: str = "") -> int:
        """Do it with each row for the reason that came; say which ones were skipped and why."""
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON] or reason
        if not reason:
            text = _("Nothing was changed: write the reason first.")
            self.message_user(request, text, messages.ERROR)
            return 0
        chosen = list(queryset[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            text = _("Choose at most %(most)s rows at once.") % {"most": AT_ONCE}
            self.message_user(request, text, messages.ERROR)
            return 0
        done, skipped = 0, defaultdict(list)
        for row in chosen:
            try:
                act(row, by=request.user, reason=reason)
            except WrongState as why:
                skipped[str(why)].append(row)
            else:
                self.log_change(request, row, reason)
                done += 1
        for why, rows in skipped.items():
            names = ", ".join(row.name for row in rows[:NAMED_IN_A_MESSAGE])
            rest = len(rows) - NAMED_IN_A_MESSAGE
            if rest > 0:
                names = _("%(names)s and %(rest)s more") % {"names": names, "rest": rest}
            text = _("Skipped: %(names)s. %(why)s") % {"names": names, "why": why}
            self.message_user(request, text, messages.WARNING)
        return done


def _exported(row: Registration) -> tuple:
    return (
        *(row.convention, row.committee, row.name, row.email, row.capacity, row.state),
        row.attended_at and timezone.localtime(row.attended_at).isoformat(timespec="minutes"),
        row.created_at.date().isoformat(),
    )
