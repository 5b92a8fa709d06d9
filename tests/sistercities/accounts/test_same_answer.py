"""Nobody learns who has a login: the same answer for the same work, whatever the address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sistercities.models import CacheEntry, Knock, OutgoingMail
from tests.factories import UserFactory
from tests.settled import read_settings

pytestmark = pytest.mark.django_db

UNKNOWN = "bob@example.org"
ARGON2 = f"{__name__}.Argon2"
DOORS = ["account_login", "account_request_login_code", "account_reset_password"]
CODE_DOORS = DOORS[1:]
VARIES = ("X-Request-ID", "Expires", "Date", "Last-Modified")


class Argon2(hashers.Argon2PasswordHasher):
    """The server's. How much memory it fills is no question of these tests: how often, is."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def _as_on_a_server(settings):
    """Real hashing and the real cache: both are part of the work."""
    settings.PASSWORD_HASHERS = [ARGON2]
    settings.CACHES = {"default": {"BACKEND": "sistercities.jsoncache.DatabaseCache"}}
    settings.CACHES["default"]["LOCATION"] = CacheEntry._meta.db_table


@pytest.fixture
def known(_as_on_a_server) -> dict[str, str]:
    """An address of every kind that somebody logs in with, or did."""
    proven = UserFactory(email="proven@example.org")
    EmailAddress.objects.create(user=proven, email=proven.email, verified=True, primary=True)
    UserFactory(email="invited@example.org")
    without = UserFactory(email="codes@example.org")
    without.set_unusable_password()
    without.save()
    return {"proven": proven.email, "invited": "invited@example.org", "codes": without.email}


@pytest.fixture
def closed(_as_on_a_server) -> str:
    return UserFactory(email="closed@example.org", is_active=False).email


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every hashing of a password, as it happens."""
    seen: list[str] = []
    hasher = type(hashers.get_hasher())
    for name in ("encode", "verify"):
        real = getattr(hasher, name)
        monkeypatch.setattr(
            hasher,
            name,
            lambda *args, _real=real, _name=name: seen.append(_name) or _real(*args),
        )
    return seen


def shape(sql: str) -> str:
    """A question without what was asked for."""
    sql = re.sub(r"'(?:[^']|'')*'", "?", sql)
    return re.sub(r"\b(\d+|true|false)\b|\"s\d+_x\d+\"", "?", sql)


def answer_of(response, email: str) -> tuple:
    """Everything that the asker can see."""
    body = response.content.decode().replace(email, "ADDRESS")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "TOKEN", body)
    headers = {k: v for k, v in response.headers.items() if k not in VARIES}
    headers["Content-Length"] = len(body) if response.content else 0
    cookies = {
        name: {k: v for k, v in morsel.items() if k != "expires"}
        for name, morsel in response.cookies.items()
    }
    return response.status_code, headers, cookies, body


def walked(name: str, email: str, hashed: list[str]) -> list[tuple]:
    """Ask at a door, then follow and write wrong codes until nothing is left to try."""
    Knock.objects.all().delete()
    cache.clear()
    client = Client(REMOTE_ADDR="10.0.0.1")
    path = reverse(name)
    sent: dict | None = {"login": email, "email": email, "password": "not the right one"}
    seen = []
    for _step in range(1 if name == "account_login" else 7):
        del hashed[:]
        with CaptureQueriesContext(connection) as queries:
            response = client.post(path, sent) if sent else client.get(path)
        work = [shape(one["sql"]) for one in queries.captured_queries]
        seen.append((answer_of(response, email), len(hashed), work))
        if response.status_code == 302:
            path, sent = response.url, None
        else:
            sent = {"code": "ZZZZZZ"}
    return seen


@pytest.mark.parametrize("name", DOORS)
def test_every_address_gets_the_same_answer_for_the_same_work(known, closed, hashed, name):
    """Status, headers, cookies, body; hashings; every question to the database, in its order."""
    read_settings()
    unknown = walked(name, UNKNOWN, hashed)
    assert unknown[0][2], "questions were asked"
    assert unknown[0][1] == (name == "account_login")
    for kind, email in {**known, "closed": closed}.items():
        found = walked(name, email, hashed)
        for number, (theirs, ours) in enumerate(zip(found, unknown, strict=True)):
            assert theirs == ours, f"{kind}, request {number}"


@pytest.mark.parametrize("name", CODE_DOORS)
def test_the_way_of_a_code_is_walked_to_its_end(known, hashed, name):
    """What the test above compares: the page for the code, three wrong codes, out again."""
    statuses = [one[0][0] for one in walked(name, known["proven"], hashed)]
    assert statuses == [302, 200, 200, 200, 302, 200, 200]


@pytest.mark.parametrize("name", DOORS)
def test_every_address_is_limited_alike(known, closed, name):
    """As many tries, then the same refusal."""
    told = {}
    for number, email in enumerate((UNKNOWN, *known.values(), closed)):
        here = {"REMOTE_ADDR": f"203.0.113.{number}"}
        sent = {"login": email, "email": email, "password": "not the right one"}
        told[email] = [
            answer_of(Client(**here).post(reverse(name), sent), email) for _try in range(6)
        ]
        assert told[email] == told[UNKNOWN]
    statuses = [answer[0] for answer in told[UNKNOWN]]
    assert statuses == ([200] * 5 + [429] if name == "account_login" else [302] * 3 + [429] * 3)
    assert told[UNKNOWN][-1][1]["Retry-After"] == "900"


@pytest.mark.parametrize("name", CODE_DOORS)
def test_a_known_address_gets_one_mail_and_no_other_address_is_kept(known, closed, name):
    for email in (*known.values(), closed, UNKNOWN):
        Client().post(reverse(name), {"email": email})
    written = list(OutgoingMail.objects.order_by("pk").values_list("to", "state"))
    assert written == [(email, "waiting") for email in known.values()]
    assert UNKNOWN not in str(list(OutgoingMail.objects.values()))
    assert Session.objects.count() == len(known) + 2


@pytest.mark.parametrize("name", CODE_DOORS)
def test_the_code_of_an_unknown_address_cannot_be_guessed_as_nothing(name):
    for nothing in ("-", "--", ".", "000000"):
        client = Client(REMOTE_ADDR=f"10.1.0.{ord(nothing[0])}")
        response = client.post(reverse(name), {"email": f"{len(nothing)}{UNKNOWN}"})
        assert client.post(response.url, {"code": nothing}).status_code == 200
        assert "_auth_user_id" not in client.session


def test_a_login_that_the_office_wrote_with_capitals_is_found(client):
    user = UserFactory(email="Maria@Example.org")
    client.post(reverse("account_request_login_code"), {"email": "maria@example.org"})
    assert OutgoingMail.objects.get().to == user.email.lower()
    sent = {"login": "maria@example.org", "password": "long enough a password"}
    assert client.post(reverse("account_login"), sent).status_code == 302


def test_another_address_is_asked_for_without_telling_who_has_it(known, client):
    """One's own new address: a code goes there, whoever reads it."""
    client.post(
        reverse("account_login"),
        {"login": known["proven"], "password": "long enough a password"},
    )
    answers = []
    for email in (known["invited"], "nobody-yet@example.org"):
        asked = client.post(reverse("account_email"), {"email": email, "action_add": "1"})
        shown = client.get(asked.url)
        answers.append((answer_of(asked, email), answer_of(shown, email)))
    assert answers[0] == answers[1]
    assert OutgoingMail.objects.filter(purpose="account-email-code").count() == 2
