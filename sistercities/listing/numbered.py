"""Plain numbered pages for lists behind a login: two queries, the address keeps its other keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = "page"
ROWS = 25
NEAR = 2


@dataclass
class NumberedPage:
    """One page of rows, as templates/includes/_pagination.html wants it."""

    rows: Sequence
    number: int
    pages: int
    total: int
    near: list[tuple[int, str, bool]] = field(default_factory=list)
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    last_url: str = ""


def numbered(rows: QuerySet, request: HttpRequest, size: int = ROWS) -> NumberedPage:
    """The page that the address asks for; the nearest there is when it asks for another."""
    total = rows.order_by().count()
    pages = max(1, -(-total // size))
    number = min(_asked(request.GET.get(PAGE, "")), pages)

    def url(wanted: int) -> str:
        query = request.GET.copy()
        query.pop(PAGE, None)
        if wanted > 1:
            query[PAGE] = str(wanted)
        return f"{request.path}?{query.urlencode()}" if query else request.path

    around = range(max(1, number - NEAR), min(pages, number + NEAR) + 1)
    return NumberedPage(
        rows=list(rows[(number - 1) * size : number * size]) if total else [],
        number=number,
        pages=pages,
        total=total,
        near=[(one, url(one), one == number) for one in around],
        first_url=url(1),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
        last_url=url(pages),
    )


def _asked(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
