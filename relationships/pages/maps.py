"""The maps of pages, each drawn once as long as what it shows stays the same."""

from collections.abc import Iterable
from functools import lru_cache

from sistercities.maps.picture import ArcMap
from sistercities.maps.view import Line, arc_map

KEPT = 256
"""A map of twenty arcs takes about 10 kB."""


def map_of(lines: Iterable[Line], language: str, highlight: str | None = None) -> ArcMap | None:
    """As `arc_map`, which takes longer than all the queries of a page."""
    return _drawn(tuple(lines), language, highlight)


@lru_cache(maxsize=KEPT)
def _drawn(lines: tuple[Line, ...], language: str, highlight: str | None) -> ArcMap | None:
    return arc_map(lines, highlight=highlight, language=language)
