"""The national office hides at once what a committee put on its page, and shows it again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from committees.models import News, Photo
from sistercities.models import RegistryVersion
from tests import factories as make
from tests import page_factories as told
from tests.adminforms import filled, office_browser
from tests.committees.desk.forms import send
from tests.relationships.desk.desks import at, login

pytestmark = pytest.mark.django_db
WHY = {"change_reason": "The parents asked us"}
FACTORIES = {
    "news": told.NewsFactory,
    "photo": told.PhotoFactory,
    "document": told.DocumentFactory,
}


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with override("en"):
        yield


@pytest.fixture
def staff():
    return make.UserFactory(staff=True)


@pytest.fixture
def office(staff):
    return office_browser(staff)


def place(row, name: str = "change") -> str:
    arguments = [row.pk] if name == "change" else []
    return reverse(f"admin:committees_{row._meta.model_name}_{name}", args=arguments)


def press(office, row, button: str, **sent):
    return office.post(place(row), {button: "x"} | sent, follow=True)


def choose(office, action: str, *rows, **sent):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return office.post(place(rows[0], "changelist"), chosen | sent, follow=True)


def words(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def ask(path: str, **headers):
    """A visitor's request, a file read to its end."""
    response = Client().get(path, headers=headers)
    if response.streaming:
        response.read = b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize("kind", FACTORIES)
def test_one_press_hides_with_a_reason_and_another_shows_again(office, staff, kind):
    row = FACTORIES[kind]()
    before = RegistryVersion.now()
    assert words(press(office, row, "_hide", **WHY)) == ["1 is hidden now."]
    row.refresh_from_db()
    last = row.history.latest()
    assert (row.is_public, RegistryVersion.now() > before) == (False, True)
    assert (last.history_change_reason, last.history_user) == (WHY["change_reason"], staff)
    assert LogEntry.objects.get().change_message == WHY["change_reason"]
    page = office.get(place(row))
    assert "Show on the public page" in page.content.decode()
    assert not page.context["has_absolute_url"]
    assert words(press(office, row, "_show", **WHY)) == ["1 is shown again."]
    row.refresh_from_db()
    assert (row.is_public, row.history.count()) == (True, 3)


@pytest.mark.parametrize("kind", FACTORIES)
def test_several_are_hidden_from_the_list_at_once(office, kind):
    rows = [FACTORIES[kind]() for _n in range(3)]
    assert words(choose(office, "hide", *rows[:2], **WHY)) == ["2 are hidden now."]
    shown = type(rows[0]).objects.shown()
    assert list(shown) == [rows[2]]
    assert words(choose(office, "show", *rows, **WHY)) == ["2 are shown again."]


@pytest.mark.parametrize("way", [press, choose])
def test_nothing_is_hidden_without_a_reason(office, way):
    photo = told.PhotoFactory()
    steps = (photo, "_hide") if way is press else ("hide", photo)
    response = way(office, *steps, change_reason=" ")
    assert words(response) == ["Nothing was changed: write the reason first."]
    assert Photo.objects.get().is_public is True


def test_the_button_leaves_the_rest_of_the_form_alone(office):
    news = told.NewsFactory(title_en="They came")
    sent = filled(office, place(news)) | {"title_en": "Changed", "_hide": "x"} | WHY
    office.post(place(news), sent)
    news.refresh_from_db()
    assert (news.title_en, news.is_public) == ("They came", False)
    sent = filled(office, place(news)) | {"title_en": "Changed", "is_public": "on"} | WHY
    office.post(place(news), sent)
    news.refresh_from_db()
    assert (news.title_en, news.is_public) == ("Changed", False)


def test_what_a_committee_never_showed_is_not_the_offices(office):
    for factory in FACTORIES.values():
        row = factory(is_public=False)
        assert row.pk not in [
            one.pk for one in office.get(place(row, "changelist")).context["cl"].result_list
        ]
        assert office.get(place(row)).status_code == 302
        assert press(office, row, "_show", **WHY).status_code == 404


def test_a_photo_without_consent_is_not_shown_again(office):
    photo = told.PhotoFactory()
    press(office, photo, "_hide", **WHY)
    Photo.objects.update(has_consent=False)
    said = words(press(office, photo, "_show", **WHY))
    assert said[0].endswith("A photo is shown only when the people in it agreed.")
    assert Photo.objects.get().is_public is False


@pytest.mark.parametrize("kind", FACTORIES)
def test_what_a_committee_hid_itself_is_not_shown_by_the_office(office, kind):
    row = FACTORIES[kind]()
    row.is_public = False
    row.save()
    assert "_show" not in office.get(place(row)).content.decode()
    (said,) = words(press(office, row, "_show", **WHY))
    assert said.endswith("The committee hid it itself, or never showed it.")
    row.refresh_from_db()
    assert row.is_public is False


DESK = {"news": "page-news-item", "photo": "page-photo", "document": "document"}


@pytest.mark.parametrize("kind", FACTORIES)
def test_what_the_office_hid_is_not_shown_again_by_the_committee(office, kind):
    row = FACTORIES[kind]()
    desk = login("coordinator", row.committee)
    form = at(DESK[kind], row.committee, row.pk)
    press(office, row, "_hide", **WHY)
    refused = send(desk, form, is_public="on")
    assert "The national office hid this." in refused.content.decode()
    assert send(desk, form, date="2026-05-14").status_code == 302
    row.refresh_from_db()
    assert row.is_public is False
    press(office, row, "_show", **WHY)
    row.refresh_from_db()
    assert (row.is_public, row.is_hidden_by_office) == (True, False)


@pytest.mark.parametrize("kind", FACTORIES)
def test_the_database_keeps_hidden_what_the_office_hid(office, kind):
    row = FACTORIES[kind]()
    press(office, row, "_hide", **WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.update(is_public=True)


@pytest.mark.parametrize(
    ("kind", "page"), [("news", "page-news"), ("photo", "page-photos"), ("document", "documents")]
)
def test_the_desk_says_what_the_office_hid(office, kind, page):
    row = FACTORIES[kind]()
    desk, path = login("viewer", row.committee), at(page, row.committee)
    assert "Hidden by the national office" not in desk.get(path).content.decode()
    press(office, row, "_hide", **WHY)
    assert "Hidden by the national office" in desk.get(path).content.decode()


def test_who_may_only_look_hides_nothing():
    reader = make.UserFactory(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(reader)
    photo = told.PhotoFactory()
    assert press(client, photo, "_hide", **WHY).status_code == 403
    choose(client, "hide", photo, **WHY)
    assert Photo.objects.get().is_public is True
    assert "_hide" not in client.get(place(photo)).content.decode()


def test_what_is_hidden_is_gone_at_the_next_request_and_its_picture_too(office):
    news = told.NewsFactory(illustrated=True)
    photo, slug = news.photo, news.committee.slug
    pages = [
        reverse("public:committee", args=[slug]),
        reverse("public:committee-photos", args=[slug]),
        reverse("public:committee-news-item", args=[slug, news.pk]),
    ]
    tags = {}
    for path in pages:
        first = ask(path)
        assert photo.file.key in first.content.decode()
        tags[path] = first.headers["ETag"]
        assert ask(path, if_none_match=tags[path]).status_code == 304
    files = [photo.file.get_absolute_url(), photo.file.thumb_url]
    kept = {path: ask(path).headers["ETag"] for path in files}
    press(office, photo, "_hide", **WHY)
    for path in pages:
        again = ask(path, if_none_match=tags[path])
        assert (again.status_code, photo.file.key in again.content.decode()) == (200, False)
    for path in files:
        assert ask(path, if_none_match=kept[path]).status_code == 404
        response = office.get(path)
        assert (response.status_code, b"".join(response.streaming_content) != b"") == (200, True)
        assert "no-store" in response.headers["Cache-Control"]
    press(office, news, "_hide", **WHY)
    assert ask(pages[2]).status_code == 404
    assert News.objects.get().photo == photo


def test_a_browser_asks_each_time_for_a_picture_and_is_answered_without_it(
    django_assert_max_num_queries,
):
    file = told.PhotoFactory().file
    for path in (file.get_absolute_url(), file.thumb_url):
        first = ask(path)
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        with django_assert_max_num_queries(2):
            again = ask(path, if_none_match=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert again.headers["ETag"] == first.headers["ETag"]
        assert ask(path, if_none_match='"another"').read == first.read


def test_a_private_document_stays_the_committees_own(office):
    document = told.DocumentFactory()
    path = document.file.get_absolute_url()
    press(office, document, "_hide", **WHY)
    assert [ask(path).status_code, office.get(path).status_code] == [404, 404]
    assert path not in office.get(place(document)).content.decode()
