"""The second step: asked of the office before any page of the admin, offered to everybody."""

import datetime
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from sistercities.accounts.middleware import BEGAN, HOUR, SEEN
from tests.factories import UserFactory
from tests.sistercities.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(office):
    return UserFactory(email="staff@example.org", staff=True)


def log_in(client, user):
    path = reverse("account_login")
    return client.post(path, {"login": user.email, "password": PASSWORD, "next": "/admin/"})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_staff_without_a_second_step_are_led_to_set_one_up(staff, client):
    assert log_in(client, staff).url == "/admin/"
    for path in ("/admin/", "/admin/committees/committee/", "/admin/password_change/"):
        assert client.get(path).url == reverse("mfa_index")


def test_setting_up_an_app_opens_the_admin(staff, client):
    log_in(client, staff)
    path = reverse("mfa_activate_totp")
    secret = client.get(path).context["form"].secret
    assert client.post(path, {"code": "000000"}).status_code == 200
    assert client.post(path, {"code": code_of(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored


def test_with_a_second_step_the_password_alone_opens_nothing(staff, client):
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    assert log_in(client, staff).url.startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302
    code = code_of(secret)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    again = Client()
    log_in(again, staff)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert again.get("/admin/").status_code == 302


def test_a_recovery_code_works_once(staff):
    TOTP.activate(staff, generate_totp_secret())
    codes = RecoveryCodes.activate(staff).generate_codes()
    assert len(set(codes)) == 10
    for expected in (302, 200):
        client = Client()
        log_in(client, staff)
        sent = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert sent.status_code == expected


def test_a_login_that_never_took_the_second_step_is_sent_to_take_it(staff, client):
    TOTP.activate(staff, generate_totp_secret())
    client.force_login(staff)
    response = client.get("/admin/")
    assert response.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_the_admins_own_login_page_leads_to_ours(office, client):
    assert client.get("/admin/login/").url.startswith(reverse("account_login"))
    assert client.post("/admin/login/", {"username": "a"}).status_code == 302


def test_staff_keep_their_last_second_step(staff, client):
    app = TOTP.activate(staff, generate_totp_secret())
    codes = RecoveryCodes.activate(staff).generate_codes()
    log_in(client, staff)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(pk=app.instance.pk).exists()


@pytest.mark.parametrize(
    ("is_staff", "idle", "whole"),
    [(True, HOUR, 12 * HOUR), (False, 14 * 24 * HOUR, 60 * 24 * HOUR)],
)
def test_a_login_ends_when_unused_and_when_old(is_staff, idle, whole):
    for key, age in ((SEEN, idle), (BEGAN, whole)):
        for spare, stays in ((60, True), (-60, False)):
            client = Client()
            client.force_login(UserFactory(is_staff=is_staff))
            client.get(reverse("account_overview"))
            session = client.session
            session[key] = int(time.time()) - age + spare
            session.save()
            assert (client.get(reverse("account_overview")).status_code == 200) is stays


def test_using_a_login_keeps_it_open(user, client):
    client.force_login(user)
    client.get(reverse("account_overview"))
    session = client.session
    session[SEEN] = int(time.time()) - 2 * int(datetime.timedelta(days=1).total_seconds())
    session.save()
    client.get(reverse("account_overview"))
    assert time.time() - client.session[SEEN] < 60
