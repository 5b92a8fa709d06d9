"""Telling a file's format by its content, and reading it as a table."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.imports.columns import known_names
from relationships.imports.delimited import decode, read_delimited
from relationships.imports.jsonresults import read_json
from relationships.imports.ours import FORMAT, is_ours
from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import MOST_BYTES, Table
from relationships.imports.workbooks import read_workbook

FORMATS = ("csv", "tsv", "semicolon", "bar", "sparql-tsv", "json", "sparql-json", "xlsx")
FORMATS += (FORMAT,)

_FOREIGN = {
    b"\xd0\xcf\x11\xe0": gettext_lazy("The file is an old XLS workbook; save it as XLSX or CSV."),
    b"%PDF": gettext_lazy("The file is a PDF; a list must come as CSV, XLSX or JSON."),
    b"\x1f\x8b": gettext_lazy("The file is packed; unpack it first."),
}


def read_file(path: Path, expected: str | None = None) -> Table:
    """The table in a file; ImportRefused with a sentence for whatever is wrong with it."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ImportRefused(_("%(file)s is a folder, not a file.") % {"file": path})
        if size > MOST_BYTES:
            raise ImportRefused(_("The file is larger than 100 MB; split it."))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ImportRefused(_("There is no file %(file)s.") % {"file": path}) from error
    except (OSError, ValueError) as error:
        raise ImportRefused(_("The file %(file)s cannot be opened.") % {"file": path}) from error
    return read_bytes(data, path.name, expected)


def read_bytes(data: bytes, file_name: str, expected: str | None = None) -> Table:
    """As :func:`read_file`, for what is already in memory."""
    table = _table(data)
    if is_ours(table.header):
        table.format = FORMAT
    if expected and table.format != expected:
        raise ImportRefused(
            _("The file looks like %(found)s, not %(expected)s.")
            % {"found": table.format, "expected": expected}
        )
    table.file_name = "".join(c for c in file_name if c.isprintable())[-200:]
    table.sha256 = hashlib.sha256(data).hexdigest()
    if next(table.rows(), None) is None:
        raise ImportRefused(_("The file has a header but no rows."))
    return table


def _table(data: bytes) -> Table:
    if not data.strip():
        raise ImportRefused(_("The file is empty."))
    if data.startswith(b"PK"):
        return read_workbook(data)
    for beginning, sentence in _FOREIGN.items():
        if data.startswith(beginning):
            raise ImportRefused(str(sentence))
    text = decode(data)
    if not text.strip():
        raise ImportRefused(_("The file is empty."))
    if text.lstrip()[0] in "[{":
        return read_json(text)
    return read_delimited(text, known_names)
