"""How long things are kept: every duty says its own time and deletes what is older.

    retention.duty("messages", Thread.purge)     # in the app's AppConfig.ready

A duty is a function without arguments that returns how many rows or files it deleted. Each is
idempotent: run twice, the second run deletes nothing.
"""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from sistercities.editing import orphans
from sistercities.models import (
    CacheEntry,
    Draft,
    Export,
    FormReceipt,
    Job,
    Knock,
    OutgoingMail,
    UsedLink,
)

Duty = Callable[[], int]


def sessions() -> int:
    """Sessions that have expired."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def devices() -> int:
    """What is noted of the devices of logins that are over."""
    living = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=living).delete()[0]


_duties: dict[str, Duty] = {}


def duty(name: str, work: Duty) -> None:
    """Take up a duty; the same name again replaces it."""
    _duties[name] = work


def run() -> dict[str, int]:
    """Do all duties, those of the ground floor last; what each deleted."""
    own = {
        "drafts": Draft.purge,
        "receipts": FormReceipt.purge,
        "exports": Export.purge,
        "jobs": Job.purge,
        "mails": OutgoingMail.purge,
        "used links": UsedLink.purge,
        "tries": Knock.purge,
        "cache": CacheEntry.purge,
        "sessions": sessions,
        "devices": devices,
        "files": lambda: len(orphans.clean()),
    }
    return {name: work() for name, work in (_duties | own).items()}
