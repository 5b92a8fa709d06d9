"""The map of the ties, for everyone: a page, a picture, and what its script draws."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relationships.addresses import here
from relationships.atlas.data import data_of
from relationships.atlas.page import MapPage
from relationships.listing.found import suggested_places
from sistercities.caching import public_page

SVG = "image/svg+xml"


@public_page
def tie_map(request: HttpRequest) -> HttpResponse:
    """The ties on a map, and the same ties in a list beside it."""
    page = MapPage(request)
    listing = page.listing
    context = {**listing.context(), "atlas": page, "map": page.map}
    if found := listing.form.found:
        context["suggested"] = suggested_places(found, "ties", listing.links)
        context |= {"found": found, "nearest_url": listing.links.url(q=found.nearest)}
    return render(request, "relationships/map.html", context)


@public_page
def map_picture(request: HttpRequest) -> HttpResponse:
    """The map alone, with colours of its own, to be put elsewhere."""
    page = MapPage(request)
    context = {"atlas": page, "map": page.map}
    return render(request, "relationships/map.svg", context, content_type=SVG)


@public_page
def map_data(request: HttpRequest) -> HttpResponse:
    """What the page's script draws."""
    flows = MapPage(request).listing.scripted
    text = json.dumps(data_of(flows, here()), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json")
