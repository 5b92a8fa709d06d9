"""What waits for a committee: a list computed anew at every visit, never typed, never stored.

Each floor registers functions that look at one thing and yield lines:

    @register
    def people_who_want_to_join(committee, today):
        yield Todo(_("Answer 2 people who want to join"), url, role=Role.COORDINATOR)

A function asks a fixed number of queries, whatever there is.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.rights import Role, includes

SOON = datetime.timedelta(days=31)


@dataclass(frozen=True)
class Todo:
    """One line: a verb first, where to do it, until when, who may. `done`: it is done already."""

    text: str
    url: str
    due: datetime.date | None = None
    role: str = Role.EDITOR
    done: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    key: str
    title: str | Promise
    lines: list[Todo]


Source = Callable[..., Iterable[Todo]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Decorator: ask `source(committee, today)` for lines."""
    _sources.append(source)
    return source


def todos(committee, today: datetime.date, held: str) -> list[Todo]:
    """All lines for somebody who holds a role, the most urgent first."""
    lines = [line for source in _sources for line in source(committee, today)]
    seen = [line for line in lines if includes(held, line.role)]
    return sorted(seen, key=lambda line: line.due or datetime.date.max)


def grouped(lines: Iterable[Todo], today: datetime.date) -> list[Group]:
    """Overdue, this month, when you can, done; groups without a line are left out."""
    groups = {
        "overdue": Group("overdue", _("Overdue"), []),
        "soon": Group("soon", _("This month"), []),
        "later": Group("later", _("When you can"), []),
        "done": Group("done", _("Done"), []),
    }
    for line in lines:
        groups[_key(line, today)].lines.append(line)
    return [group for group in groups.values() if group.lines]


def _key(line: Todo, today: datetime.date) -> str:
    if line.done:
        return "done"
    if line.due is None or line.due > today + SOON:
        return "later"
    return "overdue" if line.due < today else "soon"
