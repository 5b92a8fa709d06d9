"""Files behind evidence: who gets them, and how they are sent."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relationships.models import Evidence, Tie
from tests import factories
from tests.adminforms import filled
from tests.sistercities.test_uploads import PDF, picture

pytestmark = pytest.mark.django_db
ADD = "admin:relationships_evidence_add"


def evidence(review: str = "published", is_public: bool = True, name: str = "Acta.pdf") -> Evidence:
    tie = factories.TieFactory(review=review)
    row = factories.EvidenceFactory.build(tie=tie, is_public=is_public)
    row.file = ContentFile(PDF, name)
    row.save()
    return row


def address(row: Evidence) -> str:
    return reverse("public:evidence-file", args=[row.pk])


@pytest.fixture
def office(client):
    client.force_login(factories.UserFactory(staff=True))
    return client


def test_everyone_gets_a_public_file_as_an_attachment(client):
    row = evidence(name="Acta de hermandad.pdf")
    response = client.get(address(row))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="Acta de hermandad.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert row.file.name not in str(response.headers)


def test_a_name_in_other_letters_is_quoted(client):
    response = client.get(address(evidence(name="Año 友好.pdf")))
    response.close()
    quoted = "attachment; filename*=utf-8''A%C3%B1o%20%E5%8F%8B%E5%A5%BD.pdf"
    assert response.headers["Content-Disposition"] == quoted


@pytest.mark.parametrize(
    ("review", "is_public"), [("published", False), ("draft", True), ("rejected", True)]
)
def test_what_is_not_public_does_not_exist_for_visitors(client, review, is_public):
    row = evidence(review, is_public)
    assert client.get(address(row)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(address(row)).status_code == 404
    client.force_login(factories.UserFactory(is_staff=True))
    assert client.get(address(row)).status_code == 404


def test_the_office_gets_what_is_not_public(office):
    response = office.get(address(evidence("draft", False)))
    assert b"".join(response.streaming_content) == PDF


def test_no_file_no_page(client):
    row = factories.EvidenceFactory(is_public=True)
    assert client.get(address(row)).status_code == 404
    lost = evidence()
    lost.file.storage.delete(lost.file.name)
    assert client.get(address(lost)).status_code == 404
    assert client.get(address(lost).replace(str(lost.pk), "9" * 30)).status_code == 404


def test_nothing_is_changed_by_any_method(client):
    assert client.post(address(evidence())).status_code == 405


def test_a_file_sent_through_the_admin_is_kept_under_a_random_name(office):
    tie = factories.TieFactory()
    url = reverse(ADD)
    scan = SimpleUploadedFile("../../Acta.PDF", PDF, "text/html")
    sent = {"tie": tie.pk, "kind": "agreement", "title": "Acta", "file": scan}
    assert office.post(url, filled(office, url) | sent).status_code == 302
    row = Evidence.objects.get()
    assert (row.file_name, row.file_size) == ("Acta.pdf", len(PDF))
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    folder, name = row.file.name.split("/")
    assert (len(folder), len(name), name[-4:], "acta" in name.lower()) == (2, 36, ".pdf", False)


def test_the_fingerprint_is_of_the_picture_that_is_kept(office):
    url = reverse(ADD)
    scan = SimpleUploadedFile("firma.jpg", picture(), "image/jpeg")
    sent = {"tie": factories.TieFactory().pk, "kind": "press", "title": "Foto", "file": scan}
    assert office.post(url, filled(office, url) | sent).status_code == 302
    row = Evidence.objects.get()
    with row.file.open() as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == row.sha256


def test_a_file_that_is_not_allowed_is_refused_beside_its_field(office):
    office.cookies["language"] = "en"
    url = reverse(ADD)
    scan = SimpleUploadedFile("page.pdf", b"<html>", "application/pdf")
    sent = {"tie": factories.TieFactory().pk, "kind": "press", "title": "x", "file": scan}
    response = office.post(url, filled(office, url) | sent)
    assert response.context["adminform"].form.errors == {
        "file": ["The file must be a PDF or a picture (JPEG, PNG, WebP)."]
    }
    assert Evidence.objects.count() == 0


def test_a_kept_file_is_named_linked_by_number_and_can_be_removed(office):
    row = evidence()
    url = reverse("admin:relationships_evidence_change", args=[row.pk])
    page = office.get(url).content.decode()
    assert address(row) in page
    assert row.file.name not in page
    sent = filled(office, url) | {"file-clear": "on", "change_reason": "Wrong scan"}
    assert office.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert (row.file.name, row.sha256, row.file_name) == ("", "", "")


def test_an_event_of_another_tie_is_refused(office):
    event = factories.TieEventFactory()
    url = reverse(ADD)
    other = factories.TieFactory()
    sent = {"tie": other.pk, "event": event.pk, "kind": "press", "title": "x"}
    response = office.post(url, filled(office, url) | sent)
    assert list(response.context["adminform"].form.errors) == ["event"]
    assert Tie.objects.count() == 2 and Evidence.objects.count() == 0
