"""allauth's forms in our words: labels, not placeholders; counted where they send mail."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django.utils.translation import gettext_lazy as _

from sistercities.accounts.limits import refuse_if_too_often

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
        email = super().clean_email()
        refuse_if_too_often("login code", email, here=MAILS_HERE, anywhere=MAILS_ANYWHERE)
        return email


class AskForReset(Ours, account.ResetPasswordForm):
    """Where to send a code for a new password."""

    def clean_email(self) -> str:
        """Count the mails that would go out, known address or not."""
        email = super().clean_email()
        refuse_if_too_often("reset code", email, here=MAILS_HERE, anywhere=MAILS_ANYWHERE)
        return email


class LoginCode(Ours, account.ConfirmLoginCodeForm):
    """The code from the mail."""


class ResetCode(Ours, account.ConfirmPasswordResetCodeForm):
    """The code from the mail."""


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


class SecondStep(Ours, second_step.AuthenticateForm):
    """A code of the app, or a recovery code."""

    hints = {"code": _("Six digits from your app, or one of your recovery codes.")}


class SecondStepAgain(Ours, second_step.ReauthenticateForm):
    """The same, before something that matters."""

    hints = SecondStep.hints


class NewApp(Ours, app.ActivateTOTPForm):
    """The first code of an app that was just set up."""

    hints = {"code": _("Six digits that your app shows now.")}


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
