"""Files behind evidence: handed out by number, never by where they lie."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from relationships.models import Evidence, Tie
from sistercities.editing.serving import send


@login_not_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as an attachment under its original name. What is not public does not exist but
    for the national office."""
    rows = Evidence.objects.exclude(file="")
    if not (request.user.is_staff and request.user.has_perm("relationships.view_evidence")):
        rows = rows.filter(is_public=True, tie__review=Tie.Review.PUBLISHED)
    evidence = get_object_or_404(rows, pk=pk)
    ending = PurePath(evidence.file.name).suffix
    return send(evidence.file, evidence.file_name or f"{evidence.pk}{ending}")
