"""Rows for spreadsheets, which run what looks like a formula."""

import csv
import io
from collections.abc import Iterable

FORMULA_LEAD = tuple("=+-@\t\r")


def guarded(cell: str) -> str:
    """A text that a spreadsheet takes for a formula gets a quote before it; numbers do not."""
    if not cell.startswith(FORMULA_LEAD):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """The text of a CSV file, with the mark by which spreadsheets know the accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in row])
    return "\ufeff" + out.getvalue()
