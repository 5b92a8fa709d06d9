"""What changes rarely and every page needs: read once per process and version of the registry.

A page that knows the version (all but the admin ask for it, to date themselves) takes what was read
when it was the same. Any other page reads once; outside a page, each question does.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sistercities.models.version import RegistryVersion

T = TypeVar("T")
Version = tuple[int, datetime | None]


@dataclass
class Page:
    """What one page has asked for already."""

    version: Version | None = None
    read: dict[int, Any] = field(default_factory=dict)


_page: ContextVar[Page | None] = ContextVar("settled_page", default=None)


@contextlib.contextmanager
def one_page() -> Iterator[None]:
    """While it lasts, nothing is asked for twice."""
    token = _page.set(Page())
    try:
        yield
    finally:
        _page.reset(token)


def version() -> Version:
    """The version's number and when it moved, as this page saw it first."""
    page = _page.get()
    if page and page.version:
        return page.version
    now = RegistryVersion.state()
    if page:
        page.version = now
    return now


class Kept(Generic[T]):
    """A value that saving a `Published` object may change, and nothing else."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[Version, T] | None = None

    def now(self) -> T:
        """The value. A kept one belongs to a number and its moment, since a number that was rolled
        back comes again."""
        page, kept = _page.get(), self._kept
        if page is None:
            return self._read()
        if page.version is None:
            if id(self) not in page.read:
                page.read[id(self)] = self._read()
            return page.read[id(self)]
        if kept is None or kept[0] != page.version:
            kept = self._kept = (page.version, self._read())
        return kept[1]
