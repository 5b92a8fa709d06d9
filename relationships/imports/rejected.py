"""The rows that could not be taken, as CSV: with the reason, and columns to mend them in."""

import csv
from collections.abc import Iterator
from typing import TextIO

from relationships.imports.tables import FORMULA_LEAD
from relationships.models import ImportBatch, ImportRow

REASON = "reason"
LEFT = (ImportRow.Verdict.UNRESOLVED, ImportRow.Verdict.REJECTED)


def write_rejected(batch: ImportBatch, out: TextIO) -> int:
    """Write the header and the rows; how many rows. Feed the mended file to the import again."""
    header = batch.mapping["header"]
    fields = set(batch.mapping["columns"].values())
    mending = [
        name for name in ("geonames_a", "geonames_b") if name not in fields and name not in header
    ]
    own = [name for name in header if name != REASON]
    writer = csv.writer(out)
    writer.writerow([*map(guarded, own), *mending, REASON])
    count = 0
    for raw, reason in _rows(batch):
        cells = [guarded(raw.get(name, "")) for name in own]
        writer.writerow([*cells, *("" for _name in mending), guarded(reason)])
        count += 1
    return count


def _rows(batch: ImportBatch) -> Iterator[tuple[dict, str]]:
    rows = batch.rows.filter(verdict__in=LEFT).order_by("number")
    return rows.values_list("raw", "reason").iterator(2000)


def guarded(cell: str) -> str:
    """A text that a spreadsheet takes for a formula gets a quote before it; numbers do not."""
    if not cell.startswith(FORMULA_LEAD):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
