"""How long things are kept: every duty says its own time and deletes what is older.

    retention.duty("messages", Thread.purge)     # in the app's AppConfig.ready

A duty is a function without arguments that returns how many rows or files it deleted. Each is
idempotent: run twice, the second run deletes nothing.
"""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.utils import timezone

from sistercities.editing import orphans
from sistercities.models import Draft, FormReceipt

Duty = Callable[[], int]


def sessions() -> int:
    """Sessions that have expired."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


_duties: dict[str, Duty] = {}


def duty(name: str, work: Duty) -> None:
    """Take up a duty; the same name again replaces it."""
    _duties[name] = work


def run() -> dict[str, int]:
    """Do all duties, those of the ground floor last; what each deleted."""
    own = {
        "drafts": Draft.purge,
        "receipts": FormReceipt.purge,
        "sessions": sessions,
        "files": lambda: len(orphans.clean()),
    }
    return {name: work() for name, work in (_duties | own).items()}
