"""Ties that committees proposed: the office's queue. The decision is made on the tie's page."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from relationships.models import Proposal
from sistercities.admin import RegistryAdmin


@admin.register(Proposal)
class ProposalAdmin(RegistryAdmin):
    """Who proposed which tie, and whom to ask on the other side."""

    leaves_by = _("A proposal is kept: reject its tie, or ask for changes, on the tie's page.")
    list_display = ("tie", "committee", "review", "sent_at")
    list_filter = ("tie__review",)
    row_relations = ("tie__city_a", "tie__city_b", "committee", "sent_by")
    search_fields = ("tie__sort_name", "committee__sort_name")
    autocomplete_fields = ("tie", "committee")
    date_hierarchy = "sent_at"
    readonly_fields = ("sent_by", "decide")
    fieldsets = (
        (None, {"fields": ("tie", "committee", "decide", ("sent_by", "sent_at"))}),
        (_("For the office only"), {"fields": ("contact",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Which tie was proposed is decided once."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "tie") if obj else fields

    @admin.display(description=_("review"), ordering="tie__review")
    def review(self, proposal: Proposal) -> str:
        """Where the tie stands."""
        return proposal.tie.get_review_display()

    @admin.display(description=_("decision"))
    def decide(self, proposal: Proposal) -> str:
        """Leads to the page on which it is published or sent back with a reason."""
        if proposal.pk is None:
            return ""
        url = reverse("admin:relationships_tie_change", args=[proposal.tie_id])
        label = _("Publish the tie, or send it back with a reason")
        return format_html('<a href="{}">{}</a>', url, label)
