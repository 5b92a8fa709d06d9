"""What one committee says against a report of another: the office reads it and stays out of it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relationships.models import Objection
from sistercities.admin import ReadOnlyAdmin


@admin.register(Objection)
class ObjectionAdmin(ReadOnlyAdmin):
    """Which reports are disputed, since when, and how that ended. The committees settle it."""

    list_display = ("__str__", "kind", "told_at", "settled_at", "settled_as")
    list_filter = (("settled_at", admin.EmptyFieldListFilter),)
    row_relations = (
        *("exchange__tie__city_a", "exchange__tie__city_b"),
        *("donation__tie__city_a", "donation__tie__city_b", "told_by"),
    )
    search_fields = ("exchange__sort_name", "exchange__tie__sort_name", "donation__tie__sort_name")
    date_hierarchy = "told_at"
    fields = (
        *("exchange", "donation", "said_by", "text"),
        *("told_by", "told_at", "settled_at", "settled_as"),
    )

    @admin.display(description=_("what it is about"))
    def kind(self, objection: Objection) -> str:
        """An exchange or a donation."""
        report = objection.exchange or objection.donation
        return str(report._meta.verbose_name)

    @admin.display(description=_("said by"))
    def said_by(self, objection: Objection) -> str:
        """The city whose committee objects."""
        tie = (objection.exchange or objection.donation).tie
        return {"a": tie.city_a.name, "b": tie.city_b.name}[objection.side]
