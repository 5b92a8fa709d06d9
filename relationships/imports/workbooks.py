"""XLSX workbooks, inspected as a zip file before any of their XML is parsed.

Limits (SECURITY.md, "Files"): 100 entries, 50 MB unpacked, 100 times its packed size, no links to
other workbooks, no document type declarations (so no entities), UTF-8 only.
"""

import datetime
import io
import warnings
import zipfile
import zlib
from typing import Any

from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import MOST_COLUMNS, Rows, Table, checked_header, plain

MOST_ENTRIES = 100
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
RATIO_MATTERS_FROM = 1024 * 1024  # bytes unpacked


def read_workbook(data: bytes) -> Table:
    """The first sheet that holds anything."""
    book, found = _opened(data)
    sheet = book[found[0]]
    header = checked_header(next(_records(sheet))[1])

    def rows() -> Rows:
        records = _readable(sheet)
        next(records)
        return records

    notes = []
    if len(found) > 1:
        notes.append(
            _("Only the sheet %(first)s is read; %(others)s stay aside.")
            % {"first": found[0], "others": ", ".join(found[1:])}
        )
    return Table("xlsx", header, rows, notes=notes)


def records_of(data: bytes) -> tuple[list[str], Rows]:
    """The sheets that hold anything, and the rows of the first, the header too, as in the sheet."""
    book, found = _opened(data)
    return found, _readable(book[found[0]])


def _opened(data: bytes) -> tuple[Any, list[str]]:
    """The workbook and the names of its sheets that hold anything."""
    inspect(data)
    import openpyxl  # here, for it takes its time and most imports are text

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            names = [sheet.title for sheet in book.worksheets]
            found = [name for name in names if next(_records(book[name]), None)]
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise ImportRefused(_("The workbook is damaged and cannot be read.")) from error
    if not found:
        raise ImportRefused(_("The workbook is empty."))
    return book, found


def _readable(sheet: Any) -> Rows:
    try:
        yield from _records(sheet)
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error) as error:
        raise ImportRefused(_("The workbook is damaged and cannot be read.")) from error


def inspect(data: bytes) -> None:
    """Refuse bombs and what is no workbook, without unpacking more than the limits allow."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ImportRefused(_("The workbook is damaged and cannot be read.")) from error
    if len(entries) > MOST_ENTRIES:
        raise ImportRefused(_("The workbook has more than 100 parts; save it as CSV."))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ImportRefused(_("The workbook unpacks to more than 50 MB; save it as CSV."))
    if any(
        entry.file_size > RATIO_MATTERS_FROM
        and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    ):
        raise ImportRefused(_("The workbook is packed suspiciously tight; save it as CSV."))
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise ImportRefused(_("The file is a zip archive but not an XLSX workbook."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise ImportRefused(_("The workbook has links to other workbooks; save it as CSV."))
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _refuse_declarations(archive, entry)


def _refuse_declarations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    try:
        content = archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, zlib.error, NotImplementedError, EOFError) as error:
        raise ImportRefused(_("The workbook is damaged and cannot be read.")) from error
    prolog = content[:200].lower()
    foreign = b"\x00" in prolog or (
        b"encoding" in prolog and b"utf-8" not in prolog and b"ascii" not in prolog
    )
    if foreign or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ImportRefused(_("The workbook holds XML that no spreadsheet writes; save it as CSV."))


def _records(sheet: Any) -> Rows:
    """Rows that hold anything, numbered as in the sheet."""
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in values[: MOST_COLUMNS + 1]]
        if any(cells):
            yield number, cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return plain(str(value))
