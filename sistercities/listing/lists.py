"""A list page: what was asked, the counts, fifty rows, and a link for every other view of it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from sistercities import tallies
from sistercities.listing.facets import Applied, Facet, used
from sistercities.listing.forms import ListForm
from sistercities.listing.links import Links
from sistercities.listing.pages import ROWS, Page, read_page
from sistercities.listing.remembering import remembered

Counts = dict[str, dict[str, int]]


class Listing(ABC):
    """One list as it was asked for. A subclass says what its rows, counts and facets are.

    What costs a question to the database is asked once, when a template first needs it.
    """

    form_class: ClassVar[type[ListForm]]
    size: ClassVar[int] = ROWS
    headers: ClassVar[Iterable[tuple[str, Any, bool, bool]]] = ()
    """Column heads: key of the order or "", label, whether numeric, whether it first goes down."""

    def __init__(self, request: HttpRequest) -> None:
        self.form = self.form_class(request.GET)
        self.links = Links(request.path, self.form.carried)

    # What a subclass says

    @abstractmethod
    def rows(self) -> QuerySet:
        """All rows of the list, unfiltered."""

    @abstractmethod
    def fetch(self, keys: list[int]) -> list:
        """What the template shows of the rows with these primary keys, in their order."""

    @property
    @abstractmethod
    def counts(self) -> Counts:
        """Counts by facet and value of the filtered rows; under "" and "" how many there are.
        Asked often: a list keeps them (`cached_property`)."""

    def facets(self) -> Iterable[Facet]:
        """The facets, also those with nothing to offer."""
        return ()

    def label(self, name: str, value: str) -> Any:
        """A value of a filter in the reader's words."""
        return value

    # What follows from it

    def remembered(self, count: Callable[[], Counts]) -> Counts:
        """What a count over many rows gave, kept until published facts change. A search is
        counted each time: it finds few rows and is seldom the same."""
        if "q" in self.form.chosen:
            return count()
        return remembered(f"{type(self).__name__} {sorted(self.form.chosen.items())}", count)

    @property
    def total(self) -> int:
        """How many rows there are with the filters."""
        return self.counts[""][""]

    @cached_property
    def filtered(self) -> QuerySet:
        """The rows that match."""
        return self.form.apply(self.rows())

    @property
    def shown(self) -> QuerySet:
        """The rows of its pages: all that match."""
        return self.filtered

    @property
    def shown_count(self) -> int:
        """How many rows its pages have."""
        return self.total

    @property
    def ordered(self) -> QuerySet:
        """All rows that match, as pages show them one after the other."""
        return self.form.order.sort(self.filtered)

    @cached_property
    def page(self) -> Page:
        """The rows of the page asked for."""
        rows, order = self.shown, self.form.order
        return read_page(
            rows,
            order,
            count=self.shown_count,
            wanted=self.form.page,
            start=order.read(self.form.start, rows.model),
            end=order.read(self.form.end, rows.model),
            url=self.page_url,
            fetch=self.fetch,
            size=self.size,
        )

    def page_url(self, number: int, start: str = "", end: str = "") -> str:
        """The address of a page; the first one is that of the list itself."""
        page = number if number > 1 else None
        return self.links.url(page=page, **{"from": start, "to": end})

    @cached_property
    def applied(self) -> list[Applied]:
        """The filters in use, each with the address without it."""
        return [
            Applied(str(self.label(name, value)), self.links.with_(name, None))
            for name, value in self.form.chosen.items()
        ]

    def columns(self) -> list[dict[str, Any]]:
        """The heads of the table, for templates/includes/_sort_header.html."""
        return [self._column(*head) for head in self.headers]

    def _column(self, key: str, label: Any, numeric: bool, down: bool) -> dict[str, Any]:
        direction = {key: "ascending", f"-{key}": "descending"}.get(self.form.sort, "")
        wanted = {"ascending": f"-{key}", "descending": key}.get(
            direction, f"-{key}" if down else key
        )
        wanted = wanted if wanted in self.form.orders else key
        sort = None if wanted == self.form.default_sort else wanted
        return {
            "label": label,
            "numeric": numeric,
            "direction": direction if key else "",
            "url": self.links.url(sort=sort) if key in self.form.orders else "",
        }

    def context(self) -> dict[str, Any]:
        """All that a list's template needs."""
        return {
            "listing": self,
            "filter_form": self.form,
            "facets": used(self.facets()),
            "applied": self.applied,
            "columns": self.columns(),
            "page": self.page,
            "count": self.total,
            "q": self.form.q_text,
        }


def add(counts: Counts, facets: Mapping[str, Iterable[str]], n: int = 1) -> None:
    """Count rows with the given values of facets."""
    counts[""][""] += n
    for facet, values in facets.items():
        of_facet = counts.setdefault(facet, {})
        for value in values:
            of_facet[value] = of_facet.get(value, 0) + n


def no_counts() -> Counts:
    """Counts of an empty list, to add to."""
    return {"": {"": 0}}


def counted_afresh(rows: QuerySet) -> Counts:
    """Counts of rows that keep their facets in `counted_as`, in one question."""
    counts = no_counts()
    for text, n in rows.order_by().values_list("counted_as").annotate(n=Count("pk")):
        add(counts, tallies.read(text), n)
    return counts
