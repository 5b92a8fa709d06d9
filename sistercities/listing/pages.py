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
    end: Key | None,
    url: Callable[..., str],
    fetch: Callable[[list[int]], list],
    size: int,
) -> Page:
    """The page that begins after the row with the key `start`, or ends with that of `end`; without
    either, page `wanted`.

    Links onward carry the key before their page, links back the key at its end. So following them
    reads ranges of the index only, and rows that come in meanwhile neither repeat nor lose one.
    A page asked for by its number alone ("page=400" typed by hand, or the last page) is found by
    skipping rows of the index from the nearer end: correct at any depth, instant near either end,
    and in the middle its cost grows with the distance.

    `url(number, start="", end="")` writes the address of a page, `fetch` gives the rows for
    primary keys, in their order.
    """
    pages = max(1, ceil(count / size))
    wanted = max(1, min(wanted, pages))
    keys = columns(rows, *order.names)
    if start is None and end is not None:
        later, back = _around(keys, order, end, size, size)
        own, behind = back[:size][::-1], back[size:]
    else:
        if start is None and wanted > 1:
            start = _key_at(keys, order, (wanted - 1) * size - 1, count)
        ahead, behind = _around(keys, order, start, size, 0)
        own, later = ahead[:size], ahead[size:]
    if not own and (behind or later):  # a key beyond either end of the list
        start = behind[size] if len(behind) > size else None
        ahead, behind = _around(keys, order, start, size, 0)
        own, later = ahead[:size], ahead[size:]
    more = min(NEAR, ceil(len(later) / size))
    number = 1 + ceil(len(behind) / size)
    if len(behind) > NEAR * size:
        number = max(number, pages - more if more < NEAR else wanted)
    pages = number + more if more < NEAR else max(pages, number + NEAR)

    links = {number: url(number, start=order.written(behind[0]) if behind else "")}
    for step in range(NEAR):
        if len(behind) > step * size:
            before = number - step - 1
            links[before] = url(before, end=order.written(behind[step * size]))
        if len(later) > step * size:
            last = later[step * size - 1] if step else own[-1]
            links[number + step + 1] = url(number + step + 1, start=order.written(last))
    links = dict(sorted(links.items()))
    return Page(
        rows=fetch([row[-1] for row in own]),
        number=number,
        count=count,
        pages=pages,
        first_url=url(1),
        previous_url=links.get(number - 1, ""),
        next_url=links.get(number + 1, ""),
        last_url=links[pages] if pages in links else url(pages),
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
    keys: QuerySet, order: Order, key: Key | None, size: int, own: int
) -> tuple[list[tuple], list[tuple]]:
    """Keys after a key, and those up to it, each nearest first: enough to see two pages either
    way, with a page of `own` rows that ends there, else one that begins there. One question."""
    on = NEAR * size + 1 + (size - own)
    back = NEAR * size + 1 + own
    if key is None:
        [ahead] = read_together([order.sort(keys)[:on]])
        return ahead, []
    forward = [part[:on] for part in order.after(keys, key)]
    backward = [part[:back] for part in order.reverse().after(keys, key, itself=True)]
    parts = read_together([*forward, *backward])
    ahead = [row for part in parts[: len(forward)] for row in part]
    behind = [row for part in parts[len(forward) :] for row in part]
    return ahead[:on], behind[:back]
