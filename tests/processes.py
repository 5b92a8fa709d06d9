"""Commands of the site, and Python code, as real processes on the database of the test."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def environment(**more: str) -> dict[str, str]:
    """What a process of the site needs to work on the database of the test. An empty variable is
    left out."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database['NAME']}"
    site = {
        "DJANGO_SETTINGS_MODULE": "sistercities.settings",
        "SECRET_KEY": "another process of the same site",
        "DATABASE_URL": url,
        "CACHE_URL": "",
        **more,
    }
    kept = {key: value for key, value in os.environ.items() if key not in site}
    return kept | {key: value for key, value in site.items() if value}


def command(*arguments: str, **more: str) -> subprocess.Popen:
    """`manage.py …` as cron or a service manager starts it."""
    return python("manage.py", *arguments, **more)


def python(*arguments: str, **more: str) -> subprocess.Popen:
    """Python itself, in the folder of the project."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**more),
        stdout=subprocess.PIPE,
        text=True,
    )


def said_elsewhere(code: str) -> str:
    """What Python code prints in a process of its own, less the spaces around it. It reads what
    the test wrote with `django_db(transaction=True)` only."""
    process = python("-c", code, DJANGO_SETTINGS_MODULE="tests.settings")
    said, _none = process.communicate(timeout=120)
    assert process.returncode == 0
    return said.strip()
