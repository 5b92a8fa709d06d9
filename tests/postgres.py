"""A private PostgreSQL for one command: `python -m tests.postgres -- COMMAND…`

Finds the server programs that Debian installs, starts a cluster of its own in a temporary folder
(as the user `postgres` when root, for the server refuses to run as root), sets DATABASE_URL, runs
the command, and leaves nothing behind, whatever happens. Exit code: the command's; 127 when the
server programs are missing. Nothing here is durable (fsync off): for tests and measurements only.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL's server programs are missing: apt-get install postgresql"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SERVER_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
}


class ProgramsMissing(Exception):
    """No directory on this machine holds both initdb and pg_ctl."""


def programs() -> Path:
    """The folder with initdb and pg_ctl: the newest of Debian's, or the one on PATH."""

    def version(path: Path) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", path.parent.name)]

    for folder in sorted(DEBIAN.glob("*/bin"), key=version, reverse=True):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    found = shutil.which("initdb")
    if found and (Path(found).parent / "pg_ctl").exists():
        return Path(found).parent
    raise ProgramsMissing(MISSING)


def free_port() -> int:
    """A TCP port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, stop and remove it."""
    folder = programs()
    home = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    user: dict[str, int | str] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
        user = {"user": account.pw_uid, "group": account.pw_gid}
    data, log, port = home / "data", home / "server.log", free_port()

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [folder / program, *arguments],
            cwd=home,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **user,
        )
        if done.returncode:
            detail = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{detail}")

    try:
        run(
            "initdb",
            *("--pgdata", str(data), "--username", "registry", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        with (data / "postgresql.conf").open("a") as settings:
            for name, value in SERVER_OPTIONS.items():
                settings.write(f"{name} = '{value}'\n")
            settings.write(f"port = {port}\nunix_socket_directories = '{home}'\n")
        try:
            # pg_ctl's own output goes to a pipe that the server would keep open: hence --log.
            run("pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", str(log))
            yield f"postgres://registry@127.0.0.1:{port}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", str(data))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run one command with DATABASE_URL pointing at a fresh cluster.

    A signal ends the command; the cleaning goes on undisturbed.
    """
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    received: list[int] = []
    process: subprocess.Popen | None = None

    def note(number: int, _frame: object) -> None:
        received.append(number)
        if process is not None:
            process.terminate()

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        with cluster() as url:
            process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
            if received:
                process.terminate()
            code = process.wait()
    except ProgramsMissing as error:
        print(error, file=sys.stderr)
        return 127
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 + received[0] if received else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
