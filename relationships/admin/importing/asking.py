"""Work for the background, asked for by the pages of an import: one job about it at a time."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from relationships.differences.background import COMPARE
from relationships.imports.background import PLAN
from relationships.models import ImportBatch
from sistercities import jobs

RIGHT = "relationships.import_ties"
SIGHT = "relationships.view_importbatch"


def ask(
    kind: str, batch: ImportBatch, request: HttpRequest, form: BaseForm, **arguments: Any
) -> jobs.Kind | None:
    """Queue a job about an import; None, with a sentence on the form, when somebody was quicker."""
    try:
        return jobs.queue(kind, about=batch.about, by=request.user, batch=batch.pk, **arguments)
    except jobs.Busy as busy:
        form.add_error(None, under_way(busy.job))
        return None


def judging_of(batch: ImportBatch) -> str:
    """Which work judges its rows: where they are only compared, the comparison does."""
    return COMPARE if batch.is_compared else PLAN


def home_of(batch: ImportBatch) -> str:
    """The page on which an import is decided: its plan, or the differences of a compared list."""
    if batch.is_compared:
        return reverse("admin:relationships_comparison_differences", args=[batch.comparison.pk])
    return reverse("admin:relationships_importbatch_plan", args=[batch.pk])


def under_way(job) -> str:
    """That work about this import is not done yet, and whose it is."""
    if job is None:  # it ended this very moment
        return _("Somebody changed this import just now. Look at it again.")
    return _("%(work)s is already under way, asked for by %(who)s.") % {
        "work": jobs.title_of(job.kind),
        "who": job.by.get_short_name() if job.by else _("somebody"),
    }
