"""Where one is logged in, and ending it; one's data from the page about one's login."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import UserFactory
from tests.sending import form_of
from tests.sistercities.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def browser(user, name: str) -> Client:
    client = Client(headers={"User-Agent": name})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client) -> bool:
    return client.get(reverse("account_overview")).status_code == 200


def number_of(name: str) -> int:
    return UserSession.objects.get(user_agent=name).pk


def end(client, number):
    return client.post(reverse("usersessions_list"), {"end": number}, follow=True)


def test_one_login_is_ended_and_its_next_request_is_nobodys(user):
    here, telephone, office = (browser(user, name) for name in ("Here", "Telephone", "Office"))
    key = telephone.session.session_key
    page = end(here, number_of("Telephone"))
    assert not Session.objects.filter(session_key=key).exists()
    assert (is_in(here), is_in(telephone), is_in(office)) == (True, False, True)
    assert "Telephone" not in page.content.decode() and "Office" in page.content.decode()


def test_every_login_but_this_one_has_its_button(user):
    here = browser(user, "Here")
    browser(user, "Telephone")
    response = here.get(reverse("usersessions_list"))
    page = response.content.decode()
    assert page.count('name="end"') == 1
    assert f'name="end" value="{number_of("Telephone")}"' in page
    assert "end" not in form_of(response), "the button for all others ends no single one"


def test_nobody_ends_the_login_of_somebody_else(user):
    here, other = browser(user, "Here"), browser(UserFactory(), "Other")
    assert end(here, number_of("Other")).status_code == 404
    assert is_in(other)


@pytest.mark.parametrize("odd", ["x", "-1", "٣", "9" * 30, "1 or 1=1", "\0"])
def test_an_odd_number_ends_nothing(user, odd):
    here = browser(user, "Here")
    browser(user, "There")
    assert end(here, odd).status_code == 404
    assert UserSession.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "/es/mi-comite/mis-datos/"), ("en", "/en/my-committee/my-data/")],
)
def test_ones_data_is_a_link_away_from_ones_login(user, language, words):
    here = browser(user, "Here")
    with override(language):
        overview = reverse("account_overview")
    page = here.get(overview).content.decode()
    assert f'href="{words}"' in page
    data = here.get(words).content.decode()
    for name in ("desk:my-data-file", "desk:my-data"):
        with override(language):
            assert reverse(name) in data
