"""Pages about logins: private unless they must be open, in both languages, no inline code."""

import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter as Theirs
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string
from django.utils.translation import override

from sistercities.accounts import urls
from sistercities.accounts.adapter import AccountAdapter, SecondFactorAdapter
from tests.sistercities.accounts.conftest import PASSWORD
from tests.site.http.test_spanish import ENGLISH, SPANISH, own_words
from tests.site.reading import Reading

pytestmark = pytest.mark.django_db

OPEN = {
    *("account_login", "account_request_login_code", "account_confirm_login_code"),
    *("account_reset_password", "account_confirm_password_reset_code", "account_logout"),
    *("account_complete_password_reset", "account_password_reset_completed", "account_inactive"),
    *("account_email_verification_sent", "account_signup", "mfa_authenticate"),
    "mfa_login_webauthn",
}
"""Pages that somebody needs who is not in yet."""
ALLAUTHS = """
    account address again authentication authenticator change code codes confirm email enter
    forgot generate incorrect invalid key login logout must new password please recovery remove
    required reset security sent session sessions set sign their this too try two-factor use using
    verify was wrong you your
""".split()
"""English that allauth would say."""


def names(patterns) -> list[str]:
    found = []
    for one in patterns:
        found += names(one.url_patterns) if isinstance(one, URLResolver) else [one.name]
    return found


def address(name: str) -> str:
    try:
        return reverse(name)
    except Exception:
        return reverse(name, args=[1])


def check_page(page: str) -> None:
    """Our frame, no inline style or code, no bubbles of the browser."""
    assert re.search(r"<h1[ >]", page)
    assert " style=" not in page and "<style" not in page
    assert re.findall(r"<script(?![^>]*( src=| type=\"application/json\"))", page) == []
    assert not re.search(r"<(input|textarea|select)[^>]* required", page)
    assert " placeholder=" not in page and " onclick=" not in page


def test_only_pages_that_somebody_needs_before_the_login_are_open():
    assert set(names(urls.urlpatterns)) > OPEN
    for name in names(urls.urlpatterns):
        response = Client().get(address(name))
        is_closed = "/log-in/?next=" in getattr(response, "url", "") or (
            "next=" in getattr(response, "url", "")
        )
        assert is_closed is (name not in OPEN), name


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "account_reset_password"]
)
def test_pages_before_the_login_are_ours(language, name):
    with override(language):
        path = reverse(name)
    for response in (Client().get(path), Client().post(path, {})):
        page = response.content.decode()
        check_page(page)
        assert f'<html lang="{language}"' in page
    assert "error-summary" in page
    assert re.search(r"<title>\s*Error:", page)


@pytest.mark.parametrize("language", ["es", "en"])
def test_pages_behind_the_login_are_ours(user, client, language):
    TOTP.activate(user, generate_totp_secret())
    with override(language):
        paths = {name: address(name) for name in names(urls.urlpatterns) if name not in OPEN}
        enter = reverse("account_login")
    client.post(enter, {"login": user.email, "password": PASSWORD})
    client.post(client.get(enter).url, {"code": RecoveryCodes.activate(user).generate_codes()[0]})
    seen = []
    for name, path in paths.items():
        response = client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            check_page(response.content.decode())
            assert "no-store" in response.headers["Cache-Control"]
            seen.append(name)
    assert {"account_overview", "mfa_index", "mfa_view_recovery_codes", "account_email"} <= set(
        seen
    )
    assert len(seen) >= 10


def view_of(pattern: URLPattern):
    return pattern.callback


def test_every_address_of_the_site_wants_a_login_or_says_that_it_does_not():
    """A LoginRequiredMiddleware is there, and nothing of the desk is marked as open but invitations
    and the page after an erasure, which ends the login."""
    from django.conf import settings

    asking = [import_string(name) for name in settings.MIDDLEWARE if "interrupted" in name]
    assert [issubclass(one, LoginRequiredMiddleware) for one in asking] == [True]

    def walk(patterns, spaces=()):
        for one in patterns:
            if isinstance(one, URLResolver):
                deeper = (*spaces, one.namespace) if one.namespace else spaces
                yield from walk(one.url_patterns, deeper)
            else:
                yield ":".join([*spaces, one.name or ""]), view_of(one)

    opened = {
        name
        for name, view in walk(get_resolver().url_patterns)
        if name.startswith("desk:") and not getattr(view, "login_required", True)
    }
    assert opened == {"desk:invitation", "desk:erased"}


def other_words(page: str, language: str) -> set[str]:
    """Words of the other language in what a page says in its own."""
    other = SPANISH if language == "en" else [*ENGLISH, *ALLAUTHS]
    page = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    texts = Reading(page, "").words_in(language)
    return {word for text in texts for word in own_words(text) & set(other)}


@pytest.mark.parametrize("language", ["es", "en"])
def test_pages_about_logins_speak_one_language_also_when_they_refuse(user, client, language):
    """Each page asked for, and each form sent empty and sent with nonsense."""
    TOTP.activate(user, generate_totp_secret())
    codes = RecoveryCodes.activate(user).generate_codes()
    with override(language):
        paths = {name: address(name) for name in names(urls.urlpatterns)}
    before = [name for name in paths if name in OPEN and name != "account_logout"]
    behind = [name for name in paths if name not in OPEN]
    client.post(paths["account_login"], {"login": user.email, "password": PASSWORD})
    client.post(paths["mfa_authenticate"], {"code": codes[0]})
    nonsense = {
        name: "x" for name in ("login", "password", "code", "oldpassword", "password1", "password2")
    }
    wrong, refused = {}, 0
    for visitor, which in ((Client(), before), (client, behind)):
        for name in which:
            for sent in (None, {}, {"email": "x", **nonsense}, {"email": user.email, **nonsense}):
                path = paths[name]
                response = visitor.get(path) if sent is None else visitor.post(path, sent)
                if response.status_code not in (200, 429) or not response.content:
                    continue
                if not response["Content-Type"].startswith("text/html"):
                    continue
                page = response.content.decode()
                refused += "error-summary" in page
                if words := other_words(page, language):
                    wrong[name, str(sent)] = words
    assert wrong == {}
    assert refused > 10


def test_every_reason_that_allauth_gives_here_is_in_our_words():
    """Those that it can give with our settings: no telephones, user names, keys or sign-up."""
    never = re.compile("phone|username|key|invalid_login|password_reset|unknown|select_only|remove")
    elsewhere = {"max_email_addresses", "unverified_primary_email", "add_email_blocked"}
    for ours, theirs in ((AccountAdapter, DefaultAccountAdapter), (SecondFactorAdapter, Theirs)):
        for reason, words in ours.error_messages.items():
            if not never.search(reason) and reason not in elsewhere:
                assert words is not theirs.error_messages.get(reason), reason
