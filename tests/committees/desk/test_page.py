"""The committee's page at its desk: who changes what, and that visitors see it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import City, Committee, Meeting, SisterText
from committees.page_parts import parts
from relationships.deriving import derive
from sistercities.models import RegistryVersion
from tests import factories as make
from tests import page_factories as told
from tests.committees.desk.forms import fields_of, send
from tests.committees.desk.test_door import officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def monte():
    """A committee of South El Monte with a published tie to Gómez Palacio."""
    own = make.CityFactory(american=True, name="South El Monte")
    committee = make.CommitteeFactory(name="South El Monte Association", cities=[own])
    tie = make.TieFactory(city_a=own, city_b=make.CityFactory(name="Gómez Palacio"))
    make.TieEventFactory(tie=tie)
    derive([tie.pk])
    return committee


@pytest.fixture
def editor(monte):
    user, _committee = officer("editor", committee=monte)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def at(committee, name, *arguments):
    return reverse(f"desk:{name}", args=[committee.slug, *arguments])


def own_city(committee) -> City:
    return committee.cities.get()


def sister(committee) -> City:
    return City.objects.get(name="Gómez Palacio")


def public(committee) -> str:
    with override("en"):
        return Client().get(committee.get_absolute_url()).content.decode()


def addresses(committee) -> list[str]:
    """Every form and list of the page at a desk."""
    plain = (
        *("page", "page-about", "page-contact", "page-board", "page-colour", "page-meetings"),
        *("page-meetings-regular", "page-meeting-add", "page-news", "page-news-add"),
        *("page-photos", "page-photo-add", "documents", "document-add"),
    )
    return [at(committee, name) for name in plain] + [
        at(committee, "page-city", own_city(committee).pk),
        at(committee, "page-sister", sister(committee).pk),
    ]


def test_a_page_of_another_committee_is_not_found_and_changes_nothing(editor):
    other = make.CommitteeFactory(cities=[make.CityFactory()])
    names = ("page", "page-about", "page-news-add", "page-photo-add", "document-add")
    for name in names:
        assert editor.get(at(other, name)).status_code == 404
        assert editor.post(at(other, name), {"_nonce": "a" * 20}).status_code == 404


def test_rows_of_another_committee_are_not_found_under_the_own_desk(editor, monte):
    theirs = {
        "page-news-item": told.NewsFactory(),
        "page-photo": told.PhotoFactory(),
        "page-meeting": told.MeetingFactory(),
        "document": told.DocumentFactory(),
    }
    for name, row in theirs.items():
        assert editor.get(at(monte, name, row.pk)).status_code == 404
    assert editor.get(at(monte, "page-city", sister(monte).pk)).status_code == 404
    assert editor.get(at(monte, "page-sister", own_city(monte).pk)).status_code == 404
    assert editor.get(at(monte, "page-sister", make.CityFactory().pk)).status_code == 404


def test_a_viewer_reads_the_lists_and_opens_no_form(monte):
    user, _committee = officer("viewer", committee=monte)
    client = Client()
    client.force_login(user)
    found = {path: client.get(path).status_code for path in addresses(monte)}
    lists = ("page", "page-board", "page-meetings", "page-news", "page-photos", "documents")
    assert {path for path, status in found.items() if status == 200} == {
        at(monte, name) for name in lists
    }
    assert set(found.values()) == {200, 403}


def test_every_form_opens_and_is_kept_nowhere(editor, monte):
    for path in addresses(monte):
        response = editor.get(path)
        assert (path, response.status_code) == (path, 200)
        assert "no-store" in response.headers["Cache-Control"]
        assert " required" not in response.content.decode()


def test_the_index_says_what_is_missing_and_forgets_it_when_it_is_there(editor, monte):
    page = editor.get(at(monte, "page")).content.decode()
    assert "Missing: what it does, its story, when it was founded" in page
    send(editor, at(monte, "page-about"), mission_en="We visit.", about_en="Old.", founded="1969")
    page = editor.get(at(monte, "page")).content.decode()
    assert "Missing: what it does in Spanish, its story in Spanish" in page
    send(editor, at(monte, "page-about"), mission_es="Visitamos.", about_es="Vieja.")
    assert parts(Committee.objects.get(pk=monte.pk))[0].missing == []


def test_the_story_is_public_at_once_with_its_author_in_the_history(editor, monte):
    before = RegistryVersion.now()
    response = send(editor, at(monte, "page-about"), about_en="Friends since 1969.", founded="1969")
    assert (response.status_code, response.url) == (302, at(monte, "page"))
    assert RegistryVersion.now() > before
    assert "Friends since 1969." in public(monte)
    assert Committee.history.filter(id=monte.pk).latest().history_user == editor.user


def test_columns_that_the_form_does_not_ask_stay_as_they_are(editor, monte):
    send(editor, at(monte, "page-about"), about_en="New.", name="Stolen", review="draft", slug="x")
    city = own_city(monte)
    send(
        editor, at(monte, "page-city", city.pk), about_en="New.", reason="Known", name="Stolen",
        latitude="1", country="FR",
    )  # fmt: skip
    kept = Committee.objects.get(pk=monte.pk)
    assert (kept.name, kept.slug, kept.review) == (monte.name, monte.slug, monte.review)
    after = City.objects.get(pk=city.pk)
    assert (after.name, after.latitude, after.country) == (city.name, city.latitude, city.country)
    assert (kept.about_en, after.about_en) == ("New.", "New.")


@pytest.mark.parametrize("typed", ["22700", "22,700", "22.700", "22 700", "22\u00a0700"])
def test_the_own_city_is_described_with_a_reason_in_its_history(editor, monte, typed):
    city = own_city(monte)
    path = at(monte, "page-city", city.pk)
    response = send(
        editor, path, about_en="Seven miles east of Los Angeles.", population=typed,
        population_year="2000", incorporated="1958", government="Council–manager",
        official_site="www.ci.south-el-monte.ca.us", reason="Census of 2000",
    )  # fmt: skip
    assert response.status_code == 302
    city.refresh_from_db()
    assert (city.population, city.population_year, str(city.incorporated)) == (22700, 2000, "1958")
    assert city.official_site == "https://www.ci.south-el-monte.ca.us"
    assert City.history.filter(id=city.pk).latest().history_change_reason == "Census of 2000"
    page = public(monte)
    assert "22,700 (2000)" in page and "Council–manager" in page


def test_a_city_is_not_changed_without_a_source_and_what_was_typed_stays(editor, monte):
    city = own_city(monte)
    response = send(
        editor, at(monte, "page-city", city.pk), about_en="Kept text", population="many"
    )
    page = response.content.decode()
    assert response.status_code == 200 and "<title>Error:" in page.replace("\n", "")
    assert "Kept text" in page and "Write a whole number, for example 22,700." in page
    city.refresh_from_db()
    assert city.about_en in (None, "")


def test_a_text_about_a_sister_belongs_to_the_committee(editor, monte):
    city = sister(monte)
    path = at(monte, "page-sister", city.pk)
    words = {"text_en": "Founded in 1898, 253 km from Durango.", "population": "273,000"}
    assert send(editor, path, **words, population_year="2005").status_code == 302
    page = public(monte)
    assert "Founded in 1898, 253 km from Durango." in page and "273,000 (2005)" in page
    city.refresh_from_db()
    assert (city.about_en or "", city.population) == ("", 0)
    assert "273,000" not in Client().get(city.get_absolute_url()).content.decode()
    assert send(editor, path, text_en="In La Laguna.").status_code == 302
    assert SisterText.objects.get().text_en == "In La Laguna."
    assert "In La Laguna." in public(monte) and "1898" not in public(monte)


def test_two_who_write_the_same_text_are_asked(editor, monte):
    path = at(monte, "page-about")
    page = editor.get(path)
    user, _committee = officer("coordinator", committee=monte)
    other = Client()
    other.force_login(user)
    send(other, path, about_en="Hers")
    response = editor.post(path, fields_of(page.content.decode()) | {"about_en": "His"})
    assert response.status_code == 409
    assert "Hers" in response.content.decode() and "His" in response.content.decode()
    monte.refresh_from_db()
    assert monte.about_en == "Hers"


def test_only_links_of_the_web_are_taken(editor, monte):
    for wrong in ("javascript:alert(1)", "ftp://example.org/x", "no site"):
        response = send(editor, at(monte, "page-contact"), website=wrong)
        assert response.status_code == 200
        assert "Write the address of a web site" in response.content.decode()


def test_the_colour_of_the_page_is_one_of_six(editor, monte):
    path = at(monte, "page-colour")
    assert send(editor, path, colour="pink").status_code == 200
    assert send(editor, path, colour="wine").status_code == 302
    assert 'data-theme-colour="wine"' in public(monte)


def test_a_meeting_is_announced_and_called_off(editor, monte):
    day = timezone.localdate() + datetime.timedelta(days=9)
    path = at(monte, "page-meeting-add")
    response = send(editor, path, date=day.isoformat(), time="18:30", place="Civic Center")
    assert response.status_code == 302
    meeting = Meeting.objects.get()
    assert "Civic Center" in public(monte) and "18:30" in public(monte)
    send(editor, at(monte, "page-meeting", meeting.pk), is_called_off="on")
    assert "Called off" in public(monte)


def test_a_meeting_of_yesterday_is_not_announced(editor, monte):
    day = timezone.localdate() - datetime.timedelta(days=1)
    path = at(monte, "page-meeting-add")
    response = send(editor, path, date=day.isoformat(), place="Civic Center")
    assert "Write a day that is still to come." in response.content.decode()
    assert not Meeting.objects.exists()


def test_the_board_page_says_whose_name_is_shown(editor, monte):
    page = editor.get(at(monte, "page-board")).content.decode()
    assert "name not shown: no consent recorded" in page
    make.ConsentFactory(committee=monte, person=editor.user.person)
    page = editor.get(at(monte, "page-board")).content.decode()
    assert "name shown, with consent" in page and "no consent recorded" not in page
