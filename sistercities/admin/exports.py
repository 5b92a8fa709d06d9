"""Exports of personal data, to be read."""

from django.contrib import admin

from sistercities.admin.registry import ReadOnlyAdmin
from sistercities.models import Export


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Who took what out of the registry, the newest first."""

    list_display = ("at", "what", "rows", "by", "filters", "why")
    list_filter = ("what",)
    list_select_related = ("by",)
    row_relations = ("by",)
    search_fields = ("by__email", "what", "why")
    date_hierarchy = "at"
