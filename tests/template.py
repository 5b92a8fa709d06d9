"""A database with every migration done, made once and copied for each worker: the migrations take
longer than most files of tests. `python -m tests.template` makes it before the run.

SQLite's lies in the temporary folder under a name that follows from the code, and serves the next
run as well; PostgreSQL's lies beside the test databases.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
NAME = "registry_template"
FOUND = "REGISTRY_TEMPLATE"
"""Tells the workers where it lies, also when the code changes under a run."""
MADE_OF = (
    *("*/migrations/*.py", "*/models/*.py", "*/admin/groups.py", "*/rights.py"),
    *("sistercities/bulk.py", "sistercities/currencies.py", "sistercities/database_rules.py"),
    *("sistercities/folding.py", "sistercities/history.py", "sistercities/partialdates.py"),
)
"""All that runs while the database is migrated, besides what is installed."""
MIGRATE = """
import gc
from django.core.management import execute_from_command_line
gc.set_threshold(20_000)
execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])
"""
"""Django makes every model anew at each step: looking for garbage as often as Python does by
itself would take a quarter of the time."""


def make() -> None:
    """Make it, unless it is there."""
    if _on_sqlite():
        path = _path()
        os.environ[FOUND] = str(path)
        if path.exists():
            return
        partial = path.with_suffix(f".{os.getpid()}")
        _migrate(f"sqlite:///{partial}")
        partial.replace(path)
    elif not _execute(f"SELECT FROM pg_database WHERE datname = '{NAME}'"):
        _execute(f'CREATE DATABASE "{NAME}_partial"')
        _migrate(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{NAME}_partial")
        _execute(f'ALTER DATABASE "{NAME}_partial" RENAME TO "{NAME}"')


def lay() -> None:
    """Put a copy in the place of this process's test database."""
    test = _database()["TEST"]["NAME"] or f"test_{_database()['NAME']}"
    if _on_sqlite():
        for part in ("", "-wal", "-shm"):
            Path(test + part).unlink(missing_ok=True)
        shutil.copy(os.environ[FOUND], test)
    else:
        _execute(f'DROP DATABASE IF EXISTS "{test}"')
        _execute(f'CREATE DATABASE "{test}" TEMPLATE "{NAME}"')


def _database() -> dict:
    return connection.settings_dict


def _on_sqlite() -> bool:
    return _database()["ENGINE"].endswith("sqlite3")


def _path() -> Path:
    """Of the template: what it is made of has its part in the name."""
    digest = blake2b(sys.version.encode(), digest_size=8)
    for path in sources():
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return Path(tempfile.gettempdir()) / f"registry-template-{os.getuid()}-{digest.hexdigest()}"


def sources() -> list[Path]:
    """The files that it is made of."""
    return sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern))


def _migrate(url: str) -> None:
    """As a process of its own: this one has no database yet."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", MIGRATE], cwd=ROOT, env=env, check=True)


def _execute(sql: str) -> int:
    """Rows that were found."""
    import psycopg

    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        return connection.execute(sql).rowcount


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    make()
