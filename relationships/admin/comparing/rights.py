"""Who may see comparisons, make them, and take over what they show."""

from django.contrib.auth.models import AbstractBaseUser

from relationships.admin.importing.asking import RIGHT as IMPORTING
from relationships.imports import receiving
from relationships.models import Comparison, ImportBatch
from sistercities.models import Job

RIGHT = "relationships.compare_lists"
SIGHT = "relationships.view_comparison"
CITIES = "committees.change_city"


def may_do(user: AbstractBaseUser, comparison: Comparison, job: Job | None) -> set[str]:
    """Which buttons there are."""
    batch = comparison.batch
    if job and job.is_open:
        return set()
    may = set()
    is_made = comparison.compared_at is not None
    if user.has_perm(RIGHT):
        may.add("publish" if is_made else "")
        if batch.state in (ImportBatch.State.UPLOADED, ImportBatch.State.PLANNED):
            if user.has_perm(IMPORTING) and batch.file and receiving.is_read(batch):
                may.add("columns")
            if batch.file and batch.mapping.get("columns"):
                may.add("again")
    if is_made and user.has_perm(IMPORTING):
        may.add("accept")
    if is_made and user.has_perm(CITIES) and user.has_perm(RIGHT):
        may.add("ids")
    if is_made and comparison.is_of_wikidata:
        may.add("give")
    return may - {""}
