"""Conventions of the association, for everyone: what is to come, what was, and one of them."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from committees import finding
from committees.models import Convention, ProgrammeItem
from sistercities.caching import public_page
from sistercities.listing.numbered import numbered


@public_page
def conventions(request: HttpRequest) -> HttpResponse:
    """Those to come, the next one first; then page by page those that were."""
    today = timezone.localdate()
    known = Convention.objects.public().select_related("city__region")
    coming = [(one, one.state_on(today)) for one in known.upcoming(today)]
    page = numbered(known.past(today), request, is_strict=True)
    return render(request, "committees/conventions.html", {"coming": coming, "page": page})


@public_page
def convention(request: HttpRequest, slug: str) -> HttpResponse:
    """One convention with its programme; an old slug leads to the new one."""
    found = finding.convention(slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    today = timezone.localdate()
    items = ProgrammeItem.objects.filter(convention=found)
    context = {
        "convention": found,
        "state": found.state_on(today),
        "is_open": found.state_on(today) == Convention.State.OPEN,
        "days": [(day, list(rows)) for day, rows in groupby(items, key=lambda item: item.day)],
    }
    return render(request, "committees/convention.html", context)
