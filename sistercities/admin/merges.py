"""What was merged, and taking it back; what may be the same."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sistercities.admin import queues
from sistercities.admin.acts import OfficeAct, put_beside, why_field
from sistercities.admin.merging import merge_url, url_of
from sistercities.admin.queues import Queue
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm
from sistercities.admin.registry import ReadOnlyAdmin, sentence_for
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Refused
from sistercities.merging.likeness import sentence_of
from sistercities.merging.planning import touched_by
from sistercities.merging.writes import Write
from sistercities.models import Duplicate, Merge


def link_to(model: type[models.Model], number: int, text: str) -> str:
    """A link to an object's page."""
    return format_html('<a href="{}">{}</a>', url_of(model(pk=number)), text)


def may_change(request: HttpRequest, model: type[models.Model]) -> bool:
    """Whether somebody may change objects of a kind."""
    return admin.site._registry[model].has_change_permission(request)


def kind_in_words(row: Merge | Duplicate) -> str:
    """The kind of both objects."""
    return capfirst(str(row.kind._meta.verbose_name))


@admin.display(description=gettext_lazy("kind of object"), ordering="model")
def kind_of_object(row: Merge | Duplicate) -> str:
    """As a column."""
    return kind_in_words(row)


class KindFilter(admin.SimpleListFilter):
    """Cities, committees, people or ties."""

    title = gettext_lazy("kind of object")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """Those that can be merged."""
        models_ = [kind.model for kind in kinds.everything()]
        return [(one._meta.label_lower, capfirst(one._meta.verbose_name)) for one in models_]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows of one kind."""
        return queryset.filter(model=self.value()) if self.value() else queryset


class OfKindsSeen:
    """Mixin: a list with rows of those kinds only whose objects somebody may see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Names of people are for those who may see people."""
        registered = admin.site._registry
        seen = [
            kind.model._meta.label_lower
            for kind in kinds.everything()
            if registered[kind.model].has_view_permission(request)
        ]
        return super().get_queryset(request).filter(model__in=seen)


@admin.register(Merge)
class MergeAdmin(OfKindsSeen, ReadOnlyAdmin):
    """Merges of the last year. Each can be taken back from its page."""

    change_form_template = "admin/merging/record.html"
    list_display = ("__str__", kind_of_object, "made_at", "by", "reason", "undone_at")
    list_filter = (KindFilter, ("undone_at", admin.EmptyFieldListFilter))
    row_relations = ("by", "undone_by")
    search_fields = ("kept_name", "gone_name", "reason")
    date_hierarchy = "made_at"
    fields = (
        *("kind_of_object", "gone_link", "kept_link", "moved", "made_at", "by", "reason"),
        *("undone_at", "undone_by", "undo_reason"),
    )
    readonly_fields = ("kind_of_object", "gone_link", "kept_link", "moved")

    def get_urls(self) -> list:
        """With the page that takes one back."""
        undo = path("<int:pk>/undo/", Undo.of(self), name="sistercities_merge_undo")
        return [undo, *super().get_urls()]

    @admin.display(description=gettext_lazy("kind of object"))
    def kind_of_object(self, record: Merge) -> str:
        """In words."""
        return kind_in_words(record)

    @admin.display(description=gettext_lazy("went"))
    def gone_link(self, record: Merge) -> str:
        """The record that became a part."""
        return link_to(record.kind, record.gone, record.gone_name)

    @admin.display(description=gettext_lazy("stayed"))
    def kept_link(self, record: Merge) -> str:
        """The record that it became part of."""
        return link_to(record.kind, record.kept, record.kept_name)

    @admin.display(description=gettext_lazy("what was written"))
    def moved(self, record: Merge) -> str:
        """How many rows of which kind."""
        touched = touched_by(map(Write.read, record.writes))
        said = (f"{capfirst(m._meta.verbose_name_plural)}: {len(n)}" for m, n in touched.items())
        return ", ".join(sorted(said)) or _("Not known any more.")

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        """With the button, for those who may change such objects."""
        context["can_undo"] = obj.can_be_undone and may_change(request, obj.kind)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class UndoForm(forms.Form):
    """Why."""

    reason = why_field(label=gettext_lazy("Why it is taken back"))


class Undo(OfficeAct):
    """Both records as they were before."""

    right = "sistercities.view_merge"
    form_class = UndoForm
    template_name = "admin/merging/undo.html"
    button = gettext_lazy("Take the merge back")
    message = gettext_lazy("Both records are as they were before.")

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """For those who may change such objects."""
        if not (request.user.has_perm(self.right) and may_change(request, self.object.kind)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Of what."""
        return _("Take back: %(merge)s") % {"merge": self.object}

    def do(self, form: UndoForm) -> str:
        """Write the old values; what stands in the way is said above the form."""
        record, reason = self.object, form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                acting.undo(record, by=self.request.user, reason=reason)
        except Refused as error:
            put_beside(form, error)
            return ""
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, record.kind))
            return ""
        both = kinds.kind_of(record.kind).rows().in_bulk([record.kept, record.gone])
        for one in both.values():
            self.log(one, f"{reason} · {_('merge taken back')}")
        return url_of(record)

    def get_context_data(self, **kwargs) -> dict:
        """With what would stand in the way."""
        record = self.object
        writes = [Write.read(one) for one in record.writes]
        in_the_way = acting.what_stands_in_the_way(record, writes) if record.can_be_undone else []
        return super().get_context_data(**kwargs) | {"record": record, "in_the_way": in_the_way}


@admin.register(Duplicate)
class DuplicateAdmin(OfKindsSeen, ReadOnlyAdmin):
    """Pairs that may be the same, the likeliest first; one click leads to the comparison."""

    action_form = ReasonActionForm
    actions = ("not_the_same",)
    list_display = ("score", "pair", kind_of_object, "why", "found_at", "decision")
    list_display_links = None
    list_filter = (KindFilter, "decision")
    search_fields = ("one_name", "other_name")
    ordering = ("-score", "pk")
    fields = (
        *("kind_of_object", "pair", "score", "why", "found_at"),
        *("decision", "decided_at", "decided_by", "decision_reason"),
    )
    readonly_fields = ("kind_of_object", "pair", "why")

    @admin.display(description=gettext_lazy("kind of object"))
    def kind_of_object(self, pair: Duplicate) -> str:
        """In words."""
        return kind_in_words(pair)

    @admin.display(description=gettext_lazy("pair"))
    def pair(self, pair: Duplicate) -> str:
        """Both names; while nobody has decided, a link to the comparison."""
        if pair.decision:
            return str(pair)
        return format_html('<a href="{}">{}</a>', merge_url(pair.kind, pair.one, pair.other), pair)

    @admin.display(description=gettext_lazy("why"))
    def why(self, pair: Duplicate) -> str:
        """The reasons in words."""
        return "; ".join(sentence_of(reason) for reason in pair.reasons)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whoever may change suggestions, though nobody changes one by hand."""
        return request.user.has_perm("sistercities.change_duplicate")

    @admin.action(description=gettext_lazy("They are not the same"), permissions=["decide"])
    def not_the_same(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Decided for good: the pair is not suggested again."""
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON]
        if not reason:
            text = _("Nothing was changed: write the reason first.")
            self.message_user(request, text, messages.ERROR)
            return
        count = queryset.filter(decision="").update(
            decision=Duplicate.Decision.DIFFERENT,
            decided_at=timezone.now(),
            decided_by=request.user,
            decision_reason=reason,
        )
        said = ngettext(
            "%(n)s pair is kept as two different ones.",
            "%(n)s pairs are kept as two different ones.",
            count,
        )
        self.message_user(request, said % {"n": count}, messages.SUCCESS)


def probable(pairs: QuerySet) -> QuerySet:
    """Pairs that nobody has looked at."""
    return pairs.open().annotate(waiting_since=F("found_at"))


queues.add(Queue("duplicates", 71, gettext_lazy("Probable duplicates"), Duplicate, probable))
