"""Lists that came in: what was planned and done with every row. Read only; the commands write."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from relationships.models import ImportBatch, ImportRow
from sistercities.admin import ReadOnlyAdmin


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """One file's way into the registry."""

    list_display = ("__str__", "source", "format", "state", "rows_by_verdict", "planned_at", "by")
    list_filter = ("state", "format")
    row_relations = ("by",)
    search_fields = ("source", "file_name", "sha256")
    date_hierarchy = "planned_at"
    fields = (
        *("source", "file_name", "sha256", "format", "columns", "state", "rows_by_verdict"),
        *("base_version", "planned_at", "committed_at", "undone_at", "by"),
    )

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
