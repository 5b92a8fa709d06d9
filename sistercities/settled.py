"""What changes rarely and every page needs: read once per process and version of the registry.

A page asks for the version once, whatever it needs it for (`one_page`); while the number stands,
nothing is read anew. Outside a page each question asks for the version.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime
from typing import Generic, TypeVar

from sistercities.models.version import RegistryVersion

T = TypeVar("T")
Version = tuple[int, datetime | None]

_asked: ContextVar[list[Version] | None] = ContextVar("registry_version", default=None)


@contextlib.contextmanager
def one_page() -> Iterator[None]:
    """While it lasts, the version is asked for once."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def version() -> Version:
    """The version's number and when it moved, as this page saw it first."""
    held = _asked.get()
    if held:
        return held[0]
    now = RegistryVersion.state()
    if held is not None:
        held.append(now)
    return now


class Kept(Generic[T]):
    """A value that saving a `Published` object may change, and nothing else."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[Version, T] | None = None

    def now(self) -> T:
        """The value, read anew when facts have changed since. The moment belongs to the version,
        since a number that was rolled back comes again."""
        current, kept = version(), self._kept
        if kept is None or kept[0] != current:
            kept = self._kept = (current, self._read())
        return kept[1]
