"""Pages of lists at the desk, which are short enough to be counted and skipped."""

from math import ceil

from django.db.models import QuerySet
from django.http import HttpRequest

from sistercities.listing.pages import NEAR, ROWS, Page


def page_of(request: HttpRequest, found: QuerySet, size: int = ROWS) -> Page:
    """The page that the address asks for, the nearest one where it does not exist."""
    count = found.count()
    pages = max(1, ceil(count / size))
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = max(1, min(number, pages))

    def url(wanted: int) -> str:
        query = request.GET.copy()
        query["page"] = str(wanted)
        return f"?{query.urlencode()}"

    near = range(max(1, number - NEAR), min(pages, number + NEAR) + 1)
    return Page(
        rows=list(found[(number - 1) * size : number * size]),
        number=number,
        count=count,
        pages=pages,
        first_url=url(1),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
        last_url=url(pages),
        near=[(one, url(one), one == number) for one in near],
    )
