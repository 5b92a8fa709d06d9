"""QR codes of short addresses, drawn as one path: no file, no inline style."""

from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET = 4
"""Modules of white that a reader wants around the code."""


@dataclass(frozen=True)
class QRCode:
    """What a template needs to draw it: `viewBox` and the path of the dark modules."""

    size: int
    path: str

    @property
    def view_box(self) -> str:
        """SVG's viewBox, with the quiet zone."""
        return f"0 0 {self.size} {self.size}"


@lru_cache(maxsize=512)
def qr_code(text: str) -> QRCode:
    """The code of an address. The mask is given: weighing all eight costs seven times as much,
    and readers accept any."""
    matrix = segno.make(text, micro=False, error="m", boost_error=False, mask=3).matrix
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                parts.append(f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z")
            x += run or 1
    return QRCode(len(matrix) + 2 * QUIET, "".join(parts))
