"""Asking for work, and calling it off."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from sistercities.jobs.kinds import named
from sistercities.models.job import Job


class Busy(Exception):
    """Somebody else's job about the same object is open; `job` is that one."""

    def __init__(self, job: Job | None) -> None:
        super().__init__(str(job))
        self.job = job


def queue(kind: str, *, about: str = "", by: Any = None, **arguments: Any) -> Job:
    """Ask for work; its sentences will be in the language of this page. `Busy` while other work
    about the same object is open, `ValueError` for a kind that nobody does."""
    if named(kind) is None:
        raise ValueError(f"There is no kind of jobs named {kind}.")
    codes = [code for code, _name in settings.LANGUAGES]
    language = (get_language() or "").partition("-")[0]
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind,
                about=about,
                by=by,
                language=language if language in codes else codes[0],
                arguments=arguments,
            )
    except IntegrityError:
        raise Busy(Job.objects.open().filter(about=about).first()) from None


def latest(about: str) -> Job | None:
    """The last job about an object, open or ended."""
    return Job.objects.filter(about=about).select_related("by").first()


def call_off(job: Job) -> bool:
    """Call off a job that waits or is under way; False when it had ended."""
    return bool(
        Job.objects.open()
        .filter(pk=job.pk)
        .update(state=Job.State.CANCELLED, finished_at=timezone.now())
    )
