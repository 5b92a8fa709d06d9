"""A file as a header and rows of text, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from sistercities.spreadsheets import FORMULA_LEAD

LONGEST_FIELD = 10_000
MOST_COLUMNS = 200
MOST_ROWS = 1_000_000
MOST_BYTES = 100 * 1024 * 1024

Rows = Iterator[tuple[int, list[str]]]
"""Number of the row as a person counts it (the header is 1), and its cells."""


@dataclass
class Table:
    """What was read. `rows()` may be called again and again."""

    format: str
    header: list[str]
    rows: Callable[[], Rows]
    file_name: str = ""
    sha256: str = ""
    notes: list[str] = field(default_factory=list)


def plain(cell: str) -> str:
    """A cell without what neither database can store, and without a spreadsheet's guard quote."""
    if "\x00" in cell:
        cell = cell.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    cell = cell.strip()
    if cell.startswith("'") and cell[1:2] in FORMULA_LEAD and len(cell) > 1:
        cell = cell[1:]
    if not cell.isascii():
        cell = cell.encode("utf-8", "replace").decode("utf-8")
    return cell


def checked_header(cells: list[str]) -> list[str]:
    """The names of the columns, without empty ones at the end. Refuses what cannot be a header."""
    names = [plain(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise ImportRefused(_("The file has no header: its first row must name the columns."))
    if len(names) > MOST_COLUMNS:
        raise ImportRefused(
            _("The header has %(count)d columns; at most %(most)d are read.")
            % {"count": len(names), "most": MOST_COLUMNS}
        )
    if any(len(name) > 200 for name in names):
        raise ImportRefused(_("A name in the header is longer than 200 characters."))
    names = [name or _("column %(n)d") % {"n": at} for at, name in enumerate(names, 1)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ImportRefused(
            _("The header names %(columns)s twice; give each column a name of its own.")
            % {"columns": ", ".join(twice)}
        )
    return names


def flaw_of(cells: list[str], width: int) -> str:
    """Why a row cannot be read; empty when it can."""
    if len(cells) > width and any(cells[width:]):
        return _("The row has %(cells)d cells, the header only %(width)d.") % {
            "cells": len(cells),
            "width": width,
        }
    for cell in cells:
        if len(cell) > LONGEST_FIELD:
            return _("A cell is longer than 10,000 characters.")
        if "\N{REPLACEMENT CHARACTER}" in cell:
            return _("A cell holds characters that are not text.")
    return ""
