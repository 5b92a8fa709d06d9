"""The two worlds that are measured, built once and kept under the temporary folder."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
ROOT = Path(tempfile.gettempdir()) / "registry-bench"
CITIES, TIES, SEED = 25_000, 50_000, 1
SECRET = "only-for-the-benchmark-0123456789abcdef0123456789abcdef"


def environment(database: str, settings: str = "tests.bench.settings") -> dict[str, str]:
    """What the server and the commands run with."""
    return {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": SECRET,
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def manage(database: str, *arguments: str) -> str:
    """Run a management command; its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=os.environ | environment(database),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def age() -> str:
    """What tells a world of these tables and of this maker from an older one."""
    made_of = sorted([*CODE.glob("*/migrations/*.py"), *CODE.glob("relationships/world/*.py")])
    return blake2b(b"".join(path.read_bytes() for path in made_of), digest_size=4).hexdigest()


def move_on(database: str) -> None:
    """Tell the registry's pages that something has changed."""
    change = "UPDATE sistercities_registryversion SET number = number + 1"
    if database.startswith("sqlite:///"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"), timeout=20)) as here:
            here.execute(change)
            here.commit()
        return
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(change)


def world(times: int, server: str = "", cities: int = CITIES, ties: int = TIES) -> str:
    """The database address of the world with so many times the rows. `server`: a PostgreSQL
    server's address without a database name; SQLite without it. Built only when missing."""
    ROOT.mkdir(exist_ok=True)
    cities, ties = cities * times, ties * times
    name = f"bench{times}_{cities}_{ties}_{SEED}_{age()}"
    if server:
        import psycopg

        database = f"{server.rstrip('/')}/{name}"
        with psycopg.connect(f"{server.rstrip('/')}/postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone():
                return database
            connection.execute(f'CREATE DATABASE "{name}"')
    else:
        path = ROOT / f"{name}.sqlite3"
        database = f"sqlite:///{path}"
        if (ROOT / f"{name}.built").exists():
            return database
        for part in ROOT.glob(f"{name}.sqlite3*"):
            part.unlink()
    print(f"Building {cities:,} cities and {ties:,} ties …", flush=True)
    manage(database, "migrate", "--verbosity", "0")
    sizes = ["--cities", str(cities), "--ties", str(ties), "--seed", str(SEED)]
    manage(database, "make_world", *sizes)
    (ROOT / f"{name}.built").touch()
    return database
