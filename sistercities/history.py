"""Who changed what, when and why: django-simple-history with a request id on every row.

All rows written by one page request (or one command) carry the same id, so that a change that
touched several objects can be read as one.
"""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request or command that runs now; empty in a shell."""
    return _request_id.get()


@contextlib.contextmanager
def one_request(name: str = "") -> Iterator[str]:
    """Give all history written inside one id: `name`, or a random one (at most 40 characters)."""
    token = _request_id.set((name or uuid.uuid4().hex)[:40])
    try:
        yield _request_id.get()
    finally:
        _request_id.reset(token)


class RequestIds:
    """Middleware: one random id per request, also sent back as X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request() as name:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = name
            return response


class ChangeRecord(models.Model):
    """What every history row has beside simple-history's own columns."""

    history_request_id = models.CharField(
        _("request"), max_length=40, blank=True, default=current_request_id, editable=False
    )

    class Meta:
        abstract = True


class Lines(HistoryManager):
    """The lines of history of one object or model."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet], class_name: str | None = None):
        """As Django's, once: simple-history asks for a class at each look at `history`, and it
        takes longer to make than to write a line."""
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """History of one model. Derived columns are left out: they are recomputed, not decided."""

    def __init__(self, *, derived: tuple[str, ...] = (), **options) -> None:
        options.setdefault("bases", [ChangeRecord])
        options.setdefault("excluded_fields", list(derived))
        options.setdefault(
            "history_change_reason_field", models.CharField(max_length=200, null=True)
        )
        options.setdefault("history_manager", Lines)
        super().__init__(**options)
