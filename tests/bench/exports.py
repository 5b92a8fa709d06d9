"""How much memory an export takes, however long the list is.

    python -m tests.bench.exports --ties 100000 1000000

Builds a world of each size, asks for all its ties in each form in a process of its own,
and prints rows, seconds and the highest memory of that process. The bar: 150 MB whatever the size.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.bench.worlds import environment, manage

FORMS = ("csv", "json", "geojson")
BAR = 150
CITIES, INVENTED = 2_000, 3_000


def main() -> int:
    """1 when a form takes more than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--database", help="export this one instead of building worlds")
    options = parser.parse_args()
    if options.database:
        print(json.dumps([exported(form) for form in FORMS]))
        return 0
    most = 0.0
    for ties in options.ties:
        database = world(ties)
        found = subprocess.run(
            [sys.executable, "-m", "tests.bench.exports", "--database", database],
            env=os.environ | environment(database),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        for one in json.loads(found.stdout):
            most = max(most, one["megabytes"])
            print(
                f"{one['form']:8} {one['rows']:>9,} ties {one['size']:7.0f} MB in "
                f"{one['seconds']:5.1f} s; {one['megabytes']:.0f} MB of memory at most"
            )
    return int(most > BAR)


def world(ties: int) -> str:
    """The address of a database with so many ties; built once. An invented world of a few thousand,
    and then as many copies of a tie of it, each between two cities that have none yet."""
    folder = Path(tempfile.gettempdir())
    path, small = (folder / f"registry-exports-{n}.sqlite3" for n in (ties, "small"))
    if not small.exists():
        manage(f"sqlite:///{small}", "migrate", "--verbosity", "0")
        sizes = ("--cities", str(CITIES), "--ties", str(INVENTED), "--seed", "1")
        manage(f"sqlite:///{small}", "make_world", *sizes)
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(small)) as here, closing(sqlite3.connect(partial)) as there:
            here.backup(there)
            there.execute(copies(there), [ties - INVENTED])
            there.commit()
        partial.rename(path)
    return f"sqlite:///{path}"


def copies(database: sqlite3.Connection) -> str:
    """The statement that copies the first tie between other cities, so many times."""
    names = [row[1] for row in database.execute("PRAGMA table_info(relationships_tie)")][1:]
    of_pair = {"city_a_id": "a.id", "city_b_id": "b.id", "slug": "t.slug || a.id || '_' || b.id"}
    values = ", ".join(of_pair.get(name, f"t.{name}") for name in names)
    return (
        f"INSERT INTO relationships_tie ({', '.join(names)}) SELECT {values} "
        "FROM committees_city a JOIN committees_city b ON a.id < b.id, "
        "(SELECT * FROM relationships_tie WHERE review = 'published' ORDER BY id LIMIT 1) t "
        "WHERE NOT EXISTS (SELECT 1 FROM relationships_tie o "
        "WHERE o.city_a_id = a.id AND o.city_b_id = b.id) LIMIT ?"
    )


def exported(form: str) -> dict:
    """All ties in one form, thrown away as they come, in a process that did nothing before."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as told:
            answer = json.load(told)
        os.waitpid(child, 0)
        return answer
    os.close(reading)
    with os.fdopen(writing, "w") as told:
        json.dump(_exported(form), told)
    os._exit(0)


def _exported(form: str) -> dict:
    import django

    django.setup()
    from django.test import Client

    began, size, rows = time.monotonic(), 0, 0
    for block in Client(HTTP_HOST="127.0.0.1").get(f"/en/ties.{form}").streaming_content:
        size += len(block)
        rows += block.count(b"\n")
    lines = Path("/proc/self/status").read_text().splitlines()
    highest = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    around = {"csv": 1, "json": 2, "geojson": 2}[form]
    return {
        "form": form,
        "rows": rows - around,
        "size": size / 1e6,
        "seconds": time.monotonic() - began,
        "megabytes": highest / 1024,
    }


if __name__ == "__main__":
    raise SystemExit(main())
