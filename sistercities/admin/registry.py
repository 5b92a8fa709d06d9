"""What every admin page of the registry does alike."""

from collections.abc import Callable
from functools import cached_property
from itertools import islice

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, get_fields_from_path, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.db.models import Q, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from sistercities.admin.pages import NarrowPaginator
from sistercities.admin.pasts import ReadableChanges
from sistercities.admin.queues import Queued
from sistercities.admin.reasons import Reasoned
from sistercities.folding import fold
from sistercities.models import FoldedField

SEARCHED_WORDS = 8
LONGEST_SEARCH = 200
READ_AT_MOST = 500
WEB_ADDRESSES = {models.URLField: {"assume_scheme": "https"}}
PLAIN_ADDRESSES = {
    models.URLField: {
        "assume_scheme": "https",
        "widget": forms.URLInput(attrs={"class": "vURLField"}),
    }
}


def in_words(name: str, description: str) -> Callable[[models.Model], str]:
    """A column or read-only field that shows a partial date in the reader's language."""

    @admin.display(description=description, ordering=name)
    def shown(row: models.Model) -> str:
        date = getattr(row, name)
        return date.in_words() if date else "–"

    shown.__name__ = f"{name}_in_words"
    return shown


class Findable(Queued):
    """Lists of fifty, searched without accents, also by the autocompletes that point here.

    In `search_fields` a folded column is asked for the folded words, any other for the text as it
    is written; `read_columns`, of tables with some thousand rows, are folded here while searching.
    `row_relations` are followed wherever rows are named: lists, autocompletes, forms.
    """

    list_per_page = 50
    paginator = NarrowPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = WEB_ADDRESSES
    read_columns: tuple[str, ...] = ()
    row_relations: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the rows that their names need."""
        return super().get_queryset(request).select_related(*self.row_relations)

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """As Django's; what no database can hold (a NUL byte, a huge number) is no filter."""
        try:
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise OverflowError
            return super().changelist_view(request, extra_context)
        except OverflowError:
            return HttpResponseRedirect(f"{request.path}?e=1")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """What the address gives a new form; a number that cannot be one is left out."""
        given = super().get_changeform_initial_data(request)
        columns = {field.name: field for field in self.opts.fields if field.remote_field}
        return {
            name: value
            for name, value in given.items()
            if name not in columns or number_of(columns[name].target_field, value) is not None
        }

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Rows that the text names, whatever its accents and capitals; or by their number."""
        text = search_term.replace("\0", "")[:LONGEST_SEARCH].strip()
        return (queryset.filter(self.named(text)) if text else queryset), False

    def named(self, text: str) -> Q:
        """The condition that a row is what this text speaks of."""
        words = fold(text).split()[:SEARCHED_WORDS]
        folded, plain = self._searched_columns
        by_words = Q()
        for word in words:
            by_words &= Q.create([(f"{name}__contains", word) for name in folded], Q.OR)
        named = Q(pk__in=[])
        if words and folded:
            named |= by_words
        named |= Q.create([(f"{name}__icontains", text) for name in plain], Q.OR)
        if words and self.read_columns:
            named |= Q(pk__in=self._read(words))
        if text.isascii() and text.isdigit() and len(text) < 16:
            named |= Q(pk=int(text))
        return named

    def _read(self, words: list[str]) -> list[int]:
        """The numbers of rows whose columns, folded, have all the words."""
        rows = self.model._default_manager.order_by().values_list("pk", *self.read_columns)
        found = (
            number
            for number, *texts in rows.iterator()
            for folded in [fold(" ".join(text or "" for text in texts))]
            if all(word in folded for word in words)
        )
        return list(islice(found, READ_AT_MOST))

    @cached_property
    def _searched_columns(self) -> tuple[list[str], list[str]]:
        folded, plain = [], []
        for name in self.search_fields:
            column = get_fields_from_path(self.model, name)[-1]
            (folded if isinstance(column, FoldedField) else plain).append(name)
        return folded, plain

    def get_field_queryset(self, db, db_field, request: HttpRequest) -> QuerySet | None:
        """The rows that a field may point to, with what their names need."""
        queryset = super().get_field_queryset(db, db_field, request)
        return with_names(self.admin_site, db_field, queryset)


def with_names(site: admin.AdminSite, db_field, queryset: QuerySet | None) -> QuerySet | None:
    """The rows that a field may point to, with the relations that their names need."""
    target = db_field.remote_field.model
    relations = getattr(site._registry.get(target), "row_relations", ())
    if not relations:
        return queryset
    return (target._default_manager.all() if queryset is None else queryset).select_related(
        *relations
    )


def number_of(column: models.Field, text: str) -> int | None:
    """The number of a row that an address gives; None when no row can have it."""
    try:
        number = column.to_python(text)
    except ValidationError:
        return None
    return number if isinstance(number, int) and 0 <= number < 2**63 else None


class SentRows(BaseInlineFormSet):
    """As many rows as were sent. Django makes two thousand where somebody sends but a number."""

    def total_form_count(self) -> int:
        """As Django's, and no more than there are fields: a row has one at least."""
        total = super().total_form_count()
        if not self.is_bound:
            return total
        return min(total, sum(name.startswith(f"{self.prefix}-") for name in self.data))


class RowsBelow(admin.TabularInline):
    """Rows on the page of what they belong to. They may be removed there: the page asks why."""

    formset = SentRows
    extra = 0
    formfield_overrides = PLAIN_ADDRESSES
    show_change_link = True
    row_relations: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the rows that their names need."""
        return super().get_queryset(request).select_related(*self.row_relations)

    def get_field_queryset(self, db, db_field, request: HttpRequest) -> QuerySet | None:
        """The rows that a field may point to, with what their names need."""
        queryset = super().get_field_queryset(db, db_field, request)
        return with_names(self.admin_site, db_field, queryset)


class RegistryAdmin(Reasoned, Findable, SimpleHistoryAdmin):
    """An object with history: never deleted here, changed with a reason, refused in words."""

    history_list_per_page = 50

    @cached_property
    def closing_fields(self) -> tuple[str, ...]:
        """When it was made and last changed, where the model knows."""
        names = {field.name for field in self.model._meta.fields}
        return tuple(name for name in ("created_at", "changed_at") if name in names)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """What the system writes; an old version is only read."""
        fields = (*super().get_readonly_fields(request, obj), *self.closing_fields)
        if getattr(request, "reads_old_version", False):
            return (*fields, *flatten_fieldsets(self.get_fieldsets(request, obj)))
        return fields

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """As granted; nobody changes an old version."""
        if getattr(request, "reads_old_version", False):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody: what was true once stays, and leaves by a date or a state."""
        return False

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record):
        """Changes as people read them."""
        return ReadableChanges(self.model, historical_record)

    def history_view_title(self, request: HttpRequest, obj: models.Model) -> str:
        """In both languages, which simple-history's own words are not."""
        return _("History of %(name)s") % {"name": obj}

    def history_form_view_title(self, request: HttpRequest, obj: models.Model) -> str:
        """As above."""
        return _("An earlier version of %(name)s") % {"name": obj}

    def get_urls(self) -> list:
        """With the page that takes one change back."""
        from sistercities.admin.reverting import TakeBack

        name = f"{self.opts.app_label}_{self.opts.model_name}_take_back"
        address = "<int:pk>/history/<int:version>/take-back/"
        return [path(address, TakeBack.of(self), name=name), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id, extra_context=None) -> HttpResponse:
        """What was changed, by whom, when and why; those who may change it may take it back."""
        self._must_be_number(object_id)
        one = self.get_object(request, unquote(object_id))
        may_change = one is not None and self.has_change_permission(request, one)
        context = {"can_take_back": may_change} | (extra_context or {})
        return super().history_view(request, object_id, context)

    def _must_be_number(self, *numbers: str) -> None:
        if any(number_of(self.opts.pk, unquote(text)) is None for text in numbers):
            raise Http404

    def history_form_view(
        self, request: HttpRequest, object_id, version_id, extra_context=None
    ) -> HttpResponse:
        """How an object looked: to be read, not to be put back with a POST."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        self._must_be_number(object_id, version_id)
        request.reads_old_version = True
        return super().history_form_view(request, object_id, version_id, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """What only the database saw (two people at once) is told in words as well."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            messages.error(request, sentence_for(error, self.model))
            return HttpResponseRedirect(request.get_full_path())

    def save_related(self, request: HttpRequest, form: ModelForm, formsets, change: bool) -> None:
        """Save the rows below, then have recomputed what follows from all of it."""
        super().save_related(request, form, formsets, change)
        self.after_save([form.instance], form)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """What the acts of the registry must do when these objects changed, in the same
        transaction. `form` is the form that changed the one object; None after an action."""


class ReadOnlyAdmin(Findable):
    """Rows that only the system writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody."""
        return False


def sentence_for(error: IntegrityError, model: type[models.Model]) -> str:
    """The words of the constraint that the database named; PostgreSQL and SQLite name it."""
    related = [relation.related_model for relation in model._meta.related_objects]
    for owner in (model, *related):
        for constraint in owner._meta.constraints:
            if constraint.name in str(error):
                return constraint.get_violation_error_message()
    return _("This contradicts what somebody else saved in the meantime. Look at it and try again.")
