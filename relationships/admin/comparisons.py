"""Lists that are compared with the registry. Their pages lie in comparing/."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relationships.admin.comparing import urls_of
from relationships.admin.comparing.rights import RIGHT
from relationships.models import Comparison, Difference
from sistercities.admin import ReadOnlyAdmin
from sistercities.admin.queues import QueueList


class ComparisonList(QueueList):
    """Each line leads to the differences."""

    def url_for_result(self, result: Comparison) -> str:
        """The page of the comparison."""
        return reverse("admin:relationships_comparison_differences", args=[result.pk])


@admin.register(Comparison)
class ComparisonAdmin(ReadOnlyAdmin):
    """What each of two lists lacks; its totals may be public."""

    change_list_template = "admin/comparisons/list.html"
    list_display = (
        *("__str__", "missing_here", "missing_there", "different", "compared_at"),
        *("is_published", "by"),
    )
    list_filter = ("is_published", "is_of_wikidata")
    row_relations = ("batch__by",)
    search_fields = ("name", "batch__source", "batch__file_name")
    fields = ("name", "taken_on", "batch", "is_of_wikidata", "compared_at", "is_published")

    def get_urls(self) -> list:
        """The pages of a comparison first."""
        return urls_of(self) + super().get_urls()

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ComparisonList]:
        """Lines that lead to differences."""
        return ComparisonList

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """With the button of those who may compare."""
        may = {"may_compare": request.user.has_perm(RIGHT)}
        return super().changelist_view(request, (extra_context or {}) | may)

    @admin.display(description=Difference.Finding.MISSING_HERE.label)
    def missing_here(self, comparison: Comparison) -> int | str:
        """Pairs."""
        return comparison.counts.get(Difference.Finding.MISSING_HERE, "–")

    @admin.display(description=Difference.Finding.MISSING_THERE.label)
    def missing_there(self, comparison: Comparison) -> int | str:
        """Ties."""
        return comparison.counts.get(Difference.Finding.MISSING_THERE, "–")

    @admin.display(description=Difference.Finding.DIFFERENT.label)
    def different(self, comparison: Comparison) -> int | str:
        """Ties."""
        return comparison.counts.get(Difference.Finding.DIFFERENT, "–")

    @admin.display(description=_("brought by"))
    def by(self, comparison: Comparison) -> str:
        """Who uploaded the list."""
        return comparison.batch.by.get_short_name() if comparison.batch.by else "–"
