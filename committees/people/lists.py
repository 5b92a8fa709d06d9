"""Reading a list of members: pasted from a spreadsheet, or a CSV file, with a header in Spanish or
English. Only columns that we know are kept; whatever else a list says of people is not read."""

import csv
import datetime
import io
import re

from django.utils.translation import gettext as _

from committees.models import Membership
from sistercities.folding import fold

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
LONGEST_CELL = 10_000
DELIMITERS = "\t;,|"
COLUMNS = {
    "name": "nombre|nombre completo|nombre s|nombres|name|full name|first name|given name|socio|"
    "socia|miembro|integrante|member",
    "family": "apellido|apellidos|last name|surname|family name|apellido paterno",
    "family2": "apellido materno|segundo apellido",
    "email": "correo|correo electronico|e mail|email|mail|e mail address|email address",
    "phone": "telefono|tel|celular|movil|phone|telephone|mobile|cell",
    "category": "categoria|tipo|tipo de socio|category|type|membership type",
    "since": "desde|ingreso|fecha de ingreso|alta|miembro desde|since|joined|member since",
    "until": "hasta|baja|fecha de baja|until|left",
    "dues_paid_until": "cuota|cuota pagada hasta|pagado hasta|cuota hasta|dues|dues paid until|"
    "paid until|paid through",
    "note": "nota|notas|note|notes",
}
KNOWN = {alias: column for column, names in COLUMNS.items() for alias in names.split("|")}
_Category = Membership.Category
CATEGORIES = {
    _Category.REGULAR: "regular|socio|socia|miembro|member|activo|activa|ordinario|ordinaria",
    _Category.YOUTH: "youth|joven|juvenil|youth member|miembro joven|estudiante|student",
    _Category.HONORARY: "honorary|honorario|honoraria|honorary member|miembro honorario",
    _Category.CORPORATE: "corporate|corporativo|corporativa|empresa|company|corporate member",
}
CATEGORY_OF = {alias: code for code, names in CATEGORIES.items() for alias in names.split("|")}
_FORMULA = re.compile(r"^[\s'=@+\-]+")
_QUOTED = re.compile(r"^'(?=[=+\-@\t\r])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class ListRefused(Exception):
    """The list cannot be read; the message says why and what to do."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, or else Latin-1."""
    if len(data) > MOST_BYTES:
        raise ListRefused(_("The file must be smaller than 5 MB."))
    if not data.strip():
        raise ListRefused(_("The file is empty."))
    if b"\0" in data:
        raise ListRefused(_("This is no text file. Save the spreadsheet as CSV and try again."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str) -> list[dict[str, str]]:
    """The rows of a list by our names of the columns; ListRefused in a sentence."""
    text = text.lstrip("\ufeff").replace("\0", "").strip("\r\n")
    if not text.strip():
        raise ListRefused(_("The list is empty."))
    delimiter = max(DELIMITERS, key=lambda one: _score(text, one))
    if not _score(text, delimiter):
        raise ListRefused(
            _("The first line must name the columns. One of them must be “Name” or “Nombre”.")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[dict[str, str]] = []
    try:
        columns = [KNOWN.get(_plain_name(cell), "") for cell in next(reader)]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == MOST_ROWS:
                raise ListRefused(_("The list may have 20,000 rows at most."))
            row: dict[str, str] = {}
            for column, cell in zip(columns, cells, strict=False):
                if column and column not in row:
                    row[column] = clean(cell, column)
            rows.append(row)
    except csv.Error:
        raise ListRefused(
            _("Line %(line)d cannot be read: a quotation mark is open, or a cell is far too long.")
            % {"line": reader.line_num}
        ) from None
    if not rows:
        raise ListRefused(_("The list has a header and no rows."))
    return rows


def _plain_name(cell: str) -> str:
    return fold(cell.replace("\ufeff", ""))


def _score(text: str, delimiter: str) -> int:
    """How many names of the header are known; nothing counts without a name of people."""
    header = [_plain_name(cell.strip("\"' ")) for cell in text.splitlines()[0].split(delimiter)]
    found = {KNOWN[name] for name in header if name in KNOWN}
    return len(found) if "name" in found else 0


def clean(cell: str, column: str) -> str:
    """A cell without blanks around it and without what a spreadsheet would run as a formula."""
    cell = _CONTROL.sub("", cell).strip()
    if column == "phone":
        return _QUOTED.sub("", cell).lstrip("=@'")
    return _FORMULA.sub("", cell)


def full_name(row: dict[str, str]) -> str:
    """The name, with the family names where a list has them apart."""
    parts = (row.get(one, "") for one in ("name", "family", "family2"))
    return " ".join(" ".join(parts).split())


def day(text: str, *, month_first: bool, last: bool = False) -> datetime.date | None:
    """A day as people write it, or a year alone: its first day, or its `last`. ValueError else."""
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return datetime.date(int(text), 12, 31) if last else datetime.date(int(text), 1, 1)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", text, re.ASCII):
        year, month, number = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text, re.ASCII):
        first, second, year = map(int, found.groups())
        month, number = (first, second) if month_first else (second, first)
        if month > 12:
            month, number = number, month
    else:
        raise ValueError(text)
    if not 1850 <= year <= 2200:
        raise ValueError(text)
    return datetime.date(year, month, number)
