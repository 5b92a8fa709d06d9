"""Permanent addresses without a language, as they stand on plaques and letters."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from relationships import finding
from relationships.addresses import page_of, tie_page


@login_not_required
@require_safe
def tie(request: HttpRequest, number: int) -> HttpResponse:
    """/t/1234"""
    return _lead(tie_page(finding.tie_by_number(number).slug))


@login_not_required
@require_safe
def city(request: HttpRequest, number: int) -> HttpResponse:
    """/c/567: a city has a number, a committee a name with letters."""
    return _lead(page_of("public:city", finding.city_by_number(number).slug))


@login_not_required
@require_safe
def exchange(request: HttpRequest, number: int) -> HttpResponse:
    """/e/89"""
    return _lead(page_of("public:exchange", finding.exchange_by_number(number).slug))


@login_not_required
@require_safe
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """/c/south-el-monte"""
    return _lead(page_of("public:committee", finding.committee(slug).slug))


def _lead(path: str) -> HttpResponse:
    """To the page in the visitor's language: the cookie's, the browser's, or Spanish.

    302, since the page may get another slug; the short address itself stays for ever.
    """
    response = HttpResponseRedirect(path)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
