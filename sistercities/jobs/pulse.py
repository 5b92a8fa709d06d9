"""What a worker lets others know while it works: that it lives, and how far it is."""

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.utils import timezone

from sistercities.models.job import Job

BEAT = 1.0  # seconds


class Stopped(Exception):
    """The job is not ours any more: somebody called it off, or another worker took it."""


class Work:
    """What the function of a kind gets first: the job, and where to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job, self.by = job, job.by
        self.what, self.done, self.total = "", 0, 0
        self.is_lost = False

    def begin(self, what: str, total: int) -> None:
        """A new step of so many pieces."""
        self.what, self.done, self.total = str(what)[:120], 0, total
        self._must_be_ours()

    def at(self, done: int) -> None:
        """So many pieces of the step are done."""
        self.done = done
        self._must_be_ours()

    def end(self) -> None:
        """The last step is done."""
        self.done = self.total

    def _must_be_ours(self) -> None:
        if self.is_lost:
            raise Stopped


class Pulse(threading.Thread):
    """Writes down every second that the worker lives, in a connection of its own, so that it is
    seen while the work is one long transaction.

    SQLite has one writer: while the work holds it, nothing can be written here, and nobody else
    can take the job either.
    """

    def __init__(self, work: Work) -> None:
        super().__init__(daemon=True)
        self._work, self._over = work, threading.Event()
        self._worker = connections[DEFAULT_DB_ALIAS]

    def run(self) -> None:
        """Beat until it is over."""
        try:
            while not self._over.wait(BEAT):
                self._beat()
        finally:
            connection.close()

    def stop(self) -> None:
        """No more beats from now on."""
        self._over.set()
        if self.is_alive():
            self.join()

    def _beat(self) -> None:
        if connection.vendor == "sqlite" and self._worker.in_atomic_block:
            return
        work = self._work
        said = {"what": work.what, "done": work.done, "total": work.total}
        try:
            if not ours(work.job).update(heartbeat_at=timezone.now(), **said):
                work.is_lost = True
        except DatabaseError:  # the next beat may succeed
            connection.close()


def ours(job: Job) -> Any:
    """The row, as long as it is ours."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, taken_by=job.taken_by)
