"""allauth's forms in our words: labels, not placeholders; counted where they send mail."""

from allauth.account import forms as account
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_DIGITS
from allauth.mfa.base import forms as second_step
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn import forms as passkey
from allauth.mfa.webauthn.internal.auth import (
    complete_authentication,
    parse_authentication_response,
)
from cryptography.exceptions import InvalidSignature
from django.utils.translation import gettext_lazy as _

from sistercities.accounts.finding import owners_of
from sistercities.accounts.limits import refuse_if_too_often, too_many
from sistercities.accounts.second_step import counted
from sistercities.models import User

MAILS_HERE = 3
"""So many codes an hour for one address of mail, asked for from one network address."""
MAILS_ANYWHERE = 20

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Password that you use now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}
HELP = {
    "password1": _("At least 12 characters; several words are easier to remember than signs."),
    "password": "",
}

MISSING = {
    "login": _("Write your e-mail address."),
    "email": _("Write your e-mail address."),
    "password": _("Write your password."),
    "oldpassword": _("Write the password that you use now."),
    "password1": _("Write the new password."),
    "password2": _("Write the new password once more."),
    "code": _("Write the code."),
}
WRONG_ADDRESS = _("Write an e-mail address like name@example.org.")


class Ours:
    """Mixin: our labels and hints; a label never stands inside the field."""

    labels: dict = {}
    hints: dict = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = {**LABELS, **self.labels}.get(name, field.label)
            field.help_text = {**HELP, **self.hints}.get(name, field.help_text)
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if name in ("login", "email"):
                field.error_messages["invalid"] = WRONG_ADDRESS
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {
                "inputmode": "text",
                "autocapitalize": "characters",
            }


class Login(Ours, account.LoginForm):
    """E-mail address and password."""


class AskForCode(Ours, account.RequestLoginCodeForm):
    """Where to send a code."""

    def clean_email(self) -> str:
        """Count the mails that would go out, known address or not."""
        email = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="request_login_code"):
            raise ImmediateHttpResponse(too_many(context.request))
        refuse_if_too_often("login code", email, here=MAILS_HERE, anywhere=MAILS_ANYWHERE)
        self._user = next(iter(owners_of(email)), None)
        return email


class AskForReset(Ours, account.ResetPasswordForm):
    """Where to send a code for a new password."""

    def clean_email(self) -> str:
        """Count the mails that would go out, known address or not."""
        email = self.cleaned_data["email"]
        refuse_if_too_often("reset code", email, here=MAILS_HERE, anywhere=MAILS_ANYWHERE)
        self.users = owners_of(email)
        return email


def look_for_nobody() -> None:
    """What allauth asks of the database where it knows who is to write a code."""
    User.objects.filter(pk=0).first()


class LoginCode(Ours, account.ConfirmLoginCodeForm):
    """The code from the mail; nobody has one for an address that nobody has."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.expected_code:
            look_for_nobody()


class ResetCode(Ours, account.ConfirmPasswordResetCodeForm):
    """The code from the mail; nobody has one for an address that nobody has."""

    def clean_code(self) -> str:
        """allauth looks for the person once a code is wrong."""
        if not self.expected_code:
            look_for_nobody()
        return super().clean_code()


class EmailCode(Ours, account.ConfirmEmailVerificationCodeForm):
    """The code from the mail to the new address."""


class NewPassword(Ours, account.ResetPasswordKeyForm):
    """A new password after a code."""


class FirstPassword(Ours, account.SetPasswordForm):
    """A password for a login that had none."""


class OtherPassword(Ours, account.ChangePasswordForm):
    """Another password; the one in use is asked for."""


class OtherEmail(Ours, account.ChangeEmailForm):
    """Another address for a code that was just sent."""


class MoreEmail(Ours, account.AddEmailForm):
    """The new address; it counts once a code sent there came back."""

    labels = {"email": _("New e-mail address")}


class PasswordAgain(Ours, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class SecondCode(Ours):
    """Mixin: counted our way (`second_step.py`); allauth counts per person, wherever from."""

    def clean_code(self) -> str:
        """Six digits are a code of the app, whatever else is a recovery code."""
        code = self.cleaned_data["code"]
        is_app_code = len(normalize_user_code(code)) == TOTP_DIGITS
        kind = Authenticator.Type.TOTP if is_app_code else Authenticator.Type.RECOVERY_CODES
        with counted(self.user, is_app_code=is_app_code):
            for one in Authenticator.objects.filter(user=self.user, type=kind):
                if one.wrap().validate_code(code):
                    one.user = self.user
                    self.authenticator = one
                    return code
            raise get_adapter().validation_error("incorrect_code")


class SecondStep(SecondCode, second_step.AuthenticateForm):
    """A code of the app, or a recovery code."""

    hints = {"code": _("Six digits from your app, or one of your recovery codes.")}


class SecondStepAgain(SecondCode, second_step.ReauthenticateForm):
    """The same, before something that matters."""

    hints = SecondStep.hints


class NewApp(Ours, app.ActivateTOTPForm):
    """The first code of an app that was just set up."""

    hints = {"code": _("Six digits that your app shows now.")}

    def clean_code(self) -> str:
        """Counted our way as well."""
        validate_can_add_authenticator(self.user)
        code = self.cleaned_data["code"]
        with counted(self.user):
            if not validate_totp_code(self.secret, code):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondPasskey:
    """Mixin: a passkey as the second step, counted our way. It is no secret that can be guessed."""

    def clean_credential(self) -> Authenticator:
        """The passkey that signed."""
        credential = self.cleaned_data["credential"]
        parse_authentication_response(credential)
        with counted(self.user):
            try:
                return complete_authentication(self.user, credential)
            except InvalidSignature:
                raise get_adapter().validation_error("incorrect_code") from None


class Passkey(SecondPasskey, passkey.AuthenticateWebAuthnForm):
    """After the password."""


class PasskeyAgain(SecondPasskey, passkey.ReauthenticateWebAuthnForm):
    """Before something that matters."""


class NewPasskey(Ours, passkey.AddWebAuthnForm):
    """A key of a device; without a password unless said otherwise."""

    labels = {"name": _("Name of the passkey"), "passwordless": _("Log in with it alone")}
    hints = {
        "name": _("For example: my telephone"),
        "passwordless": _("Without the tick it is the second step after your password."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
