"""Lists that came in: what was planned and done with every row. Its pages lie in importing/."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relationships.admin.importing import urls_of
from relationships.admin.importing.asking import RIGHT
from relationships.models import ColumnMatch, ImportBatch, ImportRow, PlaceAlias
from sistercities.admin import ReadOnlyAdmin
from sistercities.admin.queues import QueueList


class ImportList(QueueList):
    """Each line leads to the plan. Lists that are only compared have a list of their own."""

    def get_queryset(self, *args, **kwargs) -> QuerySet:
        """What is meant to be applied."""
        return super().get_queryset(*args, **kwargs).filter(is_compared=False)

    def url_for_result(self, result: ImportBatch) -> str:
        """The page of the import."""
        return reverse("admin:relationships_importbatch_plan", args=[result.pk])


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """One file's way into the registry."""

    change_list_template = "admin/imports/list.html"
    list_display = ("__str__", "source", "format", "state", "rows_by_verdict", "planned_at", "by")
    list_filter = ("state", "format")
    row_relations = ("by",)
    search_fields = ("source", "file_name", "sha256")
    date_hierarchy = "planned_at"
    fields = (
        *("source", "file_name", "sha256", "format", "columns", "state", "rows_by_verdict"),
        *("base_version", "planned_at", "committed_at", "undone_at", "by"),
    )

    def get_urls(self) -> list:
        """The pages of an import first."""
        return urls_of(self) + super().get_urls()

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ImportList]:
        """Lines that lead to plans."""
        return ImportList

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """With the button of those who may import."""
        may = {"may_import": request.user.has_perm(RIGHT)}
        return super().changelist_view(request, (extra_context or {}) | may)

    @admin.display(description=_("rows by verdict"))
    def rows_by_verdict(self, batch: ImportBatch) -> str:
        """How many rows got which verdict, each a link to them."""
        words = dict(ImportRow.Verdict.choices)
        rows = reverse("admin:relationships_importrow_changelist")
        shown = [
            (format_html("{}?batch__id__exact={}&verdict={}", rows, batch.pk, code), words[code], n)
            for code, n in batch.counts.items()
            if code in words
        ]
        return format_html_join(", ", '<a href="{}">{}: {}</a>', shown)

    @admin.display(description=_("columns"))
    def columns(self, batch: ImportBatch) -> str:
        """Which column of the file was read as what."""
        pairs = batch.mapping.items() if isinstance(batch.mapping, dict) else ()
        return format_html_join("\n", "<p>{}: {}</p>", pairs)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    """One row of a file, as it was read, with its verdict and the reason."""

    list_display = ("__str__", "verdict", "reason", "city_a", "city_b", "tie")
    list_filter = ("verdict",)
    row_relations = ("batch", "city_a__region", "city_b__region", "tie__city_a", "tie__city_b")
    search_fields = ("reason", "city_a__sort_name", "city_b__sort_name")
    fields = ("batch", "number", "verdict", "reason", "as_written", "city_a", "city_b", "tie")

    @admin.display(description=_("as written"))
    def as_written(self, row: ImportRow) -> str:
        """The row of the file, column by column."""
        pairs = row.raw.items() if isinstance(row.raw, dict) else ()
        return format_html_join("\n", "<p>{}: {}</p>", pairs)


@admin.register(ColumnMatch)
class ColumnMatchAdmin(ReadOnlyAdmin):
    """What a column of a source's lists holds; the next list of the source changes it."""

    list_display = ("column", "field", "source")
    list_filter = ("source",)
    search_fields = ("source", "column")
    fields = ("source", "column", "field")


@admin.register(PlaceAlias)
class PlaceAliasAdmin(ReadOnlyAdmin):
    """Which city a source means by some words; made where a row is settled."""

    list_display = ("written", "city", "source", "is_used", "by", "at")
    list_filter = ("is_used", "source")
    row_relations = ("city__region", "by")
    search_fields = ("source", "written", "city__sort_name")
    fields = ("source", "written", "city", "is_used", "by", "at")
    actions = ("set_aside", "use_again")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whoever may import."""
        return request.user.has_perm(RIGHT)

    @admin.action(description=_("Count no more for later plans"), permissions=["import"])
    def set_aside(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The rules decide again."""
        self._use(request, queryset, is_used=False)

    @admin.action(description=_("Count again for later plans"), permissions=["import"])
    def use_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """As it was decided."""
        self._use(request, queryset, is_used=True)

    def _use(self, request: HttpRequest, queryset: QuerySet, *, is_used: bool) -> None:
        changed = list(queryset.exclude(is_used=is_used))
        queryset.update(is_used=is_used)
        for alias in changed:
            self.log_change(request, alias, [{"changed": {"fields": ["is_used"]}}])
        said = ngettext("%(n)s place changed.", "%(n)s places changed.", len(changed))
        self.message_user(request, said % {"n": len(changed)}, messages.SUCCESS)
