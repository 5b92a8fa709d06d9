"""The public figures, and the sheet of a city or a state for its council."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from relationships import finding
from relationships.addresses import page_of, short_city
from relationships.statistics import exporting
from relationships.statistics.asking import Asked
from relationships.statistics.charts import Statistics
from relationships.statistics.stateofties import StateOfTies, year_asked
from relationships.statistics.states import States, state_with_ties
from sistercities.bilingual import LANGUAGES
from sistercities.caching import public_page
from sistercities.context import absolute
from sistercities.exporting.answering import headers
from sistercities.qr import qr_code
from sistercities.spreadsheets import as_csv


@public_page
def statistics(request: HttpRequest) -> HttpResponse:
    """What the registry shows: a finding for each chart."""
    asked = Asked(request.GET)
    page = Statistics(asked, timezone.localdate())
    return render(request, "relationships/statistics.html", {"page": page, "asked": asked})


@public_page
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """One chart as rows, or all of them."""
    today, key, asked = timezone.localdate(), request.GET.get("chart", ""), Asked(request.GET)
    page = Statistics(asked, today, whole=True)
    chart = page.chart(key) if key else None
    if key and chart is None:
        raise Http404
    name = f"{chart.key if chart else 'statistics'}-{today}"
    shown = reverse("public:statistics") + (f"?{urlencode(asked.chosen)}" if asked.name else "")
    return HttpResponse(
        as_csv(exporting.lines(page, chart)),
        content_type="text/csv; charset=utf-8",
        headers=headers("csv", name=name, page=shown),
    )


@public_page
def states(request: HttpRequest) -> HttpResponse:
    """The states that have ties."""
    page = States(Asked({"country": request.GET.get("country", "")}).country)
    return render(request, "relationships/states.html", {"page": page})


@public_page
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's ties in one year."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city-state-of-ties", found.slug), permanent=True)
    name = "public:city-state-of-ties"
    request.localized = {code: page_of(name, slug, code) for code in LANGUAGES}
    return _sheet(
        request,
        found,
        address=short_city(found.pk),
        list_url=page_of("public:city", slug),
    )


@public_page
def state(request: HttpRequest, code: str) -> HttpResponse:
    """A state's ties in one year."""
    found = state_with_ties(code)
    return _sheet(
        request,
        found,
        address=absolute(page_of("public:state-of-ties", code)),
        list_url=f"{reverse('public:tie-list')}?state={code}",
    )


def _sheet(request: HttpRequest, owner, *, address: str, list_url: str) -> HttpResponse:
    today = timezone.localdate()
    page = StateOfTies(owner, year_asked(request.GET.get("year", ""), today), today)
    context = {
        "page": page,
        "address": address,
        "qr": qr_code(address),
        "list_url": list_url,
        "today": today,
    }
    return render(request, "relationships/state_of_ties.html", context)
