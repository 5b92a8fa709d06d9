"""Which committees nobody coordinates."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from committees.models import Committee


class CoordinationFilter(admin.SimpleListFilter):
    """Committees with and without somebody who may run their desk today."""

    title = _("coordinator")
    parameter_name = "coordinator"

    def lookups(self, request, model_admin) -> list[tuple]:
        """Two answers."""
        return [("none", _("Nobody")), ("some", _("Somebody"))]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        """As chosen."""
        without = Committee.objects.without_coordinator().order_by().values("pk")
        if self.value() == "none":
            return queryset.filter(pk__in=without)
        return queryset.exclude(pk__in=without) if self.value() == "some" else queryset
