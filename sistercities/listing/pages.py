"""Pages of a long list that cost the same wherever they are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from django.db.models import QuerySet

from sistercities.listing.columns import columns
from sistercities.listing.orders import Key, Order, read_together

ROWS = 50
NEAR = 2


@dataclass
class Page:
    """One page: its rows, where it stands, and the addresses of its neighbours.

    `near` has (number, address, whether it is this page) for up to five pages.
    """

    rows: list
    number: int = 1
    count: int = 0
    pages: int = 1
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    last_url: str = ""
    near: list[tuple[int, str, bool]] = field(default_factory=list)


def read_page(
    rows: QuerySet,
    order: Order,
    *,
    count: int,
    wanted: int,
    start: Key | None,
    url: Callable[[int, str], str],
    fetch: Callable[[list[int]], list],
    size: int,
) -> Page:
    """The page after the row with the key `start`, or page `wanted` when there is no key.

    Links carry the key of the row before their page, so following them reads ranges of the index
    only, and rows that come in meanwhile neither repeat nor lose one. A page asked for by its
    number alone ("page=400" typed by hand, or the last page) is found by skipping rows of the
    index from the nearer end: correct at any depth, instant near either end, and in the middle
    its cost grows with the distance. `url` writes the address of a page from its number and key
    (empty for the first page), `fetch` gives the rows for primary keys, in their order.
    """
    pages = max(1, ceil(count / size))
    wanted = max(1, min(wanted, pages))
    keys = columns(rows, *order.names)
    if start is None and wanted > 1:
        start = _key_at(keys, order, (wanted - 1) * size - 1, count)
    ahead, behind = _around(keys, order, start, size)
    more = ceil(max(0, len(ahead) - size) / size)
    number = 1 + ceil(len(behind) / size)
    if len(behind) > NEAR * size:
        number = max(number, pages - more if more < NEAR else wanted)
    pages = number + more if more < NEAR else max(pages, number + NEAR)

    def key(row: tuple) -> str:
        return order.written(row)

    links = {number: url(number, key(start) if start and behind else "")}
    for step in range(1, NEAR + 1):
        if len(behind) > (step - 1) * size:
            enough = len(behind) > step * size
            links[number - step] = url(number - step, key(behind[step * size])) if enough else ""
        if more >= step:
            links[number + step] = url(number + step, key(ahead[step * size - 1]))
    first = url(1, "")
    links = {n: link or first for n, link in sorted(links.items()) if n >= 1}
    return Page(
        rows=fetch([row[-1] for row in ahead[:size]]),
        number=number,
        count=count,
        pages=pages,
        first_url=first,
        previous_url=links.get(number - 1, ""),
        next_url=links.get(number + 1, ""),
        last_url=links[pages] if pages in links else url(pages, ""),
        near=[(n, link, n == number) for n, link in links.items()],
    )


def _key_at(keys: QuerySet, order: Order, position: int, count: int) -> Key | None:
    """The key of the row at a position from 0, counted from the nearer end."""
    if position < count / 2:
        found = order.sort(keys)[position : position + 1]
    else:
        back = count - 1 - position
        found = order.reverse().sort(keys)[back : back + 1]
    [rows] = read_together([found])
    return rows[0] if rows else None


def _around(
    keys: QuerySet, order: Order, start: Key | None, size: int
) -> tuple[list[tuple], list[tuple]]:
    """Keys after the start, nearest first, enough to see two pages on; and those up to the start,
    nearest first, enough to see two pages back. One question."""
    on, back = NEAR * size + 1, NEAR * size + 1
    if start is None:
        [ahead] = read_together([order.sort(keys)[:on]])
        return ahead, []
    forward = [part[:on] for part in order.after(keys, start)]
    backward = [part[:back] for part in order.reverse().after(keys, start, itself=True)]
    parts = read_together([*forward, *backward])
    ahead = [row for part in parts[: len(forward)] for row in part]
    behind = [row for part in parts[len(forward) :] for row in part]
    return ahead[:on], behind[:back]
