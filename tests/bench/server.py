"""gunicorn as it runs in production, started and stopped around a measurement."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Client

WORKERS, THREADS = 2, 4


@dataclass
class Server:
    """A running server: its port, process and the seconds from start to first page."""

    port: int
    process: subprocess.Popen
    seconds_to_first_page: float

    def worker_megabytes(self) -> list[float]:
        """Resident memory of each worker, in MB."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        found = []
        for child in children:
            for line in Path(f"/proc/{child}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    found.append(int(line.split()[1]) / 1024)
        return found


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(environment: dict[str, str], first_page: str) -> Iterator[Server]:
    """The site on a free port; ready when `first_page` answers 200."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "sistercities.wsgi", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS),
            "--log-level", "error", "--no-control-socket", "--keep-alive", "75",
        ],
        env=os.environ | environment,
    )  # fmt: skip
    try:
        while True:
            try:
                status, _headers, _body = Client(port).get(first_page)
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - start > 60:
                    raise SystemExit("The server did not start; see above.") from None
                time.sleep(0.02)
        if status != 200:
            raise SystemExit(f"{first_page} answered {status}.")
        yield Server(port, process, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(20)
