"""A login that ends while a form is open loses nothing of what was typed."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from committees.models import News
from sistercities.editing.interrupted import LONGEST, MOST_AN_HOUR, STILL_HERE, TYPED
from tests import factories as make
from tests.committees.desk.forms import fields_of
from tests.relationships.desk.desks import at, login

pytestmark = pytest.mark.django_db
PASSWORD = "long enough a password"
TOLD = {"title_es": "Feria", "text_es": "Vinieron doce.", "date": "2026-05-14"}


@pytest.fixture(autouse=True)
def _counted_from_zero():
    cache.clear()


@pytest.fixture
def committee():
    return make.CommitteeFactory(cities=[make.CityFactory()])


@pytest.fixture
def ana(committee):
    return login("editor", committee)


def typed_in(client, path: str, **changes) -> dict:
    """The form of a page, filled in."""
    return fields_of(client.get(path).content.decode()) | TOLD | changes


def end_login() -> None:
    Session.objects.all().delete()


def send_without_login(client, path: str, data: dict) -> None:
    response = client.post(path, data)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_what_was_typed_is_there_after_the_next_login_and_can_be_sent(ana, committee):
    path = at("page-news-add", committee)
    data = typed_in(ana, path)
    end_login()
    login_page = ana.post(path, data).url
    answer = ana.post(login_page, {"login": ana.user.email, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, path)
    page = ana.get(path).content.decode()
    assert str(STILL_HERE) in page
    assert News.objects.count() == 0
    again = fields_of(page)
    assert {name: again[name] for name in TOLD} == TOLD
    assert ana.post(path, again).status_code == 302
    assert News.objects.get().text_es == "Vinieron doce."


def test_it_is_shown_once_and_at_its_own_address_only(ana, committee):
    path = at("page-news-add", committee)
    data = typed_in(ana, path)
    end_login()
    send_without_login(ana, path, data)
    ana.force_login(ana.user)
    assert "Vinieron" not in ana.get(at("page-about", committee)).content.decode()
    assert "Vinieron" in ana.get(path).content.decode()
    assert "Vinieron" not in ana.get(path).content.decode()


def test_an_edit_that_somebody_else_was_quicker_with_is_asked_about_all_the_same(ana, committee):
    from tests import page_factories

    news = page_factories.NewsFactory(committee=committee, title_es="Feria de mayo")
    path = at("page-news-item", committee, news.pk)
    data = typed_in(ana, path, title_es="Feria de junio")
    end_login()
    send_without_login(ana, path, data)
    ben = login("editor", committee, "Ben")
    theirs = fields_of(ben.get(path).content.decode()) | {"title_es": "Feria de julio"}
    assert ben.post(path, theirs).status_code == 302
    ana.force_login(ana.user)
    again = fields_of(ana.get(path).content.decode())
    assert again["title_es"] == "Feria de junio"
    asked = ana.post(path, again)
    assert asked.status_code == 409
    assert "Feria de julio" in asked.content.decode()


def test_the_step_of_a_proposal_comes_back_too(ana, committee):
    city = make.CityFactory(name="Torrance", is_listed=False)
    start = at("tie-propose", committee)
    first = fields_of(ana.get(start + "?q=torrance").content.decode()) | {"city": str(city.pk)}
    step = ana.post(start, first).url
    data = fields_of(ana.get(step).content.decode()) | {"kind": "friendship_city"}
    end_login()
    send_without_login(ana, step, data)
    ana.force_login(ana.user)
    assert fields_of(ana.get(step).content.decode())["kind"] == "friendship_city"


def test_after_an_hour_it_is_gone(ana, committee):
    path = at("page-news-add", committee)
    data = typed_in(ana, path)
    end_login()
    send_without_login(ana, path, data)
    session = ana.session
    session[TYPED] = session[TYPED] | {"at": session[TYPED]["at"] - 3601}
    session.save()
    ana.force_login(ana.user)
    assert "Vinieron" not in ana.get(path).content.decode()


def test_who_may_not_open_the_page_sees_nothing_of_it(ana, committee):
    path = at("page-news-add", committee)
    data = typed_in(ana, path)
    end_login()
    send_without_login(ana, path, data)
    stranger = login("editor", make.CommitteeFactory(), "Eva").user
    ana.force_login(stranger)
    answer = ana.get(path)
    assert (answer.status_code, "Vinieron" in answer.content.decode()) == (404, False)


def test_strangers_do_not_fill_the_table_of_sessions(committee):
    path = at("page-news-add", committee)
    for _try in range(MOST_AN_HOUR + 5):
        send_without_login(Client(), path, TOLD)
    assert Session.objects.count() == MOST_AN_HOUR


def test_what_is_too_long_or_no_form_of_ours_is_not_kept(committee):
    send_without_login(Client(), at("page-news-add", committee), {"text_es": "x" * LONGEST})
    send_without_login(Client(), at("home", committee), TOLD)
    assert Session.objects.count() == 0


def test_a_form_from_elsewhere_is_refused_before_it_could_be_kept(committee):
    client = Client(enforce_csrf_checks=True)
    assert client.post(at("page-news-add", committee), TOLD).status_code == 403
    assert Session.objects.count() == 0
