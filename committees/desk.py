"""The sections of the committee's desk. Every page adds its own: nothing here knows them all.

    from committees.desk import Section, register

    register(Section("people", _("People"), "desk:people", order=30))

The address takes the committee's slug and nothing else. Orders: page 20, people 30, ties 40,
exchanges 50, donations 60, programme 70, messages 80, documents 90, history 100.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.rights import Role, includes


@dataclass(frozen=True)
class Section:
    """A line of the desk's navigation; those whose role does not cover `role` do not see it."""

    key: str
    label: str | Promise
    url_name: str
    order: int
    role: str = Role.VIEWER


@dataclass(frozen=True)
class Shortcut:
    """A button on the desk's home for what is done most often."""

    label: str | Promise
    url_name: str
    order: int
    role: str = Role.EDITOR


_sections: dict[str, Section] = {}
_shortcuts: dict[str, Shortcut] = {}


def register(section: Section) -> Section:
    """Add a section; one with the same key takes its place."""
    _sections[section.key] = section
    return section


def sections(held: str) -> list[Section]:
    """The sections for somebody who holds a role, in order."""
    seen = [one for one in _sections.values() if includes(held, one.role)]
    return sorted(seen, key=lambda one: one.order)


def offer(shortcut: Shortcut) -> None:
    """Put a button on the desk's home."""
    _shortcuts[shortcut.url_name] = shortcut


def shortcuts(held: str) -> list[Shortcut]:
    """The buttons for somebody who holds a role, in order."""
    seen = [one for one in _shortcuts.values() if includes(held, one.role)]
    return sorted(seen, key=lambda one: one.order)


def section_url(key: str, committee) -> str:
    """The first page of a section, for links from elsewhere; the desk's home where it has none."""
    url_name = _sections[key].url_name if key in _sections else HOME.url_name
    return reverse(url_name, args=[committee.slug])


HOME = register(Section("todo", _("To do"), "desk:home", order=10))
