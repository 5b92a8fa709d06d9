"""Who may log in to the demo: one who may do everything, one in all groups of the office, two of a
committee's board."""

import os
import secrets
import time
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Group
from django.db import transaction

from committees.models import Person
from sistercities.admin.groups import GROUPS
from sistercities.models import User

ADMIN = "admin@demo.example"
STAFF = "staff@demo.example"
BOARD = {
    "mary@demo.example": "coordinator of South El Monte",
    "alice@demo.example": "editor of South El Monte",
}
OFFICE = "National office (demo)"
HINT = "The office's logins (admin, staff) ask for a second step: `make code` tells it.\n"


def make_logins(path: Path) -> str:
    """Create them unless they exist, and write them to a file that only its owner can read.

    The password is DEMO_PASSWORD, or a random one. Whoever exists keeps their password, and the
    file stays. Returns what to tell the person at the terminal.
    """
    with transaction.atomic():
        people = Person.objects.filter(email__in=BOARD, is_demo=True, user=None)
        board = {person.email: person for person in people}
        wanted = [ADMIN, STAFF, *(email for email in BOARD if email in board)]
        missing = [e for e in wanted if not User.objects.filter(email=e).exists()]
        if not missing:
            return path.read_text() if path.exists() else "The demo logins exist already.\n"
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        for email in missing:
            user = make_login(email, password)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            if user.is_staff:
                TOTP.activate(user, generate_totp_secret())
            if email in board:
                board[email].user = user
                board[email].save()
    lines = [f"Demo login: {email}  password: {password}\n" for email in missing]
    told = [f"{email}: {role}\n" for email, role in BOARD.items() if email in missing]
    text = "".join([HINT, *told, *lines])
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return text


def make_login(email: str, password: str) -> User:
    """One of them."""
    if email == ADMIN:
        return User.objects.create_superuser(ADMIN, password, name="Admin (demo)")
    if email == STAFF:
        staff = User.objects.create_user(STAFF, password, name=OFFICE, is_staff=True)
        staff.groups.set(Group.objects.filter(name__in=GROUPS))
        return staff
    name = Person.objects.filter(email=email, is_demo=True).values_list("name", flat=True)[0]
    return User.objects.create_user(email, password, name=name)


def second_steps(now: float | None = None) -> dict[str, str]:
    """The codes of the moment of the office's demo logins, by e-mail address."""
    counter = int(now or time.time()) // second_step.TOTP_PERIOD
    apps = Authenticator.objects.filter(user__email__in=(ADMIN, STAFF), type="totp")
    return {
        app.user.email: format_hotp_value(hotp_value(decrypt(app.data["secret"]), counter))
        for app in apps.select_related("user").order_by("user__email")
    }
