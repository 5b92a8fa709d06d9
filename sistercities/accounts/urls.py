"""The pages about logins. Only what is named here exists: no sign-up, no other sites' logins."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sistercities.accounts import views

only_read_and_sent = require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])


def page(route, view, *, name: str) -> URLPattern:
    """A page of allauth by the methods that pages have; it would take PUT for POST."""
    return path(route, only_read_and_sent(view), name=name)


passwords = [
    page(_("change/"), account.password_change, name="account_change_password"),
    page(_("set/"), account.password_set, name="account_set_password"),
    page(_("forgotten/"), account.password_reset, name="account_reset_password"),
    page(
        _("forgotten/code/"),
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    page(
        _("forgotten/new/"),
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    page(
        _("forgotten/done/"),
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]
passkeys = [
    page("", passkey.list_webauthn, name="mfa_list_webauthn"),
    page(_("add/"), views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    page(_("again/"), passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    page(_("log-in/"), passkey.login_webauthn, name="mfa_login_webauthn"),
    page(_("<int:pk>/remove/"), passkey.remove_webauthn, name="mfa_remove_webauthn"),
    page(_("<int:pk>/edit/"), passkey.edit_webauthn, name="mfa_edit_webauthn"),
]
recovery_codes = [
    page("", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    page(_("new/"), recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    page(_("download/"), recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
second_steps = [
    page("", second_step.index, name="mfa_index"),
    page(_("use/"), second_step.authenticate, name="mfa_authenticate"),
    page(_("again/"), second_step.reauthenticate, name="mfa_reauthenticate"),
    page(_("app/add/"), views.AddApp.as_view(), name="mfa_activate_totp"),
    page(_("app/remove/"), app.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("recovery-codes/"), include(recovery_codes)),
    path(_("passkeys/"), include(passkeys)),
]
urlpatterns = [
    page("", views.overview, name="account_overview"),
    page(_("log-in/"), account.login, name="account_login"),
    page(_("log-in/code/"), account.request_login_code, name="account_request_login_code"),
    page(_("log-in/code/confirm/"), account.confirm_login_code, name="account_confirm_login_code"),
    page(_("log-out/"), account.logout, name="account_logout"),
    page(_("closed/"), account.account_inactive, name="account_inactive"),
    page(_("confirm/"), account.reauthenticate, name="account_reauthenticate"),
    page(_("email/"), account.email, name="account_email"),
    page(
        _("email/code/"),
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(_("password/"), include(passwords)),
    path(_("second-step/"), include(second_steps)),
    page(_("sessions/"), views.Sessions.as_view(), name="usersessions_list"),
    page(_("sign-up/"), views.closed, name="account_signup"),
]
