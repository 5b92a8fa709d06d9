"""Counts beside a list, each a link that narrows or widens it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sistercities.folding import fold
from sistercities.listing.links import Links

TOP = 8
TOP_GIVEN = 12
MOST = 120


@dataclass(frozen=True)
class Value:
    """One value of a facet: its link puts the filter on, or takes it off when selected."""

    label: str
    count: int
    url: str
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """One filter with its values; `more` are those that are shown on request."""

    name: str
    title: Any
    values: list[Value] = field(default_factory=list)
    more: list[Value] = field(default_factory=list)


@dataclass(frozen=True)
class Applied:
    """A filter in use, and the address of the list without it."""

    label: str
    remove_url: str


def facet(
    name: str,
    title: Any,
    counts: Mapping[str, int],
    total: int,
    links: Links,
    label: Callable[[str], Any],
    given: Sequence[str] | None = None,
) -> Facet:
    """A facet from counts by value. The chosen value stands alone, to be taken off; otherwise the
    values come in the `given` order, or the largest first and the others by name.

    A facet is empty when it cannot narrow the list: its only value is that of all rows.
    """
    if chosen := links.chosen.get(name):
        n = counts.get(chosen, total)
        return Facet(name, title, [Value(label(chosen), n, links.with_(name, None), True)])
    if given is not None:
        order = [value for value in given if counts.get(value)]
        top, rest = order[:TOP_GIVEN], order[TOP_GIVEN:]
    else:
        order = sorted(counts, key=lambda value: (-counts[value], value))[:MOST]
        top, rest = order[:TOP], order[TOP:]
    if len(order) < 2 and all(counts[value] == total for value in order):
        return Facet(name, title)
    shown = [_value(name, value, counts, links, label) for value in top]
    more = [_value(name, value, counts, links, label) for value in rest]
    if given is None:
        more.sort(key=lambda value: fold(value.label))
    return Facet(name, title, shown, more)


def _value(
    name: str,
    value: str,
    counts: Mapping[str, int],
    links: Links,
    label: Callable[[str], Any],
) -> Value:
    return Value(str(label(value)), counts[value], links.with_(name, value))


def used(facets: Iterable[Facet]) -> list[Facet]:
    """The facets that have something to offer."""
    return [one for one in facets if one.values]
