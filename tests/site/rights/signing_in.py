"""Browsers in front of each part of the site, as far as its pages need."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import factories as make

LOGINS, DESKS, EVERYONE = PARTS = ("logins", "desks", "everyone")


def part_of(name: str) -> str:
    """For whom a page of this name is."""
    if name.startswith(("account", "mfa", "usersessions")):
        return LOGINS
    return DESKS if name.startswith("desk:") else EVERYONE


def clients(name: str, doors, language: str) -> Iterator[Client]:
    """Who may see the page of this name, one after another until somebody does."""
    part = part_of(name)
    if part == LOGINS:
        yield Client()
        yield from on_the_way(name, language)
    yield doors.browser("ANON" if part == EVERYONE else "CA")


def on_the_way(name: str, language: str) -> Iterator[Client]:
    """Somebody whom a mail with a code was sent."""
    first = {
        "account_confirm_login_code": "account_request_login_code",
        "account_confirm_password_reset_code": "account_reset_password",
    }.get(name)
    if first:
        client, user = Client(), make.UserFactory(email=f"{name}-{language}@example.org")
        with override(language):
            client.post(reverse(first), {"email": user.email})
        yield client
