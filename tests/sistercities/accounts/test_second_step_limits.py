"""Wrong second steps: few from one place, some from all; the owner always has a way in."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sistercities.accounts import forms
from sistercities.accounts.second_step import CODES_A_DAY, HERE
from sistercities.models import OutgoingMail
from tests.factories import UserFactory
from tests.processes import said_elsewhere
from tests.sistercities.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

OWNER = "198.51.100.7"


class Owner:
    """Somebody with an app, recovery codes and a passkey."""

    def __init__(self) -> None:
        self.user = UserFactory(email="ana@example.org")
        self.secret = generate_totp_secret()
        TOTP.activate(self.user, self.secret)
        self.recovery_codes = RecoveryCodes.activate(self.user).generate_codes()
        self.passkey = Authenticator.objects.create(
            user=self.user, type="webauthn", data={"name": "Key", "credential": {}}
        )

    def app_code(self) -> str:
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))

    def wrong_app_code(self) -> str:
        return format_hotp_value((int(self.app_code()) + 1) % 1_000_000)


NO_CHALLENGE = ("allauth.mfa.base.views.webauthn_auth.begin_authentication", lambda user: {})


@pytest.fixture
def owner(db, monkeypatch):
    monkeypatch.setattr(*NO_CHALLENGE)
    return Owner()


def at_the_second_step(owner, place: str) -> Client:
    """Through the first step already, somewhere."""
    client = Client(REMOTE_ADDR=place)
    sent = {"login": owner.user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), sent).url == reverse("mfa_authenticate")
    return client


def tried(client, **sent):
    return client.post(reverse("mfa_authenticate"), sent)


def is_in(client) -> bool:
    return client.get(reverse("account_overview")).status_code == 200


WRONG = {
    "app": lambda owner: {"code": owner.wrong_app_code()},
    "recovery code": lambda owner: {"code": "123456789012"},
    "passkey": lambda owner: {"credential": "{}"},
}


@pytest.mark.parametrize("way", WRONG)
def test_five_wrong_tries_from_one_place_are_the_most(owner, way):
    stranger = at_the_second_step(owner, "203.0.113.9")
    answers = [tried(stranger, **WRONG[way](owner)) for _try in range(HERE + 1)]
    if way == "passkey":
        assert {one.status_code for one in answers} == {200}, "no passkey at all is not counted"
        return
    assert [one.status_code for one in answers] == [200] * HERE + [429]
    assert answers[-1].headers["Retry-After"] == "900"
    right = tried(stranger, code=owner.app_code())
    assert (right.status_code, is_in(stranger)) == (429, False)


def test_wrong_passkeys_are_counted_from_one_place(owner, monkeypatch):
    def wrong(user, credential):
        raise forms.get_adapter().validation_error("incorrect_code")

    monkeypatch.setattr(forms, "parse_authentication_response", lambda credential: credential)
    monkeypatch.setattr(forms, "complete_authentication", wrong)
    stranger = at_the_second_step(owner, "203.0.113.9")
    sent = {"credential": json.dumps({"id": "x"})}
    statuses = [tried(stranger, **sent).status_code for _try in range(HERE + 1)]
    assert statuses == [200] * HERE + [429]


def test_the_owner_comes_in_from_elsewhere_whatever_a_stranger_tried(owner):
    stranger = at_the_second_step(owner, "203.0.113.9")
    for _try in range(1000 // 20):
        tried(stranger, code=owner.wrong_app_code())
    here = at_the_second_step(owner, OWNER)
    assert tried(here, code=owner.app_code()).status_code == 302
    assert is_in(here)


class TestBeyondTheCeiling:
    """A stranger with the password tried from many places: once for all of these."""

    @pytest.fixture(scope="class")
    @classmethod
    def owner(cls, django_db_setup, django_db_blocker):
        """Whose app's codes rest."""
        with (
            django_db_blocker.unblock(),
            transaction.atomic(),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(*NO_CHALLENGE)
            owner = Owner()
            for number in range(CODES_A_DAY // HERE):
                stranger = at_the_second_step(owner, f"203.0.113.{number}")
                for _try in range(HERE):
                    assert tried(stranger, code=owner.wrong_app_code()).status_code == 200
            with django_db_blocker.block():
                yield owner
            transaction.set_rollback(True)

    def test_an_apps_codes_cannot_be_guessed_from_many_places(self, owner):
        fresh = at_the_second_step(owner, "192.0.2.1")
        for written in (owner.app_code(), f" {owner.app_code()[:3]}-{owner.app_code()[3:]} "):
            refused = tried(fresh, code=written)
            assert "passkey" in refused.content.decode() or "llave" in refused.content.decode()
            assert not is_in(fresh)
        assert CODES_A_DAY / 10**6 <= 1 / 20_000

    def test_beyond_the_ceiling_a_recovery_code_lets_the_owner_in(self, owner):
        here = at_the_second_step(owner, OWNER)
        for _try in range(HERE + 1):
            tried(here, code=owner.app_code())
        assert tried(here, code=owner.recovery_codes[0]).status_code == 302
        assert is_in(here)

    def test_beyond_the_ceiling_a_passkey_lets_the_owner_in(self, owner, monkeypatch):
        monkeypatch.setattr(forms, "parse_authentication_response", lambda credential: credential)
        monkeypatch.setattr(forms, "complete_authentication", lambda user, sent: owner.passkey)
        here = at_the_second_step(owner, OWNER)
        assert tried(here, credential=json.dumps({"id": "x"})).status_code == 302
        assert is_in(here)

    def test_the_owner_is_told_by_mail_once_a_day_that_somebody_tries(self, owner):
        assert not OutgoingMail.objects.exists()
        stranger = at_the_second_step(owner, "203.0.113.200")
        for _try in range(HERE * 3):
            tried(stranger, code=owner.wrong_app_code())
        mail = OutgoingMail.objects.get()
        assert (mail.purpose, mail.to) == ("account-wrong-codes", owner.user.email)
        assert "contraseña" in mail.text and "change your password" in mail.text


def test_recovery_codes_are_too_long_to_be_guessed(owner):
    assert {len(code) for code in owner.recovery_codes} == {12}
    assert len(set(owner.recovery_codes)) == 10


def test_right_codes_do_not_count(owner):
    for code in owner.recovery_codes[: HERE + 2]:
        here = at_the_second_step(owner, OWNER)
        assert tried(here, code=code).status_code == 302


def test_a_strangers_tries_do_not_stop_the_owner_from_changing_the_app(owner):
    here = Client(REMOTE_ADDR=OWNER)
    here.force_login(owner.user)
    stranger = at_the_second_step(owner, "203.0.113.9")
    for _try in range(HERE * 2):
        tried(stranger, code=owner.wrong_app_code())
    confirm = reverse("mfa_reauthenticate")
    assert here.post(confirm, {"code": owner.recovery_codes[1]}).status_code == 302


ANOTHER_PROCESS = """
import django; django.setup()
from django.test import Client
stranger = Client(REMOTE_ADDR="203.0.113.9")
sent = {"login": "ana@example.org", "password": "long enough a password"}
stranger.post("/es/cuenta/entrar/", sent)
path = "/es/cuenta/segundo-paso/usar/"
print([stranger.post(path, {"code": "000000000000"}).status_code for _try in range(3)])
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(owner):
    """Three wrong ones there and two here are five."""
    owner.passkey.delete()
    here = at_the_second_step(owner, "203.0.113.9")
    assert [tried(here, code="0" * 12).status_code for _try in range(2)] == [200] * 2
    assert said_elsewhere(ANOTHER_PROCESS) == "[200, 200, 200]"
    assert tried(here, code="0" * 12).status_code == 429
