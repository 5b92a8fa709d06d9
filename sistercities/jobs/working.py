"""Doing jobs: each is taken by one worker, and ends with a sentence whatever happens.

A worker takes one job at a time, marks it as its own and commits; while it works it gives a sign
of life every second. A job whose worker fell silent for a minute is begun anew by another one,
once; after that it has failed.
"""

import datetime
import logging
import uuid
from collections import Counter
from collections.abc import Callable

from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sistercities.jobs.kinds import Kind, Refused, named
from sistercities.jobs.pulse import Pulse, Stopped, Work, ours
from sistercities.models.job import Job
from sistercities.taking import next_free

MOST_ATTEMPTS = 2
State = Job.State
log = logging.getLogger(__name__)


def work_off(*, quietly: bool = False, is_enough: Callable[[], bool] = lambda: False) -> Counter:
    """Do every job that is due, until it `is_enough`; how many were done, failed, left. `quietly`
    gives no signs of life, for a caller whose own transaction nobody else can see into."""
    fates: Counter = Counter()
    while job := _taken_or_none():
        fates[run(job, quietly=quietly)] += 1
        if is_enough():
            break
    return fates


def _taken_or_none() -> Job | None:
    try:
        return take(timezone.now())
    except OperationalError:  # another worker writes for long; the next turn comes soon
        close_old_connections()
        return None


def take(now: datetime.datetime) -> Job | None:
    """The next job, marked as ours; None when nothing is due."""
    with transaction.atomic():
        while job := next_free(Job.objects.due(now).order_by("queued_at", "pk")):
            row = Job.objects.filter(pk=job.pk, state=job.state, taken_by=job.taken_by)
            if job.attempts >= MOST_ATTEMPTS:
                with override(job.language):
                    row.update(state=State.FAILED, message=_broken_off(), finished_at=now)
                continue
            job.state, job.taken_by, job.attempts = (
                State.RUNNING,
                uuid.uuid4().hex,
                job.attempts + 1,
            )
            job.started_at = job.heartbeat_at = now
            if row.update(
                state=job.state,
                taken_by=job.taken_by,
                attempts=job.attempts,
                started_at=now,
                heartbeat_at=now,
                **{"what": "", "done": 0, "total": 0},
            ):
                return job
    return None


def run(job: Job, *, quietly: bool = False) -> str:
    """Do a job that was taken; its fate: done, failed, or left to somebody else."""
    kind, work = named(job.kind), Work(job)
    pulse = Pulse(work)
    if not quietly:
        pulse.start()
    with override(job.language):
        try:
            if kind is None:
                raise Refused(_("This version of the registry does not know such work."))
            said = _whole(kind, work, pulse) if kind.whole else kind.work(work, **job.arguments)
        except Stopped:
            return "left"
        except Refused as refusal:
            return _ended(job, pulse, State.FAILED, str(refusal))
        except OperationalError as error:
            log.warning("Job %s was put back: %s", job.pk, error)
            return _put_back(job, pulse)
        except Exception:
            log.exception("Job %s failed", job.pk)
            return _ended(job, pulse, State.FAILED, _unforeseen(job))
        finally:
            pulse.stop()
        return "done" if kind.whole else _ended(job, pulse, State.DONE, str(said or ""))


def _whole(kind: Kind, work: Work, pulse: Pulse) -> str:
    """The work and the end of its job, both or neither."""
    with transaction.atomic():
        said = kind.work(work, **work.job.arguments)
        pulse.stop()
        if _ended(work.job, pulse, State.DONE, str(said or "")) == "left":
            raise Stopped
    return said


def _ended(job: Job, pulse: Pulse, state: str, message: str) -> str:
    pulse.stop()
    now = timezone.now()
    kept = ours(job).update(state=state, message=message, finished_at=now, heartbeat_at=now)
    return str(state.value) if kept else "left"


def _put_back(job: Job, pulse: Pulse) -> str:
    """The database did not answer: try again, or give up."""
    close_old_connections()
    if job.attempts >= MOST_ATTEMPTS:
        return _ended(job, pulse, State.FAILED, _broken_off())
    pulse.stop()
    ours(job).update(state=State.WAITING, taken_by="")
    return "left"


def _broken_off() -> str:
    return _("The work was broken off twice. Nothing half done stands: ask for it again.")


def _unforeseen(job: Job) -> str:
    return _(
        "The work failed for a reason that nobody foresaw. The server's log says more, under job "
        "%(number)d."
    ) % {"number": job.pk}
