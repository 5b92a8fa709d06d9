"""The page of an import: how far a job is, then the plan, then what came of every row."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from relationships.admin.importing.asking import RIGHT, SIGHT, home_of
from relationships.imports import receiving
from relationships.imports.accepted import ACCEPTED
from relationships.imports.rejected import LEFT
from relationships.models import ImportBatch, ImportRow
from sistercities import jobs
from sistercities.admin.acts import OfficeSight
from sistercities.listing.numbered import numbered
from sistercities.models import Job

State, Verdict = ImportBatch.State, ImportRow.Verdict
REFRESH = 2
"""Seconds after which the page of a job that is under way looks again."""
IDLE_AFTER = 30
"""Seconds after which a job that nobody takes is worth a word."""


@dataclass(frozen=True)
class Count:
    """Rows of one verdict."""

    verdict: str
    label: Any
    rows: int
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """A row of the list: what it says in a few words, and whether somebody can settle it."""

    row: ImportRow
    said: str
    is_open: bool


class PlanPage(OfficeSight):
    """Whoever may see imports sees all of it, also of others' imports; who may import has the
    buttons."""

    right = SIGHT
    template_name = "admin/imports/plan.html"

    def get_context_data(self, **kwargs) -> dict:
        """The job, the counts, and fifty rows."""
        batch, request = self.object, self.request
        job = jobs.latest(batch.about)
        may = may_do(request, batch, job)
        context = {
            "batch": batch,
            "job": job,
            "work": jobs.title_of(job.kind) if job else "",
            "percent": percent(job),
            "is_idle": is_idle(job),
            "refresh": REFRESH if job and job.is_open else 0,
            "is_read": receiving.is_read(batch),
            "home": home_of(batch) if batch.is_compared else "",
            "accepted": batch.mapping.get(ACCEPTED),
            "may": may,
        }
        if job and job.is_open:
            # A page that looks again by itself is nobody's activity: it keeps no login alive. Nor
            # must it wait to write so while the job is the one writer that SQLite has.
            request.session.modified = False
        else:
            context |= rows_of(batch, request, is_open="settle" in may)
        self.title = gettext_lazy("Import %(number)d") % {"number": batch.pk}
        return super().get_context_data(**kwargs) | context


def rows_of(batch: ImportBatch, request: HttpRequest, *, is_open: bool) -> dict:
    """The rows of the page, perhaps of one verdict only, and the counts as links to them."""
    chosen = request.GET.get("verdict", "")
    chosen = chosen if chosen in Verdict.values else ""
    rows = batch.rows.order_by("number").select_related(
        "city_a__region", "city_b__region", "tie__city_a", "tie__city_b"
    )
    if chosen:
        rows = rows.filter(verdict=chosen)
    page = numbered(rows, request, ("verdict",))
    lines = [
        Line(row, in_short(batch, row), is_open and row.verdict == Verdict.UNRESOLVED)
        for row in page.rows
    ]
    return {
        "page": page,
        "lines": lines,
        "chosen": Verdict(chosen) if chosen else None,
        "counts": [
            Count(verdict.value, verdict.label, batch.counts[verdict.value], verdict == chosen)
            for verdict in Verdict
            if batch.counts.get(verdict.value)
        ],
        "total": sum(batch.counts.values()),
        "left": sum(batch.counts.get(verdict, 0) for verdict in LEFT),
    }


def in_short(batch: ImportBatch, row: ImportRow) -> str:
    """What a row names: "Gómez Palacio – South El Monte, 1969"."""
    by_field = {field: column for column, field in batch.mapping.get("columns", {}).items()}

    def said(*fields: str) -> str:
        found = (row.raw.get(by_field[field]) for field in fields if field in by_field)
        return next((text for text in found if text), "")

    ends = [said(f"city_{side}", f"wikidata_{side}", f"geonames_{side}") or "?" for side in "ab"]
    when = said("date", "year")
    return " – ".join(ends) + (f", {when}" if when else "")


def may_do(request: HttpRequest, batch: ImportBatch, job: Job | None) -> set[str]:
    """Which buttons there are."""
    if not request.user.has_perm(RIGHT) or (job and job.is_open):
        return set()
    if batch.state == State.DROPPED:
        return {"aside"}
    if batch.state == State.COMMITTED:
        return {"undo"}
    if batch.state not in (State.UPLOADED, State.PLANNED):
        return set()
    may = {"aside"}
    if batch.file and receiving.is_read(batch):
        may.add("columns")
        if batch.mapping.get("columns"):
            may.add("again")
    if batch.counts:
        may |= {"settle"} if batch.is_compared else {"apply", "settle"}
    return may


def percent(job: Job | None) -> int:
    """How far the step is."""
    return min(100, 100 * job.done // job.total) if job and job.total else 0


def is_idle(job: Job | None) -> bool:
    """Whether nobody takes a job that waits: the worker may not run."""
    if job is None or job.state != Job.State.WAITING:
        return False
    return (timezone.now() - job.queued_at).total_seconds() > IDLE_AFTER
