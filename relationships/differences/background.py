"""What the pages of comparisons leave to the worker; each is about the list's import, so that
nobody plans, settles and compares the same rows at once."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relationships.differences import accepting, learning
from relationships.differences.comparing import compare
from relationships.differences.hearing import Hearing
from relationships.imports.accepted import AcceptedPlan
from relationships.imports.background import batch_in, making_of
from relationships.imports.refusal import ImportRefused
from relationships.models import Comparison, ImportBatch
from sistercities import jobs

COMPARE, ACCEPT, LEARN = "compare-list", "accept-differences", "learn-ids"
State = ImportBatch.State


@jobs.kind(COMPARE, gettext_lazy("Comparing a list"))
def compare_list(work: jobs.Work, batch: int) -> str:
    """A verdict on every row anew, then the differences of all pairs."""
    found = batch_in(batch, State.UPLOADED, State.PLANNED)
    comparison = Comparison.objects.get(batch=found)
    try:
        hearing = making_of(found, work, Hearing)
        hearing.store(batch=found)
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    report = hearing.heard(is_sided=comparison.is_of_wikidata)
    compare(comparison, report, work)
    count = len(report.pairs)
    said = ngettext("%(n)s pair was compared.", "%(n)s pairs were compared.", count)
    return said % {"n": f"{count:,}"}


@jobs.kind(ACCEPT, gettext_lazy("Planning what was chosen"))
def accept(work: jobs.Work, batch: int) -> str:
    """The rows of the chosen pairs into a file of their own, and a verdict on each."""
    found = batch_in(batch, State.UPLOADED)
    work.begin(_("Gathering rows"), 1)
    try:
        accepting.fill(found)
        made = making_of(found, work, AcceptedPlan).store(batch=found)
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    count = sum(made.counts.values())
    return ngettext("%(n)s row was judged.", "%(n)s rows were judged.", count) % {"n": f"{count:,}"}


@jobs.kind(LEARN, gettext_lazy("Keeping Wikidata numbers"), whole=True)
def learn(work: jobs.Work, batch: int, reason: str) -> str:
    """The numbers of cities that have none, with history."""
    work.begin(_("Writing cities"), 1)
    count = learning.keep(Comparison.objects.get(batch=batch), reason, work.by)
    said = ngettext(
        "%(n)s city has its Wikidata number now.",
        "%(n)s cities have their Wikidata number now.",
        count,
    )
    return said % {"n": f"{count:,}"}
