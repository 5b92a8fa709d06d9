"""A draft is thrown away with its files, asked once, by those who share the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from sistercities.models import Attachment, Draft
from tests import factories
from tests.sending import filled
from tests.sistercities.editing.test_steps import WHO, at, go, text
from tests.sistercities.test_uploads import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    factories.TieFactory()
    return tmp_path


@pytest.fixture
def draft(media, ana) -> Draft:
    go(ana, "/en/give/", **WHO)
    return Draft.objects.get()


def throw_away(draft: Draft) -> str:
    return at(draft, "throw-away")


def stored(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


def test_every_page_of_a_draft_leads_to_the_question(ana, draft):
    for step in ("who", "amount", "check"):
        assert f'<a href="{throw_away(draft)}">Throw this draft away</a>' in text(
            ana.get(at(draft, step))
        )
    assert "Throw this draft away" not in text(ana.get("/en/give/"))


def test_the_question_changes_nothing_and_the_button_takes_draft_and_files(ana, ben, draft, media):
    photo = SimpleUploadedFile("plaza.jpg", picture())
    go(ana, at(draft, "amount"), amount="5", photo=photo)
    kept = Attachment.objects.create(purpose="tests.x", owner=7)
    kept.keep()
    assert len(stored(media)) == 2
    page = ben.get(throw_away(draft))
    assert "Gift of The Lions" in text(page) and "Throw the draft away" in text(page)
    assert "Ana changed it" in text(page)
    assert Draft.objects.count() == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = ben.post(throw_away(draft), filled(page))
    assert response.url == "/en/done/"
    assert "The draft was thrown away." in text(ben.get("/en/done/"))
    assert (Draft.objects.count(), list(Attachment.objects.all()), stored(media)) == (0, [kept], [])


def test_pressed_twice_it_leads_to_the_same_place(ana, draft):
    sent = filled(ana.get(throw_away(draft)))
    assert ana.post(throw_away(draft), sent).url == ana.post(throw_away(draft), sent).url
    assert ana.get(throw_away(draft)).status_code == 404
    assert ana.get(at(draft, "check")).status_code == 404


def test_without_a_nonce_nothing_goes(ana, draft):
    sent = filled(ana.get(throw_away(draft)), _nonce="")
    response = ana.post(throw_away(draft), sent)
    assert (response.status_code, Draft.objects.count()) == (200, 1)
    assert "Throw the draft away" in text(response)


def test_drafts_of_others_do_not_exist(ana, draft):
    stranger = Client()
    stranger.force_login(factories.UserFactory(name="Eve"))
    sent = filled(ana.get(throw_away(draft)))
    assert stranger.get(throw_away(draft)).status_code == 404
    assert stranger.post(throw_away(draft), sent).status_code == 404
    Draft.objects.update(kind="another")
    assert ana.post(throw_away(draft), sent).status_code == 404
    assert Draft.objects.count() == 1
