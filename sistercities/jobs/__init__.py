"""Work that takes longer than a page may: asked for by a page, done by `manage.py run_jobs`.

    @jobs.kind("count-stars", _("Counting stars"))       # in a module that AppConfig.ready imports
    def count(work: jobs.Work, sky: int) -> str:
        work.begin(_("Stars"), 400)                      # what the page shows meanwhile
        ...
        work.at(17)
        return _("400 stars.")                           # the sentence that the page shows then

    job = jobs.queue("count-stars", about="sky-3", by=request.user, sky=3)

Refuse by raising `jobs.Refused` with a sentence. Work that was broken off is begun anew, once: it
must be able to. With `whole=True` it runs in one transaction with its own end: all of it is there
and the job is done, or nothing is. `jobs.queue` raises `jobs.Busy` while another job about the same
object is open.
"""

from sistercities.jobs.kinds import Kind, Refused, kind, title_of
from sistercities.jobs.pulse import Stopped, Work
from sistercities.jobs.queueing import Busy, call_off, latest, queue

__all__ = [
    "Busy",
    "Kind",
    "Refused",
    "Stopped",
    "Work",
    "call_off",
    "kind",
    "latest",
    "queue",
    "title_of",
]
