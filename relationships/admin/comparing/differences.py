"""The page of a comparison: how far a job is, then what each list lacks, fifty pairs at a time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

from committees.models import City
from relationships.admin.comparing.rights import SIGHT, may_do
from relationships.admin.importing.plan import REFRESH, is_idle, percent
from relationships.differences.accepting import seen
from relationships.imports import receiving
from relationships.imports.rejected import LEFT
from relationships.models import Comparison, Difference, Tie
from relationships.models.comparison import ONE_SIDED
from sistercities import jobs
from sistercities.admin.acts import OfficeSight
from sistercities.countries import country_choices
from sistercities.listing.numbered import numbered

Finding = Difference.Finding
KEYS = (
    *((finding.value, finding.label) for finding in Finding if finding != Finding.SAME),
    (ONE_SIDED, gettext_lazy("One-sided there")),
    (Finding.SAME.value, Finding.SAME.label),
)
ORDER = (
    *(Finding.MISSING_HERE, Finding.MISSING_THERE, Finding.DIFFERENT, ONE_SIDED),
    *(Finding.SAME, Finding.HIDDEN),
)


@dataclass(frozen=True)
class Count:
    """Pairs of one finding, and the link to them."""

    key: str
    label: Any
    pairs: int
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """A pair, our tie of it, and the city that alone states it there."""

    difference: Difference
    tie: Tie | None
    stated_by: City | None

    @property
    def cities(self) -> tuple[City, City]:
        """Both."""
        return self.difference.city_a, self.difference.city_b


class DifferencesPage(OfficeSight):
    """Whoever may see comparisons sees all of it; who may compare or import has the buttons."""

    right = SIGHT
    template_name = "admin/comparisons/differences.html"

    def get_context_data(self, **kwargs) -> dict:
        """The job, the counts, and fifty pairs."""
        comparison, request = self.object, self.request
        batch = comparison.batch
        job = jobs.latest(batch.about)
        context = {
            "comparison": comparison,
            "batch": batch,
            "job": job,
            "work": jobs.title_of(job.kind) if job else "",
            "percent": percent(job),
            "is_idle": is_idle(job),
            "refresh": REFRESH if job and job.is_open else 0,
            "is_read": receiving.is_read(batch),
            "may": may_do(request.user, comparison, job),
        }
        if job and job.is_open:
            request.session.modified = False  # looking again by itself keeps no login alive
        elif comparison.compared_at:
            context |= pairs_of(comparison, request)
        self.title = gettext_lazy("Differences: %(list)s") % {"list": comparison}
        return super().get_context_data(**kwargs) | context


def pairs_of(comparison: Comparison, request: HttpRequest) -> dict:
    """The pairs of the page, of one finding and perhaps of one country, and the counts."""
    labels = dict(KEYS)
    chosen = request.GET.get("finding", "")
    chosen = chosen if chosen in labels else Finding.MISSING_HERE.value
    codes = [row[0] for row in comparison.by_country]
    country = request.GET.get("country", "")
    country = country if country in codes else ""
    rows = comparison.differences.found(chosen)
    if country:
        rows = rows.in_country(country)
    page = numbered(rows.with_cities().order_by("pk"), request, ("finding", "country"))
    counts = comparison.counts
    return {
        "page": page,
        "lines": lines_of(page.rows),
        "chosen": chosen,
        "chosen_label": labels[chosen],
        "country": country,
        "countries": country_choices(codes, (get_language() or "es")[:2]),
        "findings": [
            Count(key, labels[key], counts.get(key, 0), key == chosen)
            for key in map(str, ORDER)
            if counts.get(key) or key == chosen
        ],
        "can_accept": chosen in Difference.TO_ACCEPT,
        "seen": seen(comparison),
        "left": sum(comparison.batch.counts.get(verdict, 0) for verdict in LEFT),
    }


def lines_of(rows: list[Difference]) -> list[Line]:
    """Each pair with our tie, found in one question."""
    ties = Tie.objects.filter(
        city_a__in={row.city_a_id for row in rows}, city_b__in={row.city_b_id for row in rows}
    )
    known = {(tie.city_a_id, tie.city_b_id): tie for tie in ties} if rows else {}
    return [
        Line(
            row,
            known.get((row.city_a_id, row.city_b_id)),
            {"a": row.city_a, "b": row.city_b}.get(row.stated_by if row.silent else ""),
        )
        for row in rows
    ]
