"""Do the work that pages asked for and did not wait for; run one with --every 2 beside the site."""

import os
import sys
from pathlib import Path
from typing import Any

from django.db import connections

from sistercities.jobs.working import work_off
from sistercities.management.repeating import RepeatingCommand
from sistercities.models import Job

HEAVY = 150 * 1024 * 1024
"""Bytes in memory after which a worker starts afresh: Python gives little back."""
STATM = Path("/proc/self/statm")


class Command(RepeatingCommand):
    """Any number of them may run at once: each job is taken by one."""

    help = __doc__

    def turn(self, options: dict[str, Any]) -> str:
        goes_on = options["every"] is not None
        done = work_off(is_enough=lambda: goes_on and is_heavy())
        if not done and goes_on:
            return ""
        waiting = Job.objects.filter(state=Job.State.WAITING).count()
        said = f"Done {done['done']}, failed {done['failed']}, left {done['left']}; {waiting} wait."
        if goes_on and is_heavy():
            self.stdout.write(said)
            self.stdout.flush()
            start_afresh()
        return said


def is_heavy() -> bool:
    """Whether this process holds more than a worker should keep; False where nobody knows."""
    if not STATM.exists():
        return False
    resident = int(STATM.read_text().split()[1])
    return resident * os.sysconf("SC_PAGE_SIZE") > HEAVY


def start_afresh() -> None:
    """The same command in the same process, with empty memory."""
    connections.close_all()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
