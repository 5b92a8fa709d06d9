"""What is deleted takes its files along: nothing stays on the disk that belongs to nobody."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import TestCase

from committees.models import Photo
from committees.people.erasing import erase
from sistercities.editing import orphans
from sistercities.models import Attachment, Draft
from tests import factories as make
from tests import page_factories as told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def stored(media) -> int:
    return len([path for path in media.rglob("*") if path.is_file()])


def done(work) -> None:
    """The work in a transaction, with what it leaves for the end of it."""
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        work()


@pytest.mark.parametrize(("factory", "files"), [(told.PhotoFactory, 2), (told.DocumentFactory, 1)])
def test_a_photo_and_a_document_take_their_files_along(media, factory, files):
    row = factory()
    other = told.DocumentFactory()
    assert stored(media) == files + 1
    done(row.delete)
    assert list(Attachment.objects.all()) == [other.file]
    assert stored(media) == 1
    assert orphans.clean(dry_run=True) == []
    call_command("clean_media", dry_run=True)


def test_a_photo_that_news_show_stays_with_its_file(media):
    news = told.NewsFactory(illustrated=True)
    with pytest.raises(ProtectedError):
        done(news.photo.delete)
    assert (Photo.objects.count(), Attachment.objects.count(), stored(media)) == (1, 1, 2)
    done(news.delete)
    assert (Photo.objects.count(), stored(media)) == (1, 2)
    done(Photo.objects.get().delete)
    assert (Attachment.objects.count(), stored(media)) == (0, 0)


def test_nothing_is_deleted_from_the_disk_when_the_work_is_taken_back(media):
    photo = told.PhotoFactory()
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        photo.delete()
        transaction.set_rollback(True)
    assert (Photo.objects.count(), stored(media)) == (1, 2)


def draft_with_a_file(**fields) -> Draft:
    draft = Draft.objects.create(owner=7, kind="gift", **fields)
    told.AttachmentFactory(owner=7, kept_at=None, draft=draft)
    return draft


def test_old_drafts_go_with_their_files(media):
    old = draft_with_a_file()
    fresh = draft_with_a_file()
    Draft.objects.filter(pk=old.pk).update(changed_at=old.changed_at - 2 * Draft.KEPT)
    done(Draft.purge)
    assert list(Draft.objects.all()) == [fresh]
    assert (Attachment.objects.get().draft, stored(media)) == (fresh, 2)


def test_the_drafts_of_an_erased_person_go_with_their_files(media):
    person = make.PersonFactory(user=make.UserFactory())
    for _n in range(2):
        draft_with_a_file(changed_by=person.user)
    done(lambda: erase(person))
    assert (Draft.objects.count(), Attachment.objects.count(), stored(media)) == (0, 0, 0)
