"""The same code in another process, on the database of this test."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def database_url() -> str:
    """The address of this test's database, for another process. What the test wrote can be read
    there with `django_db(transaction=True)` only."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def said_elsewhere(code: str) -> str:
    """What Python code prints in a process of its own, less the spaces around it."""
    more = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | more,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()
