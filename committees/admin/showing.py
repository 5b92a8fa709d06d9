"""What a committee shows on its page is hidden by the office at once, and shown again at once."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sistercities.admin import RegistryAdmin
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm

CHANGED_AT_ONCE = 200
SHOW, HIDE = "_show", "_hide"


class OnThePageAdmin(RegistryAdmin):
    """Only what is or once was on the public page: what was never shown is the committee's own.

    Whether it is shown is changed by the two actions, or by the button on the page of the object.
    """

    action_form = ReasonActionForm
    actions = ("hide", "show")
    change_form_template = "admin/on_the_page_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Those that everyone may see, or once could."""
        return super().get_queryset(request).ever_shown()

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Whose it is stays; whether it is shown is asked by a button of its own."""
        fields = (*super().get_readonly_fields(request, obj), "is_public")
        return (*fields, "committee") if obj else fields

    def get_view_on_site_url(self, obj=None) -> str | None:
        """Only where visitors find it."""
        is_there = obj is None or (obj.is_public and obj.committee.is_public)
        return super().get_view_on_site_url(obj) if is_there else None

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """The button hides or shows, and leaves the rest of the form alone."""
        if object_id and request.method == "POST" and {SHOW, HIDE} & set(request.POST):
            return self._pressed(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _pressed(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        rows = self.model.objects.filter(pk=row.pk)
        self._turn(request, rows, is_public=SHOW in request.POST)
        return HttpResponseRedirect(request.get_full_path())

    @admin.action(description=gettext_lazy("Hide from the public page"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Nobody but the committee sees them any more."""
        self._turn(request, queryset, is_public=False)

    @admin.action(description=gettext_lazy("Show on the public page"), permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Everyone sees them again."""
        self._turn(request, queryset, is_public=True)

    def _turn(self, request: HttpRequest, rows: QuerySet, *, is_public: bool) -> None:
        """Show or hide rows for the reason that came with the request, and say what was done."""
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON]
        if not reason:
            text = _("Nothing was changed: write the reason first.")
            self.message_user(request, text, messages.ERROR)
            return
        if rows.count() > CHANGED_AT_ONCE:
            text = _("Choose at most %(most)s rows at once.") % {"most": CHANGED_AT_ONCE}
            self.message_user(request, text, messages.ERROR)
            return
        changed, refused = rows.show(is_public, by=request.user, reason=reason)
        for row in changed:
            self.log_change(request, row, reason)
        for row, error in refused:
            why = {"name": row, "why": " ".join(error.messages)}
            self.message_user(request, _("Not shown: %(name)s. %(why)s") % why, messages.WARNING)
        count = len(changed)
        if is_public:
            text = ngettext("%(count)s is shown again.", "%(count)s are shown again.", count)
        else:
            text = ngettext("%(count)s is hidden now.", "%(count)s are hidden now.", count)
        if count or not refused:
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
