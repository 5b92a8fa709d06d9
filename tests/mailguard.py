"""Nobody speaks to a mail server while a visitor waits: held by every request of the suite."""

import threading
from collections.abc import Callable

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as InMemory
from django.core.mail.backends.smtp import EmailBackend as ToAServer
from django.http import HttpRequest, HttpResponse

_here = threading.local()


class DuringRequests:
    """Middleware: knows that somebody waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _here.waits = True
        try:
            return self.get_response(request)
        finally:
            _here.waits = False


class MailInRequest(AssertionError):
    """A page spoke to the mail server itself, in place of the outbox."""


def guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every way to a mail server fail during a request."""
    for backend in (BaseEmailBackend, InMemory, ToAServer):
        for name in ("open", "send_messages"):
            if name in vars(backend):
                monkeypatch.setattr(backend, name, _refusing(vars(backend)[name]))


def _refusing(real: Callable) -> Callable:
    def guarded(*args, **kwargs):
        if getattr(_here, "waits", False):
            raise MailInRequest
        return real(*args, **kwargs)

    return guarded
