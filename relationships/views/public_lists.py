"""The home page, the lists and the calendar, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from relationships import linked
from relationships.listing.calendar import Calendar
from relationships.listing.cities import CityList
from relationships.listing.committees import CommitteeList
from relationships.listing.exchanges import ExchangeList
from relationships.listing.found import suggested_committees, suggested_places
from relationships.listing.ties import TieList
from relationships.pages.home import HomePage
from sistercities.caching import public_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Who is your city twinned with?"""
    page = HomePage(timezone.localdate())
    return render(request, "relationships/home.html", {"home": page, "linked": linked.of_home()})


@public_page
def city_list(request: HttpRequest) -> HttpResponse:
    """All cities, or those that the search text may mean, and where else it may lead."""
    listing = CityList(request)
    context = _context(listing)
    if found := listing.form.found:
        context["suggested"] = suggested_places(found, "cities", listing.links)
        context["suggested_committees"] = suggested_committees(found)
        context |= {"found": found, "nearest_url": listing.links.url(q=found.nearest)}
    return render(request, "relationships/city_list.html", context)


@public_page
def tie_list(request: HttpRequest) -> HttpResponse:
    """All ties."""
    listing = TieList(request)
    context = _context(listing)
    if found := listing.form.found:
        context["suggested"] = suggested_places(found, "ties", listing.links)
        context |= {"found": found, "nearest_url": listing.links.url(q=found.nearest)}
    return render(request, "relationships/tie_list.html", context)


@public_page
def committee_list(request: HttpRequest) -> HttpResponse:
    """All committees."""
    listing = CommitteeList(request)
    return render(request, "relationships/committee_list.html", _with_found(listing))


@public_page
def exchange_list(request: HttpRequest) -> HttpResponse:
    """All exchanges."""
    listing = ExchangeList(request)
    return render(request, "relationships/exchange_list.html", _with_found(listing))


@public_page
def anniversaries(request: HttpRequest) -> HttpResponse:
    """The anniversaries of twelve months, or of one month, page by page."""
    calendar = Calendar(request, timezone.localdate())
    context = {"calendar": calendar, "filter_form": calendar.form, "applied": calendar.applied}
    context["listing"] = calendar
    if calendar.month:
        context["page"] = calendar.page
    return render(request, "relationships/anniversaries.html", context)


def _with_found(listing) -> dict:
    """The context of a list, and what its search text may have meant."""
    found = listing.form.found
    nearest = {"nearest_url": listing.links.url(q=found.nearest)} if found else {}
    return {**_context(listing), "found": found, **nearest}


def _context(listing) -> dict:
    """The context of a list, with its first rows for machines."""
    return {**listing.context(), "linked": linked.of_list(listing)}
