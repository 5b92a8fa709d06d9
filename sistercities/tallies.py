"""Counts beside the filters of a list, moved by the difference whenever a row's facets change.

A row says its facets as {"country": ["MX", "US"], "kind": ["sister_city"]}. It is counted once in
all, once under each value, and once under each pair of values whose facets stand in the list's
`together`. The text form of the facets is stored in the row (`counted_as`), so the difference to
what was counted before is known even when the row was changed elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Q

from sistercities.bulk import batches, insert_rows
from sistercities.models.tally import Tally

Facets = dict[str, list[str]]
Cell = tuple[str, str, str, str]

ADD = (
    'ON CONFLICT (listing, "by", by_value, facet, value) '
    "DO UPDATE SET n = sistercities_tally.n + excluded.n"
)


def written(facets: Facets) -> str:
    """Facets as the text kept in the row: country=MX,US;kind=sister_city."""
    return ";".join(f"{facet}={','.join(values)}" for facet, values in facets.items() if values)


def read(text: str) -> Facets:
    """The facets in a kept text; empty for a row that is not counted."""
    parts = (part.partition("=") for part in text.split(";") if part)
    return {facet: values.split(",") for facet, _, values in parts}


def cells(text: str, together: frozenset[tuple[str, str]]) -> Iterator[Cell]:
    """Every tally that a row with these facets is part of, as (by, by_value, facet, value)."""
    if not text:
        return
    facets = read(text)
    yield "", "", "", ""
    for facet, values in facets.items():
        for value in values:
            yield "", "", facet, value
    for by, facet in together:
        for by_value in facets.get(by, ()):
            for value in facets.get(facet, ()):
                if by != facet or by_value != value:
                    yield by, by_value, facet, value


def difference(
    changes: Iterable[tuple[str, str]], together: frozenset[tuple[str, str]]
) -> Counter[Cell]:
    """By how much the tallies move when rows change, each (counted before, counted now)."""
    moved: Counter[Cell] = Counter()
    for before, now in changes:
        if before != now:
            moved.subtract(cells(before, together))
            moved.update(cells(now, together))
    return moved


def move(listing: str, moved: Counter[Cell]) -> None:
    """Move the tallies by a difference. Call once, in the transaction that changes the rows."""
    rows = sorted((cell, n) for cell, n in moved.items() if n)
    columns = ("listing", "by", "by_value", "facet", "value", "n")
    insert_rows(Tally, columns, ((listing, *cell, n) for cell, n in rows), ADD)


def counted(texts: Iterable[str], together: frozenset[tuple[str, str]]) -> Counter[Cell]:
    """A fresh count of rows by their kept texts, for the proof that the stored one is right."""
    fresh: Counter[Cell] = Counter()
    for batch in batches(texts, 5000):
        for text in batch:
            fresh.update(cells(text, together))
    return fresh


def stored(listing: str) -> Counter[Cell]:
    """The tallies of a list as they stand, without the empty ones."""
    rows = Tally.objects.filter(listing=listing).exclude(n=0)
    return Counter(
        {
            (by, by_value, facet, value): n
            for by, by_value, facet, value, n in rows.values_list(
                "by", "by_value", "facet", "value", "n"
            ).iterator()
        }
    )


def rebuild(listing: str, fresh: Counter[Cell]) -> None:
    """Write a fresh count in place of the stored one."""
    Tally.objects.filter(listing=listing).delete()
    columns = ("listing", "by", "by_value", "facet", "value", "n")
    insert_rows(Tally, columns, ((listing, *cell, n) for cell, n in sorted(fresh.items())))


def counts(listing: str, by: str = "", by_value: str = "") -> dict[str, dict[str, int]]:
    """Counts by facet and value among the rows with by=by_value (all rows when empty), in one
    query. Under "" stands {"": the number of those rows}."""
    rows = Tally.objects.filter(listing=listing, by=by, by_value=by_value)
    if by:
        itself = Tally.objects.filter(listing=listing, by="", facet=by, value=by_value)
        rows = Tally.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=itself.values("pk")))
    found: dict[str, dict[str, int]] = {"": {"": 0}}
    for row_by, facet, value, n in rows.values_list("by", "facet", "value", "n"):
        if n <= 0:
            continue
        if by and not row_by:
            found[""][""] = n
        else:
            found.setdefault(facet, {})[value] = n
    return found
