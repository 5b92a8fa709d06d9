"""Advice, as the national office gives it: a queue, each request with its conversation, and who
answers by when. The acts stand in `advicepages`."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.admin import advicepages
from committees.models import AdviceRequest
from sistercities.admin import RegistryAdmin
from sistercities.editing.once import new_nonce
from sistercities.templatetags.ui import long_date


class DueFilter(admin.SimpleListFilter):
    """Those that should have been answered by now."""

    title = gettext_lazy("day")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        """One kind."""
        return [("over", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The overdue ones."""
        return queryset.overdue() if self.value() == "over" else queryset


class OwnerFilter(admin.SimpleListFilter):
    """Whose they are."""

    title = gettext_lazy("who answers")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple]:
        """Mine, and those that nobody took."""
        return [("mine", _("Mine")), ("nobody", _("Nobody yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """As chosen."""
        owner = {"mine": request.user, "nobody": None}
        return queryset.filter(owner=owner[self.value()]) if self.value() in owner else queryset


@admin.register(AdviceRequest)
class AdviceRequestAdmin(RegistryAdmin):
    """What committees ask. Who answers and by when is changed here; the rest by its own acts."""

    change_form_template = "admin/advice/request.html"
    leaves_by = gettext_lazy("A request is not deleted: it is closed with a reason.")
    list_display = ("subject", "committee", "due", "who", "state", "topic")
    list_filter = ("state", DueFilter, OwnerFilter, "topic")
    row_relations = ("committee", "asked_by", "owner", "closed_by")
    search_fields = ("committee__sort_name", "subject")
    date_hierarchy = "asked_at"
    readonly_fields = (
        *("committee", "subject", "asked_by", "language", "state", "asked_at", "waits_since"),
        *("closed_at", "closed_by", "closed_because"),
    )
    fieldsets = (
        (gettext_lazy("Who answers, by when"), {"fields": ("owner", "due_on", "topic")}),
        (
            gettext_lazy("The request"),
            {
                "fields": (
                    ("committee", "asked_by", "language"),
                    ("state", "asked_at", "waits_since"),
                    ("closed_at", "closed_by", "closed_because"),
                )
            },
        ),
    )

    def get_urls(self) -> list:
        """With the acts."""
        acts = {
            "answer": advicepages.Answer,
            "take": advicepages.Take,
            "close": advicepages.Close,
            "reopen": advicepages.Reopen,
        }
        return [
            *(
                path(f"<int:pk>/{name}/", act.of(self), name=f"committees_advicerequest_{name}")
                for name, act in acts.items()
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: committees ask at their desks."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        """With the conversation, and a form to answer for who may."""
        asked = self.get_object(request, unquote(object_id))
        extra = dict(extra_context or {})
        if asked is not None and self.has_view_or_change_permission(request, asked):
            extra |= advicepages.conversation(asked)
            if self.has_change_permission(request, asked) and not asked.is_closed:
                extra |= {
                    "answer_form": advicepages.Answer.fresh_form(asked),
                    "nonce": new_nonce(),
                }
        return super().change_view(request, object_id, form_url, extra)

    def save_model(self, request: HttpRequest, obj: AdviceRequest, form, change: bool) -> None:
        """Only what the form asks: an answer that came meanwhile keeps its state."""
        current = AdviceRequest.objects.select_for_update().get(pk=obj.pk)
        for name in form.changed_data:
            setattr(current, name, getattr(obj, name))
        super().save_model(request, current, form, change)

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """Colleagues are chosen here, not made."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "owner":
            for link in ("add", "change", "view", "delete"):
                setattr(field.widget, f"can_{link}_related", False)
        return field

    @admin.display(description=gettext_lazy("who answers"), ordering="owner__name")
    def who(self, asked: AdviceRequest) -> str:
        """Somebody of the office."""
        return str(asked.owner or "–")

    @admin.display(description=gettext_lazy("to be answered by"), ordering="due_on")
    def due(self, asked: AdviceRequest) -> str:
        """The day, with a word when it is over."""
        if asked.state != AdviceRequest.State.OPEN:
            return "–"
        if not asked.is_overdue:
            return long_date(asked.due_on)
        days = (timezone.localdate() - asked.due_on).days
        late = ngettext("overdue by %(days)s day", "overdue by %(days)s days", days)
        return format_html(
            "{} <strong>({})</strong>", long_date(asked.due_on), late % {"days": days}
        )
