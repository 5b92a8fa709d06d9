"""The kinds of work that there are: a name, a title for people, a function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """The work cannot be done; the message is a sentence for whoever asked."""


@dataclass(frozen=True)
class Kind:
    """What to call for a job; `whole` work is one transaction with the end of its job."""

    name: str
    title: Any
    work: Callable[..., Any]
    whole: bool = False


_kinds: dict[str, Kind] = {}


def kind(name: str, title: Any, *, whole: bool = False) -> Callable[[Callable], Callable]:
    """Decorator: jobs of this kind are done by this function. Names stand in the database."""

    def keep(work: Callable) -> Callable:
        if name in _kinds and _kinds[name].work.__qualname__ != work.__qualname__:
            raise ValueError(f"There are two kinds of jobs named {name}.")
        _kinds[name] = Kind(name, title, work, whole)
        return work

    return keep


def named(name: str) -> Kind | None:
    """The kind of this name; None when this program knows none."""
    return _kinds.get(name)


def title_of(name: str) -> str:
    """What people call a kind."""
    found = named(name)
    return str(found.title) if found else name
