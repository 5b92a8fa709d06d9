"""Files are handed out by a view, never by where they lie."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from sistercities.caching import CACHE_CONTROL
from sistercities.editing.attachments import may_see
from sistercities.models import Attachment

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def send(file: FieldFile, name: str) -> FileResponse:
    """The file as an attachment under a name; 404 when it is lost."""
    try:
        stored = file.open("rb")
    except OSError as error:
        raise Http404 from error
    ending = PurePath(file.name).suffix
    return FileResponse(
        stored,
        as_attachment=True,
        filename=name or f"file{ending}",
        content_type=MEDIA_TYPES.get(ending, "application/octet-stream"),
    )


@login_not_required
@require_safe
def attachment(request: HttpRequest, key: str, thumb: bool = False) -> HttpResponseBase:
    """An attachment or its small picture, to whom may see it; it does not exist for others."""
    found = get_object_or_404(Attachment, key=key)
    file = found.thumb if thumb else found.file
    if not file or not may_see(found, request.user):
        raise Http404
    if not (found.is_public and found.kept_at):
        response = send(file, "" if thumb else found.file_name)
        response.headers["Cache-Control"] = "no-store, private"
        return response
    # The file of an address never changes, but that it is public may: browsers ask each time, and
    # are answered without the file.
    tag = f'"{found.key}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = send(file, "" if thumb else found.file_name)
    response.headers["ETag"], response.headers["Cache-Control"] = tag, CACHE_CONTROL
    return response
