"""Two people who may log in to the demo: one who may do everything, one of the national office."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from sistercities.models import User

ADMIN = "admin@demo.example"
STAFF = "staff@demo.example"
OFFICE = "National office (demo)"
APPS = ("committees", "relationships")


def make_logins(path: Path) -> str:
    """Create both unless they exist, and write them to a file that only its owner can read.

    The password is DEMO_PASSWORD, or a random one. Whoever exists keeps their password, and the
    file stays. Returns what to tell the person at the terminal.
    """
    with transaction.atomic():
        missing = [e for e in (ADMIN, STAFF) if not User.objects.filter(email=e).exists()]
        if not missing:
            return path.read_text() if path.exists() else "The demo logins exist already.\n"
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        if ADMIN in missing:
            User.objects.create_superuser(ADMIN, password, name="Admin (demo)")
        if STAFF in missing:
            staff = User.objects.create_user(
                STAFF, password, name="National office (demo)", is_staff=True
            )
            staff.groups.add(national_office())
    text = "".join(f"Demo login: {email}  password: {password}\n" for email in missing)
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return text


def national_office() -> Group:
    """A group that may see, add and change whatever the registry holds, and delete nothing."""
    group, _created = Group.objects.get_or_create(name=OFFICE)
    allowed = Permission.objects.filter(content_type__app_label__in=APPS)
    group.permissions.set(allowed.exclude(codename__startswith="delete_"))
    return group
