"""Feeds of what changed: under the address of their page, with ".atom" at its end."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from relationships import feeds, finding
from relationships.addresses import here, page_of
from relationships.listing.exchanges import ExchangeList
from relationships.listing.ties import TieList
from sistercities.association import NAME
from sistercities.atom import Entry, Feed, tag
from sistercities.caching import public_page
from sistercities.listing.lists import Listing


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What is new in the registry."""
    title = _("What is new")
    return _feed(request, ("home",), reverse("public:home"), title, feeds.of_everything())


@public_page
def tie_list(request: HttpRequest) -> HttpResponse:
    """The ties of a list that changed last; its filters hold, its order does not."""
    listing = TieList(request)
    entries = feeds.of_ties(listing.filtered)
    return _of_list(request, listing, "tie-list", _("Ties"), entries)


@public_page
def exchange_list(request: HttpRequest) -> HttpResponse:
    """The exchanges of a list that changed last."""
    listing = ExchangeList(request)
    entries = feeds.of_exchanges(listing.filtered)
    return _of_list(request, listing, "exchange-list", _("Exchanges"), entries)


@public_page
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new about a city."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city-atom", found.slug), permanent=True)
    page, entries = page_of("public:city", slug), feeds.of_city(found.pk)
    return _feed(request, ("city", found.pk), page, found.whole_name, entries)


@public_page
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new of a committee."""
    found = finding.committee(slug)
    if found.slug != slug:
        return redirect(page_of("public:committee-atom", found.slug), permanent=True)
    page = page_of("public:committee", slug)
    entries = feeds.of_committee(found.pk, found.only_tie)
    return _feed(request, ("committee", found.pk), page, found.name, entries)


def _of_list(
    request: HttpRequest, listing: Listing, name: str, title: str, entries: list[Entry]
) -> HttpResponse:
    """The feed of a list; each combination of filters has an id of its own, however written."""
    query = urlencode(sorted(listing.form.chosen.items()))
    page = reverse(f"public:{name}") + (f"?{query}" if query else "")
    filters = [str(listing.label(key, value)) for key, value in listing.form.chosen.items()]
    words = f"{title}: {', '.join(filters)}" if filters else title
    return _feed(request, (name, *([query] if query else [])), page, words, entries)


def _feed(
    request: HttpRequest, place: tuple, page: str, title: str, entries: list[Entry]
) -> HttpResponse:
    own = request.path + "".join(page.partition("?")[1:])
    return Feed(
        id=tag("feed", *place, here()),
        url=page,
        own=own,
        title=f"{title} – {NAME}",
        language=here(),
        entries=entries,
    ).response()
