"""Taking away a second step that somebody has lost, in the name of the national office."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from sistercities.models import User

LETTER = "mfa/email/reset_by_the_office"


@transaction.atomic
def reset_second_step(user: User) -> None:
    """Remove apps, passkeys and recovery codes, end every login, and tell the person by e-mail.

    Whoever needs a second step is led to set up a new one at the next login.
    """
    Authenticator.objects.filter(user=user).delete()
    end_logins(user)
    get_adapter().send_mail(LETTER, user.email, {})


def end_logins(user: User) -> None:
    """Every session of this user is over, also one that no list of devices knows."""
    number = str(user.pk)
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.get_decoded().get(SESSION_KEY) == number
    ]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
