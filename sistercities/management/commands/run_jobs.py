"""Do the work that pages asked for and did not wait for; run one with --every 2 beside the site."""

from typing import Any

from sistercities.jobs.working import work_off
from sistercities.management.repeating import RepeatingCommand
from sistercities.models import Job


class Command(RepeatingCommand):
    """Any number of them may run at once: each job is taken by one."""

    help = __doc__

    def turn(self, options: dict[str, Any]) -> str:
        done = work_off()
        if not done and options["every"] is not None:
            return ""
        waiting = Job.objects.filter(state=Job.State.WAITING).count()
        return f"Done {done['done']}, failed {done['failed']}, left {done['left']}; {waiting} wait."
