"""How many rows a second a list of ties goes in with, into a copy of a world."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.bench.worlds import SEED, environment

ROWS = 20_000


@dataclass(frozen=True)
class Imported:
    """Of one run: rows, how many of them ended in a tie, seconds and the most memory in MB."""

    rows: int
    resolved: int
    seconds: float
    megabytes: float


def imported(database: str) -> Imported:
    """Import a list that names pairs of the world's own cities; the world itself stays."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(database, Path(folder))
        try:
            listed = written(cities(database), Path(folder) / "ties.csv")
            return measured(copy, listed)
        finally:
            dropped(copy)


def cities(database: str) -> list[tuple[str, str]]:
    """Name and country of each city of a world."""
    question = "SELECT name, country FROM committees_city ORDER BY id"
    if database.startswith("sqlite:///"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
            return connection.execute(question).fetchall()
    import psycopg

    with psycopg.connect(database) as connection:
        return connection.execute(question).fetchall()


def written(named: list[tuple[str, str]], path: Path) -> Path:
    """A list as an office has it: two cities, two countries, a year."""
    random = Random(SEED)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["city_a", "country_a", "city_b", "country_b", "year"])
        for _number in range(ROWS):
            rows.writerow(
                [*random.choice(named), *random.choice(named), random.randint(1950, 2020)]
            )
    return path


def measured(database: str, path: Path) -> Imported:
    """Run the command as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_ties", str(path), "--json"],
        env=os.environ | environment(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = json.loads(process.stdout.read())
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("The import failed; see above.")
    resolved = said["rows"] - said["unresolved"] - said["rejected"]
    return Imported(said["rows"], resolved, said["seconds"], used.ru_maxrss / 1024)


def copied(database: str, folder: Path) -> str:
    """A copy of a world's database."""
    if database.startswith("sqlite:///"):
        path = folder / "copy.sqlite3"
        shutil.copyfile(database.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    import psycopg

    server, _, name = database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}_import"')
        connection.execute(f'CREATE DATABASE "{name}_import" TEMPLATE "{name}"')
    return f"{server}/{name}_import"


def dropped(database: str) -> None:
    """A copy on a server is not left behind."""
    if database.startswith("sqlite:///"):
        return
    import psycopg

    server, _, name = database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
