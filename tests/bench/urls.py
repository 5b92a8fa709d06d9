"""The whole site, and one view that always gives the same 20 KB."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sistercities.urls import handler400, handler403, handler404, handler500
from sistercities.urls import urlpatterns as site

CONSTANT = (b"A constant answer of some twenty kilobytes. " * 466)[:20480]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def constant(request: HttpRequest) -> HttpResponse:
    """The yardstick: what Django costs when a page costs nothing."""
    return HttpResponse(CONSTANT)


urlpatterns = [path("bench/constant", constant), *site]
