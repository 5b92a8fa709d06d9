"""Too many tries: refused with 429 for whoever tries, never for the owner."""

import pytest
from django.test import Client
from django.urls import reverse

from sistercities.accounts.limits import fingerprint_of
from sistercities.models import CacheEntry, Knock, OutgoingMail
from tests.processes import said_elsewhere
from tests.sistercities.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(client, email, password, **headers):
    path = reverse("account_login")
    return client.post(path, {"login": email, "password": password}, headers=headers)


def test_the_sixth_wrong_password_is_refused_and_says_when_to_come_again(user, client):
    statuses = [log_in(client, user.email, "wrong").status_code for _try in range(5)]
    refused = log_in(client, user.email, PASSWORD)
    assert statuses == [200] * 5
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert "no-store" in refused.headers["Cache-Control"]


def test_the_owner_comes_in_from_elsewhere_meanwhile(user):
    stranger, owner = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    for _try in range(20):
        log_in(stranger, user.email, "wrong")
    assert log_in(stranger, user.email, PASSWORD).status_code == 429
    assert log_in(owner, user.email, PASSWORD).status_code == 302


def test_an_unknown_account_is_limited_like_a_known_one(user):
    for email in (user.email, "nobody@example.org"):
        client = Client(REMOTE_ADDR="203.0.113.1")
        assert [log_in(client, email, "wrong").status_code for _try in range(6)][-1] == 429


def test_fifty_failures_an_hour_from_one_address_are_the_most(user):
    client = Client(REMOTE_ADDR="203.0.113.2")
    statuses = [log_in(client, f"u{n}@example.org", "wrong").status_code for n in range(51)]
    assert statuses == [200] * 50 + [429]


def test_a_right_password_does_not_count_as_a_failure(user, client):
    for _time in range(8):
        assert log_in(client, user.email, PASSWORD).status_code == 302
        client.post(reverse("account_logout"))


def test_a_forged_forwarded_for_changes_nothing(user, client, settings):
    settings.BEHIND_PROXY = False
    statuses = [
        log_in(client, user.email, "wrong", **{"X-Forwarded-For": f"10.1.1.{n}"}).status_code
        for n in range(6)
    ]
    assert statuses[-1] == 429


def test_behind_our_proxy_its_entry_counts_and_not_the_visitors(user, client, settings):
    settings.BEHIND_PROXY = True
    for n in range(5):
        log_in(client, user.email, "wrong", **{"X-Forwarded-For": f"10.9.9.{n}, 203.0.113.3"})
    last = {"X-Forwarded-For": "10.9.9.9, 203.0.113.3"}
    assert log_in(client, user.email, PASSWORD, **last).status_code == 429
    other = {"X-Forwarded-For": "10.9.9.9, 203.0.113.4"}
    assert log_in(client, user.email, PASSWORD, **other).status_code == 302


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_three_codes_an_hour_are_the_most_for_one_address_from_one_place(user, name):
    statuses = [
        Client(REMOTE_ADDR="203.0.113.5").post(reverse(name), {"email": user.email}).status_code
        for _time in range(4)
    ]
    assert statuses == [302, 302, 302, 429]
    assert OutgoingMail.objects.count() == 3
    elsewhere = Client(REMOTE_ADDR="198.51.100.8")
    assert elsewhere.post(reverse(name), {"email": user.email}).status_code == 302


def test_no_network_address_is_kept(user, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "sistercities.jsoncache.DatabaseCache",
            "LOCATION": CacheEntry._meta.db_table,
        }
    }
    client = Client(REMOTE_ADDR="203.0.113.77")
    log_in(client, user.email, "wrong")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    log_in(Client(REMOTE_ADDR="203.0.113.77"), user.email, PASSWORD)
    kept = list(CacheEntry.objects.values_list("cache_key", flat=True))
    assert kept
    everything = f"{kept} {list(Knock.objects.values())} {user.usersession_set.get().ip}"
    assert "203.0.113.77" not in everything


def test_a_fingerprint_is_the_same_for_one_household_and_tells_no_address():
    assert fingerprint_of("203.0.113.1") == fingerprint_of("203.0.113.1")
    assert fingerprint_of("203.0.113.1") != fingerprint_of("203.0.113.2")
    assert fingerprint_of("2001:db8:1:2::1") == fingerprint_of("2001:db8:1:2:ffff::9")
    assert fingerprint_of("2001:db8:1:2::1") != fingerprint_of("2001:db8:1:3::1")
    assert fingerprint_of("no address") != fingerprint_of("")


KEPT_IN_THE_DATABASE = {
    "default": {
        "BACKEND": "sistercities.jsoncache.DatabaseCache",
        "LOCATION": CacheEntry._meta.db_table,
    }
}
ANOTHER_PROCESS = f"""
import django; django.setup()
from django.test import Client, override_settings
stranger = Client(REMOTE_ADDR="203.0.113.9")
sent = {{"login": "ana@example.org", "password": "wrong"}}
with override_settings(CACHES={KEPT_IN_THE_DATABASE}):
    print([stranger.post("/es/cuenta/entrar/", sent).status_code for _try in range(3)])
"""


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_are_counted_for_all_processes_together(user, settings):
    """Two here and three in another process are five: allauth counts in a table."""
    settings.CACHES = KEPT_IN_THE_DATABASE
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert [log_in(client, user.email, "wrong").status_code for _try in range(2)] == [200] * 2
    assert said_elsewhere(ANOTHER_PROCESS) == "[200, 200, 200]"
    assert log_in(client, user.email, PASSWORD).status_code == 429
