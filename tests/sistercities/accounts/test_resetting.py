"""Somebody lost telephone and recovery codes: the office resets the second step, and says so."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from sistercities.accounts.resetting import reset_second_step
from sistercities.models import OutgoingMail
from tests.factories import UserFactory
from tests.sistercities.accounts.conftest import PASSWORD
from tests.site.rights.houses import session_of

pytestmark = pytest.mark.django_db
LIST = "admin:sistercities_user_changelist"
WHY = "She called; I know her voice"


@pytest.fixture
def boss():
    return UserFactory(email="boss@example.org", staff=True)


@pytest.fixture
def browser(boss):
    """A browser of somebody who may do everything, in English."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(boss)
    client.cookies["language"] = "en"
    return client


def with_second_step(**fields):
    person = UserFactory(**fields)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def logged_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def reset(client, *people, reason=WHY):
    chosen = {"action": "reset_second_step", "_selected_action": [one.pk for one in people]}
    response = client.post(reverse(LIST), chosen | {"change_reason": reason}, follow=True)
    return [str(message) for message in response.context["messages"]]


def has_second_step(person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def test_everything_of_the_second_step_goes_and_every_login_ends(browser, boss):
    ana = with_second_step(email="ana@example.org", name="Ana")
    ben = with_second_step(email="ben@example.org")
    path = reverse("account_overview")
    windows, others = [logged_in(ana), logged_in(ana)], logged_in(ben)
    assert {one.get(path).status_code for one in (*windows, others)} == {200}
    said = reset(browser, ana)
    assert said == ["The second step of 1 person was reset. They are told by e-mail."]
    assert (has_second_step(ana), has_second_step(ben)) == (False, True)
    assert [one.get(path).status_code for one in (*windows, others)] == [302, 302, 200]
    assert not UserSession.objects.filter(user=ana).exists()
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (boss, str(ana.pk))
    assert entry.change_message == f"{WHY} · Second step reset"
    mail = OutgoingMail.objects.get()
    assert mail.to == "ana@example.org"
    assert "The national office took away your second step" in mail.text
    assert browser.get(reverse(LIST)).status_code == 200


def test_who_works_for_the_office_sets_up_a_new_one_at_the_next_login(office):
    clerk = with_second_step(email="clerk@example.org", is_staff=True)
    sent = {"login": clerk.email, "password": PASSWORD, "next": "/admin/"}
    asked = Client().post(reverse("account_login"), sent)
    assert asked.url.startswith(reverse("mfa_authenticate"))
    reset_second_step(clerk)
    client = Client()
    assert client.post(reverse("account_login"), sent).url == "/admin/"
    assert client.get("/admin/").url == reverse("mfa_index")


def test_several_are_reset_at_once_or_nobody(browser, boss):
    people = [with_second_step() for _n in range(2)]
    TOTP.activate(boss, generate_totp_secret())
    refused = ["Your own second step is reset by somebody else of the office."]
    assert reset(browser, boss) == reset(browser, *people, boss) == refused
    assert reset(browser, *people, reason=" ") == ["Nothing was changed: write the reason first."]
    assert all(has_second_step(one) for one in (*people, boss))
    assert (OutgoingMail.objects.count(), LogEntry.objects.count()) == (0, 0)
    assert reset(browser, *people)[0].startswith("The second step of 2 people was reset.")
    assert [has_second_step(one) for one in (*people, boss)] == [False, False, True]


def test_only_who_may_do_everything_resets(boss):
    clerk = UserFactory(is_staff=True)
    codes = ["view_user", "change_user"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(clerk)
    ana = with_second_step()
    assert "reset_second_step" not in client.get(reverse(LIST)).content.decode()
    reset(client, ana)
    assert has_second_step(ana)


def test_who_logged_in_long_ago_says_first_who_they_are(browser, boss):
    ana = with_second_step(email="ana@example.org")
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1
    session.save()
    chosen = {"action": "reset_second_step", "_selected_action": [ana.pk], "change_reason": WHY}
    asked = browser.post(reverse(LIST), chosen)
    assert asked.url.startswith(reverse("account_reauthenticate") + "?next=%2Fadmin%2F")
    assert has_second_step(ana)
    page = browser.get(asked.url).content.decode()
    assert "Nothing was changed yet. Say who you are, then do it once more." in page
    answer = browser.post(asked.url, {"password": PASSWORD})
    assert answer.url == reverse(LIST)
    assert len(reset(browser, ana)) == 1
    assert not has_second_step(ana)
