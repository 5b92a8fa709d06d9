"""The rows that could not be taken, as CSV: with the reason, and columns to mend them in."""

import csv
from collections.abc import Iterator
from typing import TextIO

from relationships.models import ImportBatch, ImportRow
from sistercities.spreadsheets import guarded

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
