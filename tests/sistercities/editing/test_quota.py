"""Two uploads at once do not both take the last place that a committee has for files."""

import contextlib
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sistercities.editing import attachments
from sistercities.models import Attachment
from tests.sistercities.test_uploads import PDF
from tests.threads import at_once

AT_ONCE = 8


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def keep(owner: int) -> str:
    sent = SimpleUploadedFile("Acta.pdf", PDF)
    try:
        attachments.store(sent, kinds=("pdf",), purpose="tests.x", owner=owner, user=NOBODY)
    except ValidationError as refusal:
        return str(refusal.message)
    return "kept"


class NOBODY:
    is_authenticated = False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("limit", "value"),
    [("MOST_FILES", 3), ("MOST_BYTES", 4 * len(PDF) - 1)],
    ids=["files", "bytes"],
)
def test_of_files_that_come_at_once_so_many_are_kept_as_there_is_room_for(
    media, monkeypatch, limit, value
):
    monkeypatch.setattr(attachments, limit, value)
    meeting, count = threading.Barrier(AT_ONCE), attachments.used

    def counted_together(owner: int) -> tuple[int, int]:
        """Whoever has counted waits until everybody has, as long as they can."""
        found = count(owner)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=3)
        return found

    monkeypatch.setattr(attachments, "used", counted_together)
    results = at_once(AT_ONCE, lambda _n: keep(7))
    assert sorted(map(str, results)) == sorted(["kept"] * 3 + [str(attachments.FULL)] * 5)
    assert Attachment.objects.count() == 3
    assert len([path for path in media.rglob("*") if path.is_file()]) == 3
