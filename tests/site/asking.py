"""Requests as they may come over the wire, without a test client that would tidy them up."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@dataclass
class Reply:
    """What the site answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@lru_cache(maxsize=1)
def handler() -> WSGIHandler:
    """The site with its whole middleware, made once."""
    return WSGIHandler()


def environ(
    path: bytes,
    query: bytes = b"",
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A WSGI environment; `path` is decoded from percent signs already, as servers do it."""
    given = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in (headers or {}).items():
        key = name.upper().replace("-", "_")
        given[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    return given


@contextmanager
def connections_kept() -> Iterator[None]:
    """Leave the database connection, in whose transaction the demo registry is, alone."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(path: bytes | str, query: bytes = b"", **rest: Any) -> Reply:
    """Send one request through the whole site."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    path = path.encode() if isinstance(path, str) else path
    with connections_kept():
        response = handler()(
            environ(path, query, **rest), lambda status, headers, *_: told.append((status, headers))
        )
        try:
            body = b"".join(response)
        finally:
            response.close()
    ((status, headers),) = told
    return Reply(int(status.split()[0]), dict(headers), body)
