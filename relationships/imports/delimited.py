"""Comma, semicolon, tab and bar separated text, and the tab separated answers of SPARQL."""

import csv
import io
import re
from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import Rows, Table, checked_header, plain

DELIMITERS = ",;\t|"
SEEN_WHEN_SNIFFING = 40  # records

_BINARY = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SPARQL_CELL = re.compile(
    r"""(?x) <(?P<uri>[^<>\s]*)>
      | "(?P<literal>(?:[^"\\]|\\.)*)" (?: @[A-Za-z][A-Za-z0-9-]* | \^\^ (?:<[^<>]*> | \w+:\w+) )?
    """
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ImportRefused(_not_text()) from error
    head = data[:65536]
    if head.count(0) * 100 > len(head):
        raise ImportRefused(_not_text())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise ImportRefused(_not_text()) from error
    if len(_BINARY.findall(text, 0, 65536)) * 1000 > min(len(text), 65536):
        raise ImportRefused(_not_text())
    return text


def _not_text() -> str:
    return _(
        "The file is neither text in UTF-8 or Windows-1252 nor an XLSX workbook. "
        "Save it as CSV UTF-8 and try again."
    )


def read_delimited(text: str, score: Callable[[list[str]], int]) -> Table:
    """A table of separated values. `score` says how many names of a header it knows."""
    if is_sparql_tsv(text):
        return _table("sparql-tsv", partial(_sparql_rows, text))
    delimiter = sniff(text, score)
    name = {",": "csv", ";": "semicolon", "\t": "tsv", "|": "bar"}[delimiter]
    return _table(name, partial(_rows, text, delimiter))


def _table(name: str, numbered: Callable[[], Rows]) -> Table:
    first = next(numbered(), None)
    if first is None:
        raise ImportRefused(_("The file is empty."))

    def rows() -> Rows:
        found = numbered()
        next(found)
        return found

    return Table(name, checked_header(first[1]), rows)


def sniff(text: str, score: Callable[[list[str]], int]) -> str:
    """The delimiter under which the header is best known and the rows have the same width."""

    def worth(delimiter: str) -> tuple[int, float, int]:
        records = []
        try:
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                if any(record):
                    records.append(record)
                if len(records) == SEEN_WHEN_SNIFFING:
                    break
        except csv.Error:
            pass
        if not records or len(records[0]) < 2:
            return 0, 0.0, 0
        even = sum(len(record) == len(records[0]) for record in records) / len(records)
        return score(records[0]), even, len(records[0])

    return max(DELIMITERS, key=worth)


def _rows(text: str, delimiter: str) -> Rows:
    """Records that hold anything, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for record in reader:
            cells = [plain(cell) for cell in record]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ImportRefused(
                _("A quotation mark opened in line %(line)d is never closed.") % {"line": begins}
            ) from error
        if "field larger" in str(error):
            raise ImportRefused(
                _("A cell that begins in line %(line)d is far too long; is a quotation mark open?")
                % {"line": begins}
            ) from error
        raise ImportRefused(
            _("Line %(line)d cannot be read: a quotation mark stands inside a cell.")
            % {"line": begins}
        ) from error


def is_sparql_tsv(text: str) -> bool:
    """Whether it is W3C SPARQL TSV: variables with "?", URIs in angles, literals in quotes."""
    head = text[:20000].splitlines()[:6]
    if not head or "\t" not in head[0]:
        return False
    if all(cell.strip().startswith("?") for cell in head[0].split("\t")):
        return True
    cells = [cell.strip() for line in head[1:] for cell in line.split("\t")]
    typed = re.compile(r'<[a-z]+:[^<>\s]*>|"(?:[^"\\]|\\.)*"(?:@[A-Za-z-]+|\^\^.+)')
    return any(typed.fullmatch(cell) for cell in cells)


def _sparql_rows(text: str) -> Rows:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            cells = [sparql_value(cell.strip()) for cell in line.split("\t")]
            yield number, [cell.removeprefix("?") for cell in cells] if number == 1 else cells


def sparql_value(cell: str) -> str:
    """The bare value of one SPARQL TSV term."""
    match = _SPARQL_CELL.fullmatch(cell)
    if match is None:
        return plain(cell)
    if match["uri"] is not None:
        return plain(match["uri"])
    return plain(re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match["literal"]))
