"""Conventions of the association, for everyone: what is to come, what was, and one of them."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from committees import finding
from committees.models import Convention, ProgrammeItem
from sistercities.bilingual import text_of
from sistercities.caching import public_page
from sistercities.calendars import Calendar, Occasion
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
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of one convention, where they are known, for a calendar: nothing but what its page
    says of when and where."""
    found = finding.convention(slug)
    if found.slug != slug:
        return redirect(reverse("public:convention-ics", args=[found.slug]), permanent=True)
    place = ", ".join(str(one) for one in (found.place, found.city) if one)
    ends = found.ends or found.begins
    days = Occasion(
        key=f"convention-{found.pk}",
        title=text_of(found, "name"),
        begins=found.begins.earliest,
        last=ends.latest if ends.anniversary else None,
        changed=found.changed_at,
        url=found.get_absolute_url(),
        place=place,
        text=text_of(found, "summary"),
        is_called_off=found.is_cancelled,
    )
    language = (get_language() or "es").partition("-")[0]
    known = [days] if found.begins.anniversary else []
    return Calendar(str(found), found.get_absolute_url(), language, known).response()


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
        "today": today,
        "is_open": found.state_on(today) == Convention.State.OPEN,
        "days": [(day, list(rows)) for day, rows in groupby(items, key=lambda item: item.day)],
    }
    return render(request, "committees/convention.html", context)
