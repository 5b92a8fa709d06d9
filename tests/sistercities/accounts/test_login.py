"""Coming in by password and by code, going out, and what nobody learns on the way."""

import pytest
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from sistercities.models import OutgoingMail, User
from tests.factories import UserFactory
from tests.sistercities.accounts.conftest import PASSWORD, last_code
from tests.site.http.test_doors import NEXTS, browser_goes_to

pytestmark = pytest.mark.django_db


def log_in(client, email="ana@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_in(client) -> bool:
    return client.get(reverse("account_overview")).status_code == 200


def test_somebody_comes_in_with_address_and_password_whatever_the_capitals(user, client):
    response = log_in(client, "ANA@example.org")
    assert (response.status_code, response.url) == (302, reverse("desk:mine"))
    assert is_in(client)


def test_somebody_comes_in_with_a_code_from_the_outbox_and_without_a_password(client):
    user = UserFactory(email="eva@example.org", password=None)
    user.set_unusable_password()
    user.save()
    response = client.post(reverse("account_request_login_code"), {"email": user.email})
    assert response.url == reverse("account_confirm_login_code")
    client.post(response.url, {"code": last_code(user.email)})
    assert is_in(client)


def test_a_wrong_code_lets_nobody_in_and_after_three_a_new_one_is_needed(user, client):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = last_code(user.email)
    confirm = reverse("account_confirm_login_code")
    for _try in range(3):
        client.post(confirm, {"code": "WRONG1"})
    client.post(confirm, {"code": code})
    assert not is_in(client)


def test_a_login_that_was_closed_is_told_so_only_with_the_right_password(user, client):
    user.is_active = False
    user.save()
    assert log_in(client, password="something else 1").status_code == 200
    assert log_in(client).url == reverse("account_inactive")
    assert not is_in(client)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_login", {"login": "{}", "password": "not the right one"}),
        ("account_request_login_code", {"email": "{}"}),
        ("account_reset_password", {"email": "{}"}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(user, name, data):
    answers = []
    for email in (user.email, "bob@example.org"):
        client = Client()
        sent = {key: value.format(email) for key, value in data.items()}
        response = client.post(reverse(name), sent, follow=True)
        body = response.content.decode().replace(email, "ADDRESS")
        token = response.context["csrf_token"]
        chain = [(url, status) for url, status in response.redirect_chain]
        answers.append((response.status_code, chain, body.replace(str(token), "TOKEN")))
    assert answers[0] == answers[1]


def work_done(monkeypatch, name: str, data: dict) -> tuple[int, int]:
    """What takes time in an answer: how often a password is hashed, how many mails are written."""
    hashed = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as queries:
        patched.setattr(type(hasher), "encode", lambda *args: hashed.append(1) or encode(*args))
        Client(REMOTE_ADDR="10.0.0.1").post(reverse(name), data)
    outbox = f'INSERT INTO "{OutgoingMail._meta.db_table}"'
    return len(hashed), sum(outbox in one["sql"] for one in queries)


@pytest.mark.parametrize(
    ("name", "field", "work"),
    [
        ("account_login", "login", (1, 0)),
        ("account_request_login_code", "email", (0, 1)),
        ("account_reset_password", "email", (0, 1)),
    ],
)
def test_the_time_of_the_answer_tells_nothing(user, monkeypatch, name, field, work):
    """The same costly work is done for a known and an unknown address."""
    for email in (user.email, "bob@example.org"):
        data = {field: email, "password": "not the right one"}
        assert work_done(monkeypatch, name, data) == work


def test_an_unknown_address_gets_no_mail(client):
    client.post(reverse("account_request_login_code"), {"email": "bob@example.org"})
    client.post(reverse("account_reset_password"), {"email": "bob@example.org"})
    assert not OutgoingMail.objects.exists()


def test_no_mail_leaves_during_the_request(user, client, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    assert OutgoingMail.objects.count() == 1
    assert mailoutbox == []


def test_nobody_signs_up(client):
    path = reverse("account_signup")
    sent = {"email": "new@example.org", "password1": PASSWORD}
    assert client.get(path).status_code == 404
    assert client.post(path, sent).status_code == 404
    assert not User.objects.exists()
    for name in ("socialaccount_connections", "mfa_signup_webauthn", "account_signup_by_passkey"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_login_gets_a_new_key_and_the_old_one_is_dead(user, client):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    log_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_going_out_ends_the_login_on_the_server(user, client):
    log_in(client)
    key = client.session.session_key
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_in(client)


def test_a_changed_password_ends_the_other_logins_and_is_told_by_mail(user):
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)
    new = "four quiet green turtles"
    response = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert (response.status_code, response.url) == (302, reverse("account_overview"))
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert OutgoingMail.objects.get().purpose == "account-change"


def test_the_other_logins_can_be_ended_from_the_list(user):
    here, elsewhere = Client(), Client()
    log_in(here, headers={"User-Agent": "Here"})
    log_in(elsewhere, headers={"User-Agent": "Elsewhere <b>"})
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Elsewhere &lt;b&gt;" in page and "127.0.0.1" not in page
    here.post(reverse("usersessions_list"))
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_a_forgotten_password_is_chosen_anew_with_a_code(user, client):
    response = client.post(reverse("account_reset_password"), {"email": user.email})
    response = client.post(response.url, {"code": last_code(user.email)})
    new = "four quiet green turtles"
    client.post(response.url, {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_another_address_counts_once_its_code_came_back(user, client):
    log_in(client)
    sent = {"email": "ana@new.example", "action_add": "1"}
    response = client.post(reverse("account_email"), sent)
    user.refresh_from_db()
    assert user.email == "ana@example.org"
    client.post(reverse("account_email_verification_sent"), {"code": last_code("ana@new.example")})
    user.refresh_from_db()
    assert (response.status_code, user.email) == (302, "ana@new.example")


def test_the_login_leads_to_no_other_host(user):
    away = []
    for wanted in NEXTS:
        client = Client()
        page = client.get(reverse("account_login"), {"next": wanted})
        sent = {"login": user.email, "password": PASSWORD, "next": wanted}
        response = client.post(reverse("account_login"), sent)
        assert (page.status_code, response.status_code) == (200, 302), wanted
        if browser_goes_to(response.url, "/es/") != "testserver":
            away.append((wanted, response.url))
    assert away == []


def test_the_login_leads_back_to_the_desk(user, client):
    wanted = "/en/my-committee/south-el-monte/?a=b"
    sent = {"login": user.email, "password": PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), sent).url == wanted
