"""Rows for spreadsheets, which run what looks like a formula."""

import csv
from collections.abc import Iterable, Iterator

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
    return "".join(csv_lines(rows))


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The same line by line, for what is written while it is sent."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(["" if cell is None else guarded(str(cell)) for cell in row])


class _Echo:
    """A file whose `write` gives back what was to be written."""

    def write(self, text: str) -> str:
        """The text."""
        return text
