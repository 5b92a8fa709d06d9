"""Pages about one's own login that allauth does not have."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's login on one page: address, password, second step, where it is open."""
    return render(request, "account/overview.html")


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up; the name exists because allauth asks for its address."""
    raise Http404
