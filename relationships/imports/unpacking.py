"""A workbook as CSV, read by a process of its own with little memory and little time: whatever a
hostile file does to the parser, it does it there.

`python -m relationships.imports.unpacking < list.xlsx > list.csv` is that process. It ends with
status 2 and a sentence (in English, to be translated by who started it) when the file is refused.
"""

import csv
import io
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext, gettext_lazy

from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import MOST_BYTES

MEMORY = 512 * 1024 * 1024
SECONDS = 20
REFUSED = 2
ROOT = Path(__file__).resolve().parents[2]
TOO_HEAVY = gettext_lazy("The workbook takes too much memory or time to read; save it as CSV.")


def as_csv(data: bytes) -> tuple[bytes, list[str]]:
    """The first sheet that holds anything, row for row, and the names of all that do.
    ImportRefused for what cannot be read."""
    with tempfile.TemporaryFile() as out:
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "relationships.imports.unpacking"],
                cwd=ROOT,
                input=data,
                stdout=out,
                stderr=subprocess.PIPE,
                timeout=2 * SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ImportRefused(str(TOO_HEAVY)) from error
        said = ended.stderr.decode("utf-8", "replace").strip()
        if ended.returncode == REFUSED and said:
            raise ImportRefused(gettext(said))
        if ended.returncode:
            raise ImportRefused(str(TOO_HEAVY))
        out.seek(0)
        return out.read(), json.loads(said)


def main(given: BinaryIO, out: BinaryIO) -> int:
    """Read, write, and say what is wrong; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    from django.conf import settings

    settings.configure(USE_I18N=False)
    from relationships.imports.workbooks import records_of

    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer, line = csv.writer(text, lineterminator="\n"), 1
    try:
        sheets, records = records_of(given.read())
        for number, cells in records:
            text.write("\n" * (number - line))  # rows keep the numbers that the sheet gives them
            writer.writerow([" ".join(cell.splitlines()) for cell in cells])
            line = number + 1
        text.flush()
        sys.stderr.write(json.dumps(sheets))
    except ImportRefused as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    except (MemoryError, OSError):
        sys.stderr.write(str(TOO_HEAVY))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
