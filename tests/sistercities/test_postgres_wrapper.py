"""The wrapper that lends a command its own PostgreSQL."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import missing, postgres

SHOW = """
import os, psycopg, sys
row = psycopg.connect(os.environ["DATABASE_URL"]).execute("SHOW data_directory").fetchone()
print(row[0])
sys.exit(3)
"""


@pytest.fixture(autouse=True)
def _server_programs():
    try:
        postgres.programs()
    except postgres.ProgramsMissing as error:
        if missing.is_allowed():
            pytest.skip(str(error))
        raise


def wrapped(*command, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--", *command],
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_command_gets_a_server_its_exit_code_comes_back_and_nothing_stays():
    process = wrapped(sys.executable, "-c", SHOW)
    out, _error = process.communicate(timeout=60)
    home = Path(out.strip()).parent
    assert process.returncode == 3
    assert home.name.startswith("registry-pg-")
    assert not home.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_command_and_nothing_stays(number, tmp_path):
    mark = tmp_path / "started"
    shell = shutil.which("sh")
    process = wrapped(shell, "-c", f'echo "$DATABASE_URL" > {mark}; exec sleep 60')
    deadline = time.monotonic() + 30
    while not (mark.exists() and mark.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == 128 + number
    port = mark.read_text().rsplit(":", 1)[1].split("/")[0]
    listening = subprocess.run(
        [postgres.programs() / "pg_isready", "--quiet", "--host", "127.0.0.1", "--port", port],
        check=False,
    )
    assert listening.returncode == 2


def test_missing_programs_are_named_with_the_package_to_install(monkeypatch, capsys):
    monkeypatch.setattr(postgres, "DEBIAN", Path("/nowhere"))
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    assert postgres.main(["true"]) == 127
    assert capsys.readouterr().err == f"{postgres.MISSING}\n"
    assert postgres.MISSING.endswith("apt-get install postgresql")
