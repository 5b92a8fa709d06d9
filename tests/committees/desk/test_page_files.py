"""News, photos and documents: from the desk's forms to what visitors see, and what they do not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from committees.models import Document, News, Photo
from sistercities.editing.attachments import sign
from sistercities.models import Attachment
from tests import factories as make
from tests import page_factories as told
from tests.committees.desk.forms import send
from tests.committees.desk.test_door import officer
from tests.committees.desk.test_page import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with override("en"):
        yield


@pytest.fixture
def committee():
    return make.CommitteeFactory(name="South El Monte Association")


@pytest.fixture
def editor(committee):
    user, _committee = officer("editor", committee=committee)
    client = Client()
    client.force_login(user)
    return client


def camera_picture() -> SimpleUploadedFile:
    """A large picture with the place where it was taken."""
    picture = Image.effect_noise((1600, 1200), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, quality=80)
    return SimpleUploadedFile("../visit.jpg", written.getvalue(), "image/jpeg")


def paper(text: bytes = b"nothing") -> SimpleUploadedFile:
    return SimpleUploadedFile("acta.pdf", b"%PDF-1.4 " + text, "application/pdf")


def public(committee, name="committee", *arguments) -> str:
    response = Client().get(reverse(f"public:{name}", args=[committee.slug, *arguments]))
    assert response.status_code == 200
    return response.content.decode()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def status(client, path) -> int:
    """Asked for, and a file read to its end."""
    response = client.get(path)
    if response.streaming:
        body(response)
    return response.status_code


NEWS = {"title_en": "They came", "text_en": "Forty students came.", "date": "2026-03-14"}
WITH_PHOTO = {"photo_description": "Students at the park", "photo_consent": "on"}


def test_a_news_item_with_a_photo_is_published_from_one_form(editor, committee):
    path = at(committee, "page-news-add")
    response = send(editor, path, **NEWS, **WITH_PHOTO, photo_file=camera_picture())
    assert (response.status_code, response.url) == (302, at(committee, "page-news"))
    item = News.objects.get()
    for page in (
        public(committee),
        public(committee, "committee-news"),
        public(committee, "committee-news-item", item.pk),
    ):
        assert "They came" in page and 'alt="Students at the park"' in page
    assert "Students at the park" in public(committee, "committee-photos")


def test_a_news_item_is_refused_without_title_or_words_and_the_photo_is_kept(editor, committee):
    path = at(committee, "page-news-add")
    response = send(editor, path, text_en="Kept words", photo_file=camera_picture())
    page = response.content.decode()
    assert response.status_code == 200 and "Kept words" in page and "visit.jpg" in page
    assert "“Title”: write it in one of the two languages." in page
    assert "Say what the photo shows." in page
    assert "Confirm that the people in the photo agreed." in page
    assert not News.objects.exists() and not Photo.objects.exists()


def test_a_hidden_news_item_is_on_no_public_page(editor, committee):
    item = told.NewsFactory(committee=committee, title_en="CANARY")
    assert "CANARY" in public(committee)
    send(editor, at(committee, "page-news-item", item.pk), is_public=None)
    assert "CANARY" not in public(committee) + public(committee, "committee-news")
    path = reverse("public:committee-news-item", args=[committee.slug, item.pk])
    assert Client().get(path).status_code == 404
    assert "CANARY" in editor.get(at(committee, "page-news")).content.decode()


def test_a_photo_is_taken_off_its_news_item_and_stays_a_photo(editor, committee):
    item = told.NewsFactory(committee=committee, illustrated=True)
    send(editor, at(committee, "page-news-item", item.pk), drop_photo="on")
    item.refresh_from_db()
    assert item.photo is None and Photo.objects.count() == 1


def test_news_of_another_committee_are_not_under_this_address(committee):
    item = told.NewsFactory()
    path = reverse("public:committee-news-item", args=[committee.slug, item.pk])
    assert Client().get(path).status_code == 404


def add_photo(editor, committee, **changes):
    sent = {"file": camera_picture(), "description_en": "The park", "has_consent": "on"} | changes
    return send(editor, at(committee, "page-photo-add"), **sent)


def test_a_photo_is_made_anew_without_its_place_and_camera(editor, committee):
    assert add_photo(editor, committee).status_code == 302
    file = Photo.objects.get().file
    for path in (file.get_absolute_url(), file.thumb_url):
        sent = body(Client().get(path))
        assert b"CANARY-CAMERA" not in sent
        assert not Image.open(io.BytesIO(sent)).getexif()
    with override("en"):
        page = public(committee)
    assert (
        f'src="{file.thumb_url}" width="1600" height="1200" loading="lazy" alt="The park"' in page
    )


def test_a_photo_without_consent_is_not_shown_and_the_database_agrees(editor, committee):
    response = add_photo(editor, committee, has_consent=None)
    assert "Confirm that the people in the photo agreed." in response.content.decode()
    assert not Photo.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        told.PhotoFactory(has_consent=False)


def test_a_hidden_photo_is_gone_from_every_page_and_so_is_its_file(editor, committee):
    item = told.NewsFactory(committee=committee, illustrated=True)
    photo, file = item.photo, item.photo.file
    visitor = Client()
    assert status(visitor, file.thumb_url) == 200
    send(editor, at(committee, "page-photo", photo.pk), is_public=None)
    assert status(visitor, file.thumb_url) == 404
    assert visitor.get(file.get_absolute_url()).status_code == 404
    pages = [public(committee), public(committee, "committee-photos")]
    pages += [public(committee, "committee-news-item", item.pk)]
    assert [page for page in pages if file.key in page] == []
    path = reverse("public:committee-photo", args=[committee.slug, photo.pk])
    assert visitor.get(path).status_code == 404
    assert status(editor, file.thumb_url) == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>hello</html>", "The picture must be a JPEG, PNG or WebP file."),
        (b"%PDF-1.4 nothing", "The picture must be a JPEG, PNG or WebP file."),
        (b"", "The file is empty."),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(editor, committee, content, sentence):
    wrong = SimpleUploadedFile("x.jpg", content, "image/jpeg")
    response = add_photo(editor, committee, file=wrong)
    assert response.status_code == 200 and sentence in response.content.decode()


def test_a_file_that_was_sent_for_another_committee_is_refused(editor, committee):
    foreign = told.AttachmentFactory(owner=make.CommitteeFactory().pk, kept_at=None)
    response = add_photo(editor, committee, **{"file": "", "file-kept": sign(foreign)})
    assert response.status_code == 200 and 'id="id_file_error"' in response.content.decode()
    assert not Photo.objects.exists()


def add_document(editor, committee, **changes):
    sent = {"file": paper(), "title_en": "CANARY-MINUTES", "date": "2026"} | changes
    return send(editor, at(committee, "document-add"), **sent)


def test_a_document_is_private_until_the_committee_says_otherwise(editor, committee):
    assert add_document(editor, committee).status_code == 302
    document = Document.objects.get()
    path, visitor = document.file.get_absolute_url(), Client()
    stranger, _own = officer()
    other = Client()
    other.force_login(stranger)
    assert status(visitor, path) == status(other, path) == 404
    assert body(editor.get(path)) == b"%PDF-1.4 nothing"
    assert "CANARY" not in public(committee) + public(committee, "committee-documents")
    send(editor, at(committee, "document", document.pk), is_public="on")
    assert status(visitor, path) == 200
    assert "CANARY-MINUTES" in public(committee)
    assert "CANARY-MINUTES" in public(committee, "committee-documents")
    send(editor, at(committee, "document", document.pk), is_public=None)
    assert visitor.get(path).status_code == 404


def test_only_a_pdf_is_a_document(editor, committee):
    response = add_document(editor, committee, file=camera_picture())
    assert "The file must be a PDF." in response.content.decode()
    assert not Document.objects.exists() and not Attachment.objects.exists()


def test_pages_of_an_unpublished_committee_do_not_exist(committee):
    hidden = make.CommitteeFactory(review="draft")
    names = ("news", "photos", "documents", "leaflet")
    for name in names:
        path = reverse(f"public:committee-{name}", args=[hidden.slug])
        assert Client().get(path).status_code == 404
        path = reverse(f"public:committee-{name}", args=[committee.slug])
        assert Client().get(path).status_code == 200


def test_an_old_slug_leads_to_the_same_page_of_the_committee(committee):
    old = committee.slug
    committee.slug = "monte"
    committee.save()
    for name in ("news", "photos", "documents", "leaflet"):
        response = Client().get(reverse(f"public:committee-{name}", args=[old]))
        new = reverse(f"public:committee-{name}", args=["monte"])
        assert (response.status_code, response.url) == (301, new)


def test_what_a_merged_committee_told_is_sought_at_the_one_that_it_became_part_of(committee):
    merged = make.CommitteeFactory(review="merged", merged_into=committee)
    for name in ("news", "photos", "documents", "leaflet", "contact", "join"):
        response = Client().get(reverse(f"public:committee-{name}", args=[merged.slug]))
        new = reverse(f"public:committee-{name}", args=[committee.slug])
        assert (response.status_code, response.url) == (301, new)


def test_many_news_are_on_several_pages_and_no_page_is_beyond_the_last(committee):
    told.NewsFactory.create_batch(21, committee=committee)
    path = reverse("public:committee-news", args=[committee.slug])
    client = Client()
    assert f'rel="next" href="{path}?page=2"' in client.get(path).content.decode()
    second = client.get(path + "?page=2").content.decode()
    assert f'rel="prev" href="{path}"' in second and "<title>News (page 2 of 2) – " in second
    assert client.get(path + "?page=3").status_code == 404
    assert client.get(path + "?page=x").status_code == 200


def test_the_committee_page_costs_as_much_for_one_row_of_everything_as_for_many(
    committee, django_assert_max_num_queries
):
    def grow():
        told.NewsFactory(committee=committee, illustrated=True)
        told.DocumentFactory(committee=committee)
        told.MeetingFactory(committee=committee)

    costs = []
    for _round in range(2):
        for _row in range(4):
            grow()
        with django_assert_max_num_queries(15) as asked:
            assert Client().get(committee.get_absolute_url()).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_second_visit_costs_no_page(committee):
    told.NewsFactory(committee=committee, illustrated=True)
    for name in ("news", "photos", "documents", "leaflet"):
        path = reverse(f"public:committee-{name}", args=[committee.slug])
        tag = Client().get(path).headers["ETag"]
        assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_photo_has_a_page_of_its_own_with_its_words(committee):
    photo = told.PhotoFactory(committee=committee, description_en="", description_es="El parque")
    page = public(committee, "committee-photo", photo.pk)
    assert f'src="{photo.file.get_absolute_url()}"' in page
    assert 'alt="El parque" lang="es"' in page
