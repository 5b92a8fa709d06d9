"""What allauth asks the project: may anybody sign up, how does mail go out, who tries too often."""

import base64
import hashlib
import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from sistercities import mail
from sistercities.accounts.limits import fingerprint_of, too_many
from sistercities.association import NAME
from sistercities.limits import address_of
from sistercities.models import OutgoingMail

CODES = {
    "account/email/login_code": "account-login-code",
    "account/email/password_reset_code": "account-reset-code",
    "account/email/email_confirmation": "account-email-code",
}
CODES_ASKED_AT = {
    "account_request_login_code": "account-login-code",
    "account_reset_password": "account-reset-code",
}
UNKNOWN = "account/email/unknown_account"
NOBODY = "account-nobody"
"""The purpose of a letter that is written and not sent."""
CHANGES = {
    "account/email/password_changed": gettext_lazy("The password was changed."),
    "account/email/password_set": gettext_lazy("A password was set."),
    "account/email/password_reset": gettext_lazy(
        "The password was set anew, with a code sent by e-mail."
    ),
    "account/email/email_changed": gettext_lazy("The e-mail address was changed."),
    "account/email/email_confirm": gettext_lazy("The e-mail address was confirmed."),
    "account/email/email_deleted": gettext_lazy("An e-mail address was removed."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/reset_by_the_office": gettext_lazy(
        "The national office took away your second step, with its recovery codes, and ended all "
        "your logins. You can set up a new one when you log in."
    ),
}

AGAIN = {
    "reauthenticate": gettext_lazy("Use my password"),
    "mfa_reauthenticate": gettext_lazy("Use a code of my app, or a recovery code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use my passkey"),
}
"""The ways to show once more that it is you."""


class AccountAdapter(DefaultAccountAdapter):
    """Logins of the registry."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This login was closed. Ask the national office."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "enter_current_password": gettext_lazy("Write the password that you use now."),
        "incorrect_code": gettext_lazy(
            "This code is not right, or it is too old. Look at the last mail."
        ),
        "incorrect_password": gettext_lazy("The password is not right."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Wait fifteen minutes and try again."
        ),
        "same_as_current": gettext_lazy("This is the address that you use now."),
        "rate_limited": gettext_lazy("Too many tries. Wait fifteen minutes and try again."),
        "email_taken": gettext_lazy("Somebody already logs in with this e-mail address."),
        "duplicate_email": gettext_lazy("This is the address that you use now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: logins are made by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A fingerprint of the address: no network address is kept anywhere."""
        return fingerprint_of(address_of(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per account and network address: strangers cannot lock an owner out."""
        return f"{credentials.get('email', '').casefold()}\n{self.get_client_ip(request)}"

    def pre_login(self, request: HttpRequest, user, **kwargs: Any):
        """An address that the office wrote, or that accepted an invitation, is a proven one; only
        a changed one is to be confirmed."""
        if not EmailAddress.objects.filter(user=user).exists():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return super().pre_login(request, user, **kwargs)

    def is_safe_url(self, url: str | None) -> bool:
        """Paths of this site only; allauth would read any address, and stumble over broken ones."""
        if not url or not url.startswith("/") or any(ord(letter) < 32 for letter in url):
            return False
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever came in just now is not asked again at once."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if any(record["at"] > since for record in records):
            return False
        return super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """allauth's ways, in our words."""
        ways = super().get_reauthentication_methods(user)
        return [one | {"description": AGAIN[one["id"]]} for one in ways]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse with 429, not with one more line in the form."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(too_many(request)) from None

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Put the mail into the outbox. For an address that nobody logs in with, the same is done
        with a letter to nobody, which goes out again in the same transaction: the time of the
        answer tells nothing, and no stranger's address is kept."""
        language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
        if template_prefix in (UNKNOWN, *CODES):
            asked_at = allauth_context.request.resolver_match.url_name
            letter = CODES.get(template_prefix) or CODES_ASKED_AT[asked_at]
            code = {"code": context.get("code") or self.generate_login_code()}
            purpose = NOBODY if template_prefix == UNKNOWN else letter
            with transaction.atomic():
                self._queue(letter, email, language, code, purpose=purpose)
                OutgoingMail.objects.filter(purpose=NOBODY).delete()
        elif template_prefix in CHANGES:
            what = CHANGES[template_prefix]
            by_language = {}
            for code in mail.LANGUAGES:
                with override(code):
                    by_language[code] = {"what": str(what)}
            self._queue("account-change", email, language, {}, by_language)
        else:
            raise ValueError(f"There is no letter for {template_prefix}.")

    def tell_of_wrong_codes(self, user) -> None:
        """Write to the owner, once a day, that somebody came as far as the second step."""
        language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
        today = timezone.localdate().isoformat()
        self._queue(
            "account-wrong-codes", user.email, language, {}, about=f"user-{user.pk}", period=today
        )

    def _queue(
        self,
        name: str,
        email: str,
        language: str,
        facts: dict,
        by_language: dict | None = None,
        **key: str,
    ):
        links = {}
        for code in mail.LANGUAGES:
            with override(code):
                overview = settings.SITE_URL.rstrip("/") + reverse("account_overview")
                links[code] = {"link": overview, **(by_language or {}).get(code, {})}
        subject, text = mail.letter(name, language, facts | {"site": NAME}, links)
        return mail.queue(
            **{"purpose": name, "about": "account", "period": secrets.token_hex(10)} | key,
            to=email,
            language=language,
            subject=subject,
            text=text,
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the overview, which says that it worked."""
        return reverse("account_overview")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was changed; whoever came in sees it without being told."""
        quiet = ("account/messages/logged_in.txt", "account/messages/login_code_sent.txt")
        if message_template not in quiet:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second steps: their secrets are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or it was used already."),
        "cannot_delete_authenticator": gettext_lazy(
            "The national office's logins need a second step."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an app or a passkey first. Recovery codes stand in for them."
        ),
        "unverified_email": gettext_lazy(
            "Confirm your e-mail address first, with the code that we sent there."
        ),
    }

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also with the keys of before (SECRET_KEY_FALLBACKS)."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        """Whoever works for the office keeps one second step at least."""
        if not authenticator.user.is_staff or authenticator.type == "recovery_codes":
            return True
        others = type(authenticator).objects.filter(user=authenticator.user)
        return others.exclude(pk=authenticator.pk).exclude(type="recovery_codes").exists()

    def generate_authenticator_name(self, user, type) -> str:
        """A name to tell passkeys apart."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def _keys() -> MultiFernet:
    secret_keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor\n{one}".encode()).digest() for one in secret_keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in digests])
