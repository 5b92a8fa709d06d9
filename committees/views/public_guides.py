"""Guides of the national office: a list by topic, a page each, and their files."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from committees import finding
from committees.models import Guide, GuideFile
from sistercities.caching import public_page
from sistercities.editing.serving import send

MOST_GUIDES = 200


@public_page
def guides(request: HttpRequest) -> HttpResponse:
    """All of them in the office's order."""
    found = Guide.objects.public()[:MOST_GUIDES]
    return render(request, "committees/guides.html", {"guides": found})


@public_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide with its files; an old slug leads to the new one."""
    found = finding.guide(slug)
    if found.slug != slug:
        return redirect(found, permanent=True)
    others = Guide.objects.public().filter(topic=found.topic).exclude(pk=found.pk)
    context = {"guide": found, "files": found.files.public(), "others": others[:MOST_GUIDES]}
    return render(request, "committees/guide.html", context)


@login_not_required
@require_safe
def guide_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a guide under its original name. What is not public does not exist but for the
    national office."""
    rows = GuideFile.objects.all()
    if not (request.user.is_staff and request.user.has_perm("committees.view_guidefile")):
        rows = rows.public()
    found = get_object_or_404(rows, pk=pk)
    return send(found.file, found.file_name or f"{found.pk}.pdf")
