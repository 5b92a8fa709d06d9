"""A small load generator: keep-alive connections, one request at a time on each."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Figures:
    """Of one run: answers a second, and milliseconds that half and 95 % of them took at most.

    `beside`: the median of the yardstick, asked in turns with it; 0 where there was none."""

    rate: float
    p50: float
    p95: float
    size: int
    status: int
    beside: float = 0.0


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.rest = b""

    def get(self, path: str, headers: str = "") -> tuple[int, dict[str, str], bytes]:
        """Status, headers (lower case) and body."""
        return self._asked("GET", path, headers)

    def post(self, path: str, form: str, headers: str = "") -> tuple[int, dict[str, str], bytes]:
        """The same of a form, which is sent as it is."""
        headers += "Content-Type: application/x-www-form-urlencoded\r\n"
        return self._asked("POST", path, f"{headers}Content-Length: {len(form)}\r\n", form)

    def _asked(self, method: str, path: str, headers: str, body: str = "") -> tuple:
        request = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
            f"{headers}\r\n{body}"
        )
        self.socket.sendall(request.encode())
        data = self.rest
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:])}
        status = int(lines[0].split()[1])
        if found.get("transfer-encoding") == "chunked":
            while not rest.endswith(b"0\r\n\r\n"):
                rest += self._more()
            self.rest = b""
            return status, found, rest
        length = 0 if status == 304 else int(found.get("content-length", 0))
        while len(rest) < length:
            rest += self._more()
        self.rest = rest[length:]
        return status, found, rest[:length]

    def _more(self) -> bytes:
        data = self.socket.recv(262144)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data


def measure(
    port: int,
    path: str,
    *,
    clients: int,
    seconds: float,
    cold: bool = False,
    headers: str = "",
    beside: str = "",
) -> Figures:
    """Ask for one path for so many seconds. `cold` makes every request another address by a
    parameter that the site ignores, so that no page is answered from memory. `beside`: a path that
    is asked after each answer, so that what else the machine does falls on both alike."""
    numbers: Iterator[int] = count(time.monotonic_ns())
    times: list[float] = []
    others: list[float] = []
    last: list[tuple[int, int]] = []
    end = time.perf_counter() + seconds
    mark = "&" if urlsplit(path).query else "?"

    def visit() -> None:
        client = Client(port)
        while time.perf_counter() < end:
            address = f"{path}{mark}cold={next(numbers)}" if cold else path
            start = time.perf_counter()
            status, _found, body = client.get(address, headers)
            times.append(time.perf_counter() - start)
            last[:] = [(status, len(body))]
            if beside:
                start = time.perf_counter()
                client.get(beside)
                others.append(time.perf_counter() - start)

    threads = [threading.Thread(target=visit) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    times.sort()
    status, size = last[0]
    return Figures(
        rate=len(times) / (took - sum(others)),
        p50=median(times) * 1000,
        p95=times[min(len(times) - 1, int(len(times) * 0.95))] * 1000,
        size=size,
        status=status,
        beside=median(others) * 1000 if others else 0.0,
    )
