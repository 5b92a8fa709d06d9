"""Calendars to subscribe to: under the address of their page, with ".ics" at its end."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from relationships import calendars, finding
from relationships.addresses import here, page_of, tie_page
from relationships.listing.calendar import Calendar as AnniversaryList
from relationships.listing.exchanges import ExchangeList
from sistercities.association import NAME
from sistercities.bilingual import text_of
from sistercities.caching import public_page
from sistercities.calendars import Calendar, Occasion
from sistercities.listing.lists import Listing


@public_page
def anniversaries(request: HttpRequest) -> HttpResponseBase:
    """All anniversaries, or those of a country or month."""
    listing = AnniversaryList(request, timezone.localdate())
    occasions = calendars.anniversaries(listing.filtered.order_by("anniversary", "pk"))
    return _of_list(listing, "public:anniversaries", _("Anniversaries"), occasions)


@public_page
def exchange_list(request: HttpRequest) -> HttpResponseBase:
    """The exchanges of a list, with its filters and in its order."""
    listing = ExchangeList(request)
    occasions = calendars.exchanges(listing.form.order.sort(listing.filtered))
    return _of_list(listing, "public:exchange-list", _("Exchanges"), occasions)


@public_page
def tie(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The anniversary and the exchanges of a tie. The slug has another connector in each
    language."""
    found = finding.tie(slug)
    right = found.slug_in(here())
    if right != slug:
        return redirect(page_of("public:tie-ics", right), permanent=True)
    title = f"{found.first.name} – {found.second.name}"
    return _calendar(title, tie_page(found.slug), calendars.of_tie(found.pk)).response()


@public_page
def exchange(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An exchange, for one's own calendar."""
    found = finding.exchange(slug)
    if found.slug != slug:
        return redirect(page_of("public:exchange-ics", found.slug), permanent=True)
    title = text_of(found, "title").text or slug
    page = page_of("public:exchange", slug)
    return _calendar(title, page, calendars.of_exchange(found.pk)).response()


@public_page
def city(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The anniversaries and exchanges of a city."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city-ics", found.slug), permanent=True)
    page = page_of("public:city", slug)
    return _calendar(found.name, page, calendars.of_city(found.pk)).response()


@public_page
def committee(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A committee's next meetings, exchanges and anniversaries."""
    found = finding.committee(slug)
    if found.slug != slug:
        return redirect(page_of("public:committee-ics", found.slug), permanent=True)
    occasions = calendars.of_committee(found.pk, found.only_tie, timezone.localdate())
    return _calendar(found.name, page_of("public:committee", slug), occasions).response()


def _of_list(
    listing: Listing, name: str, title: str, occasions: Iterable[Occasion]
) -> HttpResponseBase:
    """The calendar of a list, sent while it is read: it may have tens of thousands of days."""
    filters = [str(listing.label(key, value)) for key, value in listing.form.chosen.items()]
    words = f"{title}: {', '.join(filters)}" if filters else title
    page = reverse(name) + "".join(listing.links.url().partition("?")[1:])
    return _calendar(words, page, occasions).response(is_long=True)


def _calendar(title: str, page: str, occasions: Iterable[Occasion]) -> Calendar:
    return Calendar(f"{title} – {NAME}", page, here(), occasions)
