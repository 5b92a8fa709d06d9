"""Merging two objects of the office's pages: choose the other one, see both side by side and what
moves, type the name of the one that goes; and the other way round."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.admin.acts import OfficeAct, OfficeSight, put_beside, why_field
from sistercities.admin.comparing import in_words
from sistercities.admin.registry import number_of, sentence_for
from sistercities.folding import fold
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Kind, Refused
from sistercities.merging.planning import GONE, KEPT, Plan
from sistercities.models import Duplicate

FOUND_AT_MOST = 20
WITH = "with"


def url_of(row: models.Model, page: str = "change") -> str:
    """A page of the admin about an object."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def merge_url(model: type[models.Model], kept: int, gone: int) -> str:
    """The page on which two objects are compared."""
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}_merge"
    return f"{reverse(place, args=[kept])}?{WITH}={gone}"


class MergedFilter(admin.SimpleListFilter):
    """Records that are part of another one now, kept out of the list unless asked for."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """One choice beside the usual list."""
        return [("yes", _("Merged into another"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """The ones or the others."""
        if self.value() == "yes":
            return queryset.exclude(merged_into=None)
        return queryset.filter(merged_into=None)


class Mergeable(admin.ModelAdmin):
    """Mixin for pages of objects that can be merged. What was merged is only read."""

    def get_urls(self) -> list:
        """With the pages of merging."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<int:pk>/merge/", merge_page(self), name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict:
        """With one for two rows of the list."""
        actions = super().get_actions(request)
        if self.has_change_permission(request) and "_popup" not in request.GET:
            text = _("Merge the two chosen")
            actions["merge_chosen"] = (merge_chosen, "merge_chosen", text)
        return actions

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """As granted; nobody changes what is part of another record now."""
        if obj is not None and obj.merged_into_id is not None:
            return False
        return super().has_change_permission(request, obj)

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """Nobody chooses a merged record where another one is named."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        """With the link to the page of merging, or to the record that it became."""
        if obj is not None and obj.merged_into_id is not None:
            context["merged_url"] = url_of(obj.merged_into)
            context["merged_into"] = obj.merged_into
        elif obj is not None and self.has_change_permission(request, obj):
            context["merge_url"] = url_of(obj, "merge")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.action(description=gettext_lazy("Merge the two chosen"), permissions=["change"])
def merge_chosen(model_admin: admin.ModelAdmin, request: HttpRequest, rows) -> HttpResponse | None:
    """On to the page that compares them."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:3])
    if len(numbers) == 2:
        return redirect(merge_url(model_admin.model, *numbers))
    model_admin.message_user(request, _("Choose exactly two rows."), messages.ERROR)
    return None


def merge_page(model_admin: admin.ModelAdmin):
    """The page with the choice of the other one, or the comparison once it is chosen."""

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        view = Compare if WITH in request.GET else Choose
        return view.as_view(model_admin=model_admin)(request, pk=pk)

    return model_admin.admin_site.admin_view(page)


class OfOne:
    """Mixin: a page about an object that somebody may change, and that is still one of its own."""

    @property
    def right(self) -> str:
        """To change objects of this kind."""
        opts = self.model_admin.opts
        return f"{opts.app_label}.change_{opts.model_name}"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Rights on each of the objects; whoever comes too late reads what became of them."""
        if not self.model_admin.has_change_permission(request):
            raise PermissionDenied
        for one in self.objects():
            if not self.kind.stands(one):
                said = _("%(name)s is not a record of its own any more.") % {"name": one}
                messages.warning(request, said)
                return HttpResponseRedirect(url_of(one))
            if not self.model_admin.has_change_permission(request, one):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def objects(self) -> list[models.Model]:
        """Those that the page is about."""
        return [self.object]

    @cached_property
    def kind(self) -> Kind:
        """What is special about merging them."""
        return kinds.kind_of(self.model_admin.model)


class Choose(OfOne, OfficeSight):
    """Which other record is the same? Those that the registry suspects, and a search."""

    template_name = "admin/merging/choose.html"

    def get_context_data(self, **kwargs) -> dict:
        """What was found by the text in the address."""
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:200]
        return super().get_context_data(**kwargs) | {
            "title": _("Merge %(name)s with another record") % {"name": self.object},
            "object": self.object,
            "text": text,
            "found": self._offered(self._found(text)) if text else [],
            "suspected": self._offered(self._suspected()),
        }

    def _found(self, text: str) -> list[models.Model]:
        rows = self.model_admin.get_queryset(self.request)
        rows = rows.filter(merged_into=None).exclude(pk=self.object.pk)
        rows, _repeated = self.model_admin.get_search_results(self.request, rows, text)
        return list(rows[:FOUND_AT_MOST])

    def _suspected(self) -> list[models.Model]:
        number, label = self.object.pk, self.object._meta.label_lower
        pairs = Duplicate.objects.open().filter(Q(one=number) | Q(other=number), model=label)
        numbers = {n for pair in pairs[:FOUND_AT_MOST].values_list("one", "other") for n in pair}
        rows = self.model_admin.get_queryset(self.request).filter(merged_into=None)
        return list(rows.filter(pk__in=numbers - {number}))

    def _offered(self, rows: list[models.Model]) -> list[tuple[models.Model, str]]:
        return [(row, merge_url(self.model_admin.model, self.object.pk, row.pk)) for row in rows]


@dataclass(frozen=True)
class Line:
    """One choice: what both records say, in words; a bound radio input where they differ."""

    label: str
    kept: list[str]
    gone: list[str]
    name: str
    takes_gone: bool
    differs: bool


@dataclass(frozen=True)
class Move:
    """How many rows of a kind go over, and how many stay because the other one has them."""

    what: str
    moves: int
    stays: int


class MergeForm(forms.Form):
    """The name of the one that goes, typed by hand, and why."""

    typed = forms.CharField(
        label=gettext_lazy("Name of the one that goes"),
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the name of the one that goes.")},
    )
    reason = why_field(label=gettext_lazy("Why they are the same"))

    def __init__(self, *args, gone: models.Model, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.gone = gone
        said = _("Write “%(name)s” so that nothing is merged by mistake.")
        self.fields["typed"].help_text = said % {"name": name_of(gone)}

    def clean_typed(self) -> str:
        """The same words, whatever the accents and capitals."""
        typed = self.cleaned_data["typed"]
        if fold(typed) != fold(name_of(self.gone)):
            raise forms.ValidationError(
                _("This is not its name. Write: %(name)s") % {"name": name_of(self.gone)}
            )
        return typed


def name_of(one: models.Model) -> str:
    """What is typed to confirm: the name, of a tie both names."""
    return getattr(one, "name", "") or str(one)


class Compare(OfOne, OfficeAct):
    """Both records side by side, what moves, and the button."""

    template_name = "admin/merging/compare.html"
    form_class = MergeForm
    button = gettext_lazy("Merge them")
    is_dangerous = True

    @cached_property
    def other(self) -> models.Model:
        """The one that goes; 404 when the address names none."""
        number = number_of(self.model_admin.opts.pk, self.request.GET.get(WITH, ""))
        rows = self.model_admin.get_queryset(self.request)
        found = rows.filter(pk=number).exclude(pk=self.object.pk).first() if number else None
        if found is None:
            raise Http404
        return found

    def objects(self) -> list[models.Model]:
        """Both."""
        return [self.object, self.other]

    def get_title(self) -> str:
        """Which becomes part of which."""
        return _("Merge %(gone)s into %(kept)s") % {"gone": self.other, "kept": self.object}

    def get_back_url(self) -> str:
        """To another choice."""
        return url_of(self.object, "merge")

    def get_form_kwargs(self) -> dict:
        """With the one that goes."""
        return super().get_form_kwargs() | {"gone": self.other}

    def chosen(self) -> dict[str, str]:
        """The radio buttons as they were sent; the proposed values where none was."""
        sent = getattr(self, "data", {})
        names = [fields[0].name for fields in self.kind.columns()]
        chosen = {name: sent.get(f"choice-{name}", "") for name in names}
        return {name: which for name, which in chosen.items() if which in (KEPT, GONE)}

    def do(self, form: MergeForm) -> str:
        """Merge; what stands in the way is said above the form."""
        reason = form.cleaned_data["reason"]
        kept, gone = self.object, self.other
        try:
            with transaction.atomic():
                record = acting.merge(
                    self.kind,
                    kept.pk,
                    gone.pk,
                    by=self.request.user,
                    reason=reason,
                    choices=self.chosen(),
                    mark=self.data.get("mark", ""),
                )
        except Refused as error:
            put_beside(form, error)
            return ""
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, self.kind.model))
            return ""
        said = _("merged: %(gone)s into %(kept)s") % {"gone": gone, "kept": kept}
        for one in (kept, gone):
            self.log(one, f"{reason} · {said}")
        return url_of(record)

    def get_message(self) -> str:
        """What happened, and that it can be taken back."""
        return _("They are one now. This page can take it back.")

    def get_context_data(self, **kwargs) -> dict:
        """The comparison as the registry stands now."""
        lines = self._lines()
        rows = self.kind.rows().in_bulk([self.object.pk, self.other.pk])
        plan = Plan(self.kind, rows[self.object.pk], rows[self.other.pk], self.chosen())
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "other": self.other,
            "swap_url": merge_url(self.kind.model, self.other.pk, self.object.pk),
            "lines": [line for line in lines if line.differs],
            "same": [line for line in lines if not line.differs],
            "moves": moves_of(plan),
            "refusals": plan.refusals,
            "mark": plan.mark,
        }

    def _lines(self) -> list[Line]:
        """A line for each field or group of fields that says something."""
        chosen, lines = self.chosen(), []
        names = [f.name for fields in self.kind.columns() for f in fields if f.is_relation]
        rows = self.kind.model._base_manager.select_related(*names)
        rows = rows.in_bulk([self.object.pk, self.other.pk])
        kept, gone = rows[self.object.pk], rows[self.other.pk]
        for fields in self.kind.columns():
            said = [[kinds.value_of(one, field) for field in fields] for one in (kept, gone)]
            if not any(kinds.filled(value) for values in said for value in values):
                continue
            proposed = GONE if self.kind.prefer_gone(kept, gone, fields) else KEPT
            lines.append(
                Line(
                    label=", ".join(capfirst(str(field.verbose_name)) for field in fields),
                    kept=[in_words(kept, field.name, kept) for field in fields],
                    gone=[in_words(gone, field.name, gone) for field in fields],
                    name=f"choice-{fields[0].name}",
                    takes_gone=chosen.get(fields[0].name, proposed) == GONE,
                    differs=said[0] != said[1],
                )
            )
        return lines


def moves_of(plan: Plan) -> list[Move]:
    """What goes over, by kind, in words."""
    counted = plan.moves + plan.stays
    return [
        Move(
            what=capfirst(str(model._meta.verbose_name_plural)),
            moves=plan.moves[model],
            stays=plan.stays[model],
        )
        for model in sorted(counted, key=lambda model: str(model._meta.verbose_name_plural))
    ]
