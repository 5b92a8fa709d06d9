"""The pages of one city, tie, committee or exchange, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from relationships import finding, linked
from relationships.addresses import here, page_of, tie_page
from relationships.pages.city import CityPage
from relationships.pages.committee import CommitteePage
from relationships.pages.exchange import ExchangePage
from relationships.pages.tie import TiePage
from sistercities.bilingual import LANGUAGES
from sistercities.caching import public_page


def today():
    """The day of the page's sentences."""
    return timezone.localdate()


@public_page
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is my city twinned with, since when, is it alive?"""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city", found.slug), permanent=True)
    request.localized = {code: page_of("public:city", slug, code) for code in LANGUAGES}
    page = CityPage(found, language=here(), today=today())
    context = {"page": page, "city": found, "linked": linked.of_city(page)}
    return render(request, "relationships/city.html", context)


@public_page
def tie(request: HttpRequest, slug: str) -> HttpResponse:
    """One tie with its proof and its story. The slug has another connector in each language."""
    found = finding.tie(slug)
    if found.slug_in(here()) != slug:
        return redirect(tie_page(found.slug), permanent=True)
    request.localized = {code: tie_page(found.slug, code) for code in LANGUAGES}
    page = TiePage(found, language=here(), today=today())
    context = {"page": page, "tie": found, "linked": linked.of_tie(page)}
    return render(request, "relationships/tie.html", context)


@public_page
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """A committee's own web site on one page."""
    found = finding.committee(slug)
    if found.slug != slug:
        return redirect(page_of("public:committee", found.slug), permanent=True)
    request.localized = {code: page_of("public:committee", slug, code) for code in LANGUAGES}
    page = CommitteePage(found, language=here(), today=today())
    context = {"page": page, "committee": found, "linked": linked.of_committee(page)}
    return render(request, "relationships/committee.html", context)


@public_page
def leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """A committee on one sheet of paper."""
    found = finding.committee(slug)
    if found.slug != slug:
        return redirect(page_of("public:committee-leaflet", found.slug), permanent=True)
    page = CommitteePage(found, language=here(), today=today())
    return render(request, "relationships/leaflet.html", {"page": page, "committee": found})


@public_page
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    """What two cities did together."""
    found = finding.exchange(slug)
    if found.slug != slug:
        return redirect(page_of("public:exchange", found.slug), permanent=True)
    request.localized = {code: page_of("public:exchange", slug, code) for code in LANGUAGES}
    page = ExchangePage(found, language=here(), today=today())
    context = {"page": page, "exchange": found, "linked": linked.of_exchange(page)}
    return render(request, "relationships/exchange.html", context)
