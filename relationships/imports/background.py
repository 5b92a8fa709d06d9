"""What the office's pages leave to the worker: reading, planning, applying and undoing a list."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relationships.imports import receiving
from relationships.imports.accepted import ACCEPTED, AcceptedPlan
from relationships.imports.columns import Mapping
from relationships.imports.committing import commit
from relationships.imports.planning import Plan
from relationships.imports.refusal import ImportRefused
from relationships.imports.undoing import undo
from relationships.models import ImportBatch
from sistercities import jobs, retention

READ, PLAN, COMMIT, UNDO = "import-read", "import-plan", "import-commit", "import-undo"
State = ImportBatch.State

retention.duty("files of imports", receiving.forget_files)


def batch_in(number: int, *states: str) -> ImportBatch:
    """An import in one of these states, after whoever is changing it just now."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().filter(pk=number).first()
    if batch is None or batch.state not in states:
        raise jobs.Refused(
            _("Import %(number)d is not waiting for this any more.") % {"number": number}
        )
    return batch


def making_of(batch: ImportBatch, work: jobs.Work, kind: type[Plan] = Plan) -> Plan:
    """The plan of a kept file, from the columns that somebody matched."""
    read = batch.mapping
    mapping = Mapping(read["columns"], read["implied"], read["said_by"])
    table = receiving.table_of(batch)
    return kind(table, mapping, batch.source, countries=read["countries"], progress=work)


@jobs.kind(READ, gettext_lazy("Reading a list"))
def read(work: jobs.Work, batch: int) -> str:
    """The header of a workbook or of a file of JSON."""
    found = batch_in(batch, State.UPLOADED)
    work.begin(_("Reading the file"), 1)
    try:
        receiving.read(found)
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    return ""


@jobs.kind(PLAN, gettext_lazy("Planning an import"))
def plan(work: jobs.Work, batch: int) -> str:
    """A verdict on every row, from the columns that somebody matched."""
    found = batch_in(batch, State.UPLOADED, State.PLANNED)
    try:
        made = making_of(found, work, AcceptedPlan if ACCEPTED in found.mapping else Plan).store(
            batch=found
        )
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    count = sum(made.counts.values())
    return ngettext("%(n)s row was judged.", "%(n)s rows were judged.", count) % {"n": f"{count:,}"}


@jobs.kind(COMMIT, gettext_lazy("Applying an import"), whole=True)
def apply(work: jobs.Work, batch: int, edition: int) -> str:
    """Exactly the plan that somebody looked at."""
    try:
        commit(batch, work, edition)
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    return _("Import %(number)d is applied.") % {"number": batch}


@jobs.kind(UNDO, gettext_lazy("Undoing an import"), whole=True)
def take_back(work: jobs.Work, batch: int) -> str:
    """All of it, or nothing where something was built on it."""
    work.begin(_("Taking it back"), 1)
    try:
        undo(batch)
    except ImportRefused as refusal:
        raise jobs.Refused(str(refusal)) from None
    return _("Import %(number)d is undone.") % {"number": batch}
