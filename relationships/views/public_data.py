"""Lists and objects as data, under the addresses of their pages with a suffix."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from relationships import finding
from relationships.addresses import here
from relationships.exporting import described, documenting
from relationships.exporting.lists import list_as
from relationships.exporting.objects import as_data
from sistercities.caching import public_page
from sistercities.exporting.answering import answer, head
from sistercities.exporting.writing import compact

FIND = {
    "city": finding.city,
    "tie": finding.tie,
    "committee": finding.committee,
    "exchange": finding.exchange,
}


@public_page
def list_data(request: HttpRequest, page: str, suffix: str) -> HttpResponse:
    """All rows of a list with the filters of the address."""
    return list_as(request, page, suffix)


@public_page
def object_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One object; an old slug leads to the new one."""
    found = FIND[kind](slug)
    now = found.slug_in(here()) if kind == "tie" else found.slug
    if now != slug:
        return redirect(f"public:{kind}-json", now, permanent=True)
    page = reverse(f"public:{kind}", args=[slug])
    about = head(request, page, f"{kind}-page")
    return answer(
        request,
        "json",
        lambda: iter([compact(about | {"item": as_data(found)}) + "\n"]),
        name=slug,
        page=page,
    )


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """What is given away, under which terms, and what every column means."""
    return render(request, "relationships/data.html", documenting.page())


@public_page
def schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema of all forms of JSON."""
    return _document(described.whole_schema(), "application/schema+json")


@public_page
def openapi(request: HttpRequest) -> HttpResponse:
    """The addresses of data as OpenAPI."""
    return _document(described.openapi(), "application/vnd.oai.openapi+json")


def _document(content: dict, type: str) -> HttpResponse:
    response = JsonResponse(
        content, content_type=type, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
