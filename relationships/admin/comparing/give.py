"""Giving back: what Wikidata lacks, as a text for its own tool, in batches that it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from relationships.admin.comparing.rights import SIGHT
from relationships.differences import giving
from relationships.differences.quickstatements import lines_of
from relationships.models import Comparison
from sistercities.admin.acts import OfficeSight

MOST_BATCHES = 10_000


@dataclass(frozen=True)
class Batch:
    """Lines from one number to another."""

    number: int
    first: int
    last: int


class GiveBack(OfficeSight):
    """How many statements there are to give, and their files."""

    right = SIGHT
    template_name = "admin/comparisons/give.html"

    def get_context_data(self, **kwargs) -> dict:
        """The batches."""
        count, size = giving.count(self.object), giving.AT_ONCE
        starts = range(0, count, size)
        batches = [
            Batch(number, start + 1, min(start + size, count))
            for number, start in enumerate(starts, 1)
        ]
        self.title = gettext_lazy("Give back to Wikidata: %(list)s") % {"list": self.object}
        context = {"comparison": self.object, "count": count, "batches": batches, "most": size}
        return super().get_context_data(**kwargs) | context


def download(model_admin: admin.ModelAdmin) -> Callable[..., HttpResponseBase]:
    """The statements as a text, all or one batch, written while they are sent."""

    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        if not request.user.has_perm(SIGHT):
            raise PermissionDenied
        comparison = Comparison.objects.filter(pk=pk).first() if pk < 2**63 else None
        if comparison is None or not comparison.is_of_wikidata:
            raise Http404
        batch = _batch(request.GET.get("batch", ""))
        found = giving.statements(comparison, timezone.localdate(), batch)
        name = f"quickstatements-{pk}{f'-{batch}' if batch else ''}.txt"
        return StreamingHttpResponse(
            lines_of(found),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return model_admin.admin_site.admin_view(view)


def _batch(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_BATCHES):
        raise Http404
    return int(text[:9])
