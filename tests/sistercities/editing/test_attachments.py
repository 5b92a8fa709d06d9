"""Files that come with forms: kept before anything is refused, shown to whom they concern."""

import datetime
import hashlib
import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from relationships.models import Evidence
from sistercities import uploads
from sistercities.editing import attachments, orphans
from sistercities.models import Attachment, Draft
from tests import factories
from tests.sending import filled, form_of
from tests.sistercities.memory import Peak
from tests.sistercities.test_uploads import GPS, PDF, picture, png_that_claims

pytestmark = pytest.mark.django_db
URL = "/en/papers/add/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path, db) -> Path:
    factories.TieFactory()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def file(content: bytes = PDF, name: str = "Acta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def give(client, page=None, **answers):
    """Send the form with the title A paper and whatever else is said."""
    page = page or client.get(URL)
    return client.post(URL, filled(page, **({"title": "A paper"} | answers)))


def test_a_file_survives_an_error_in_another_field(ana, media):
    refused = give(ana, title="", document=file())
    html = refused.content.decode()
    assert refused.status_code == 200
    assert "Kept: Acta.pdf, 1\N{NO-BREAK SPACE}kB" in html
    waiting = Attachment.objects.get()
    assert (waiting.kept_at, waiting.made_by, waiting.owner) == (None, ana.user, 7)
    assert give(ana, refused).status_code == 302
    row = Evidence.objects.get()
    assert row.file.read() == PDF
    row.file.close()
    assert (row.file_name, row.sha256) == ("Acta.pdf", hashlib.sha256(PDF).hexdigest())
    assert Attachment.objects.count() == 0
    assert len(stored(media)) == 1


def test_a_kept_file_can_be_removed_or_replaced_before_sending(ana):
    refused = give(ana, title="", document=file())
    removed = give(ana, refused, **{"document-remove": "on"})
    assert "Choose a file." in removed.content.decode()
    other = picture()
    assert give(ana, refused, document=file(other, "scan.jpg")).status_code == 302
    assert Evidence.objects.get().file_name == "scan.jpg"


def test_two_wrong_fields_give_two_sentences_and_keep_nothing(ana, media):
    html = give(ana, title="", document=file(b"<svg/>", "x.svg")).content.decode()
    assert str(uploads.WRONG_KIND) in html and "This field is required." in html
    assert stored(media) == []


def test_a_forged_number_carries_no_file(ana, ben):
    give(ben, title="", document=file())
    number = Attachment.objects.get().pk
    for forged in (str(number), f"{number}:x", "x", attachments.sign(Attachment(pk=999))):
        response = give(ana, **{"document-kept": forged})
        assert "Choose a file." in response.content.decode()


def test_a_file_of_another_purpose_is_not_taken(ana):
    give(ana, title="", document=file())
    Attachment.objects.update(purpose="tests.other")
    response = give(ana, **{"document-kept": attachments.sign(Attachment.objects.get())})
    assert "Choose a file." in response.content.decode()


def exif_jpeg() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "A camera"
    return picture(size=(2600, 1300), exif=exif)


HOSTILE = {
    "HTML with a PNG's header": (b"\x89PNG\r\n\x1a\n<html>", "a.png", uploads.DAMAGED),
    "HTML": (b"<!doctype html><script>1</script>", "a.png", uploads.WRONG_KIND),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", uploads.WRONG_KIND),
    "nothing": (b"", "a.pdf", uploads.EMPTY),
    "a byte too many": (PDF.ljust(uploads.MOST_PDF + 1), "a.pdf", uploads.PDF_TOO_LARGE),
    "far too many": (PDF.ljust(3 * uploads.MOST_PDF), "a.pdf", uploads.PDF_TOO_LARGE),
    "50,000 by 50,000": (png_that_claims(50_000, 50_000), "a.png", uploads.TOO_MANY_PIXELS),
    "8,000 by 5,000": (png_that_claims(8_000, 5_000), "a.png", uploads.TOO_HEAVY),
    "TIFF": (b"II*\0" + b"\xff" * 64, "a.tiff", uploads.WRONG_KIND),
    "a locked PDF": (PDF + b"<< /Encrypt 5 0 R >>", "a.pdf", uploads.LOCKED),
    "a PDF with a script": (PDF + b"<< /S /JavaScript >>", "a.pdf", uploads.ACTIVE),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_gets_a_sentence_and_leaves_nothing(ana, media, case):
    content, name, sentence = HOSTILE[case]
    page = filled(ana.get(URL), title="A paper", document=file(content, name))
    body = encode_multipart(BOUNDARY, page)
    began = time.process_time()
    with Peak() as peak:
        response = ana.generic("POST", URL, body, MULTIPART_CONTENT)
    assert time.process_time() - began < 2
    assert peak.grown < 100
    assert response.status_code == 200
    assert str(sentence) in response.content.decode()
    assert form_of(response)["title"] == ["A paper"]
    assert (stored(media), Attachment.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\r\nX-Evil: 1.pdf", "\u202efdp.exe", "n" * 300 + ".pdf"]
)
def test_a_hostile_name_names_nothing(ana, media, name):
    refused = give(ana, title="", document=file(PDF, name))
    kept = Attachment.objects.get()
    assert refused.status_code == 200
    assert len(kept.file_name) <= uploads.LONGEST_NAME + 4
    assert not set(kept.file_name) & set("/\\\r\n:\u202e")
    assert [path.parent.parent for path in stored(media)] == [media]
    sent = ana.get(kept.get_absolute_url())
    assert body(sent) == PDF
    assert "X-Evil" not in sent.headers
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_a_photo_is_made_anew_with_a_small_one_beside_it(ana):
    give(ana, title="", photo=file(exif_jpeg(), "plaza.JPG"))
    kept = Attachment.objects.get()
    assert (kept.width, kept.height, kept.file_name) == (2000, 1000, "plaza.jpg")
    with Image.open(kept.file) as opened:
        assert (opened.size, dict(opened.getexif())) == ((2000, 1000), {})
    kept.file.seek(0)
    assert b"camera" not in kept.file.read()
    kept.file.close()
    with kept.thumb.open() as small, Image.open(io.BytesIO(small.read())) as opened:
        assert (opened.format, opened.size) == ("WEBP", (480, 240))


def test_a_field_for_photos_takes_no_pdf(ana):
    html = give(ana, photo=file()).content.decode()
    with override("en"):
        assert str(uploads.ONLY_PICTURE) in html


# Who sees what


def test_a_waiting_file_is_for_its_sender_only(ana, ben, client):
    give(ana, title="", document=file())
    url = Attachment.objects.get().get_absolute_url()
    response = ana.get(url)
    assert body(response) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="Acta.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert [ben.get(url).status_code, client.get(url).status_code] == [404, 404]
    assert ana.get("/files/" + "0" * 32 + "/").status_code == 404


def test_a_kept_file_is_for_whom_its_purpose_allows(ana, ben, client, monkeypatch):
    monkeypatch.setattr(attachments, "_may_see", {})
    kept = attachments.store(
        file(picture()), kinds=("picture",), purpose="tests.x", owner=1, user=ana.user
    )
    kept.keep()
    urls = [kept.get_absolute_url(), kept.thumb_url]
    assert {c.get(url).status_code for c in (ana, ben, client) for url in urls} == {404}
    attachments.let_see("tests.x", lambda attachment, user: user == ben.user)
    for url in urls:
        assert body(ben.get(url))
        assert ana.get(url).status_code == 404
    ben.user.is_active = False
    ben.user.save()
    assert ben.get(urls[0]).status_code == 404
    Attachment.objects.update(is_public=True)
    for url in urls:
        assert body(client.get(url))


# Quota


def test_there_is_room_for_so_many_files(ana, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    give(ana, title="", document=file())
    assert str(attachments.FULL) in give(ana, document=file()).content.decode()
    monkeypatch.setattr(attachments, "MOST_FILES", 5)
    monkeypatch.setattr(attachments, "MOST_BYTES", len(PDF) + 3)
    assert str(attachments.FULL) in give(ana, document=file()).content.decode()
    monkeypatch.setattr(attachments, "MOST_BYTES", 3 * len(PDF))
    monkeypatch.setattr(attachments, "_uses", [lambda owner: (4 if owner == 7 else 0, 0)])
    assert str(attachments.FULL) in give(ana, document=file()).content.decode()


def test_a_full_disk_is_said_and_leaves_nothing(ana, media, monkeypatch):
    def full(self, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    response = give(ana, document=file())
    assert str(attachments.UNAVAILABLE) in response.content.decode()
    assert (Attachment.objects.count(), stored(media)) == (0, [])


# What is left over


def age(path: Path) -> None:
    two_days_ago = time.time() - 2 * 86400
    os.utime(path, (two_days_ago, two_days_ago))


def test_only_old_files_that_belong_to_nothing_are_removed(ana, media, capsys):
    give(ana, document=file())
    evidence = Evidence.objects.get()
    (media / "aa").mkdir()
    lost, fresh = media / "aa" / "lost.pdf", media / "aa" / "fresh.pdf"
    lost.write_bytes(PDF), fresh.write_bytes(PDF)
    give(ana, title="", document=file(), photo=file(picture(), "p.jpg"))
    old = Attachment.objects.get(file_name="Acta.pdf")
    drafted = Attachment.objects.get(file_name="p.jpg")
    drafted.draft = Draft.objects.create(owner=7, kind="x")
    drafted.save()
    long_ago = timezone.now() - datetime.timedelta(days=2)
    Attachment.objects.update(made_at=long_ago)
    replaced = evidence.file.name
    evidence.file = ContentFile(PDF + b" ", "new.pdf")
    evidence.save()
    for path in stored(media):
        if path != fresh:
            age(path)
    gone = {old.file.name, "aa/lost.pdf"}
    call_command("clean_media", dry_run=True)
    assert set(capsys.readouterr().out.splitlines()) == gone | {"2 would be removed"}
    assert lost.exists() and Attachment.objects.count() == 2
    with_hooks(lambda: call_command("clean_media"))
    assert "2 removed" in capsys.readouterr().out
    left = {str(path.relative_to(media)) for path in stored(media)}
    assert left == {
        *("aa/fresh.pdf", evidence.file.name, replaced),
        *(drafted.file.name, drafted.thumb.name),
    }
    assert orphans.clean() == []


def with_hooks(work) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        work()


def test_what_is_removed_goes_with_its_files(ana, media):
    give(ana, title="", photo=file(picture(), "p.jpg"))
    with_hooks(Attachment.objects.get().remove)
    assert (stored(media), Attachment.objects.count()) == ([], 0)


def test_a_file_is_kept_once_when_the_form_comes_twice(ana, media):
    page = filled(ana.get(URL), title="A paper", document=file())
    first = ana.post(URL, page)
    again = ana.post(URL, page | {"document": [file()]})
    assert first.url == again.url
    assert (Evidence.objects.count(), len(stored(media))) == (1, 1)
