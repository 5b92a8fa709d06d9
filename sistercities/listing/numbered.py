"""Pages of a list that is short enough to be counted: by number, with the rows before skipped."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from sistercities.listing.forms import page_asked
from sistercities.listing.links import Links
from sistercities.listing.pages import NEAR, ROWS, Page


def numbered(
    rows: QuerySet,
    request: HttpRequest,
    keys: Iterable[str] = (),
    size: int = ROWS,
    *,
    is_strict: bool = False,
) -> Page:
    """The page of rows that the address asks for, in one question where it is the last one.

    Its links carry those `keys` of the address that narrow the list. A page beyond the end is
    answered with the last one; when `is_strict`, with 404: a public page is kept by its address,
    and there is no end of numbers.
    """
    links = Links(request.path, {key: request.GET.get(key, "") for key in keys})
    number = page_asked(request.GET)
    found = _rows(rows, number, size)
    if not found and number > 1:
        if is_strict:
            raise Http404
        number = _pages(rows.order_by().count(), size)
        found = _rows(rows, number, size)
    is_last = len(found) <= size
    count = (number - 1) * size + len(found) if is_last else rows.order_by().count()
    pages = _pages(count, size)

    def url(wanted: int) -> str:
        return links.url(page=wanted if wanted > 1 else None)

    near = range(max(1, number - NEAR), min(pages, number + NEAR) + 1)
    return Page(
        rows=found[:size],
        number=number,
        count=count,
        pages=pages,
        first_url=url(1),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
        last_url=url(pages),
        near=[(one, url(one), one == number) for one in near],
    )


def _rows(rows: QuerySet, number: int, size: int) -> list:
    """The rows of a page, and one more when others follow."""
    start = (number - 1) * size
    return list(rows[start : start + size + 1])


def _pages(count: int, size: int) -> int:
    return max(1, -(-count // size))
