"""Work in the background, as the national office sees it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sistercities.admin.registry import ReadOnlyAdmin
from sistercities.jobs import title_of
from sistercities.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """What waits, what is under way, and how the rest ended."""

    list_display = ("pk", "title", "about", "state", "by", "queued_at", "finished_at")
    list_filter = ("state", "kind")
    row_relations = ("by",)
    search_fields = ("about", "message")
    fields = (
        *("title", "about", "state", "message", "what", "done", "total", "by", "queued_at"),
        *("started_at", "heartbeat_at", "finished_at", "attempts"),
    )

    @admin.display(description=_("work"), ordering="kind")
    def title(self, job: Job) -> str:
        """What people call it."""
        return title_of(job.kind)
