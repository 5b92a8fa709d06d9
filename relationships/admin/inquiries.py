"""The yearly inquiry as the office sees it: who was asked, who is silent, what sides told us."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from relationships.admin.sides import OfATieForm
from relationships.models import Correction, Inquiry, SideContact
from sistercities.admin import ReadOnlyAdmin, RegistryAdmin
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm

BOTH = ("tie__city_a", "tie__city_b")
MOST_DECIDED = 200
Decision = SideContact.Decision


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


class Decided(admin.SimpleListFilter):
    """The queue of addresses that desks entered, and what became of the others."""

    title = _("decision of the office")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        """What waits comes first."""
        return [("waiting", _("To approve")), *Decision.choices]

    def queryset(self, request: HttpRequest, queryset):
        """The chosen kind."""
        if self.value() == "waiting":
            return queryset.to_approve()
        return queryset.filter(decision=self.value()) if self.value() in Decision else queryset


@admin.register(SideContact)
class SideContactAdmin(RegistryAdmin):
    """Whom to ask where a side has no committee. What a desk entered is used once approved."""

    form = OfATieForm
    action_form = ReasonActionForm
    actions = ("approve", "refuse")
    leaves_by = _("A contact is not deleted: say since when it is not used.")
    list_display = ("tie", "side", "email", "language", "given_by", "decision", "stopped_on")
    list_filter = (Decided, "language", ("stopped_on", admin.EmptyFieldListFilter))
    row_relations = (*BOTH, "decided_by")
    search_fields = ("tie__sort_name", "email")
    autocomplete_fields = ("tie",)
    readonly_fields = ("decision", "decision_reason", "decided_at", "decided_by")
    fieldsets = (
        (None, {"fields": ("tie", "side", "email", "language", "given_by", "stopped_on")}),
        (_("Decision"), {"fields": ("decision", "decision_reason", "decided_at", "decided_by")}),
    )

    def save_model(self, request: HttpRequest, obj: SideContact, form, change: bool) -> None:
        """What the office enters itself needs nobody's approval."""
        if not change:
            obj.decide(Decision.APPROVED, by=request.user, reason=form.reason)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Approve: we may write to it"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset) -> None:
        """From now on the yearly mails go there."""
        self._decide(request, queryset, Decision.APPROVED)

    @admin.action(description=_("Refuse, with a reason"), permissions=["change"])
    def refuse(self, request: HttpRequest, queryset) -> None:
        """Nobody writes to it; the desk reads the reason."""
        if not request.POST.get("change_reason", "").strip():
            self.message_user(request, _("Say why it is refused."), messages.ERROR)
            return
        self._decide(request, queryset, Decision.REFUSED)

    def _decide(self, request: HttpRequest, queryset, decision: str) -> None:
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON]
        chosen = list(queryset.exclude(decision=decision)[: MOST_DECIDED + 1])
        if len(chosen) > MOST_DECIDED:
            text = gettext("Choose at most %(most)s rows at once.") % {"most": MOST_DECIDED}
            self.message_user(request, text, messages.ERROR)
            return
        with transaction.atomic():
            for contact in chosen:
                contact.decide(decision, by=request.user, reason=reason)
                contact.save()
                self.log_change(request, contact, reason or Decision(decision).label)
        said = ngettext("%(n)s address was decided.", "%(n)s addresses were decided.", len(chosen))
        self.message_user(request, said % {"n": len(chosen)}, messages.SUCCESS)
