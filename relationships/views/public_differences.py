"""How the registry and other lists differ, in numbers, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relationships.addresses import here
from relationships.differences.totals import sources
from sistercities.caching import public_page


@public_page
def differences(request: HttpRequest) -> HttpResponse:
    """The totals of each list that the office published."""
    return render(request, "relationships/differences.html", {"sources": sources(here())})
