"""The pages about logins. Only what is named here exists: no sign-up, no other sites' logins."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from sistercities.accounts import views

passwords = [
    path(_("change/"), account.password_change, name="account_change_password"),
    path(_("set/"), account.password_set, name="account_set_password"),
    path(_("forgotten/"), account.password_reset, name="account_reset_password"),
    path(
        _("forgotten/code/"),
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        _("forgotten/new/"),
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        _("forgotten/done/"),
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]
passkeys = [
    path("", passkey.list_webauthn, name="mfa_list_webauthn"),
    path(_("add/"), views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(_("again/"), passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(_("log-in/"), passkey.login_webauthn, name="mfa_login_webauthn"),
    path(_("<int:pk>/remove/"), passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path(_("<int:pk>/edit/"), passkey.edit_webauthn, name="mfa_edit_webauthn"),
]
recovery_codes = [
    path("", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(_("new/"), recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(_("download/"), recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
second_steps = [
    path("", second_step.index, name="mfa_index"),
    path(_("use/"), second_step.authenticate, name="mfa_authenticate"),
    path(_("again/"), second_step.reauthenticate, name="mfa_reauthenticate"),
    path(_("app/add/"), views.AddApp.as_view(), name="mfa_activate_totp"),
    path(_("app/remove/"), app.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("recovery-codes/"), include(recovery_codes)),
    path(_("passkeys/"), include(passkeys)),
]
urlpatterns = [
    path("", views.overview, name="account_overview"),
    path(_("log-in/"), account.login, name="account_login"),
    path(_("log-in/code/"), account.request_login_code, name="account_request_login_code"),
    path(_("log-in/code/confirm/"), account.confirm_login_code, name="account_confirm_login_code"),
    path(_("log-out/"), account.logout, name="account_logout"),
    path(_("closed/"), account.account_inactive, name="account_inactive"),
    path(_("confirm/"), account.reauthenticate, name="account_reauthenticate"),
    path(_("email/"), account.email, name="account_email"),
    path(
        _("email/code/"),
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(_("password/"), include(passwords)),
    path(_("second-step/"), include(second_steps)),
    path(_("sessions/"), sessions.list_usersessions, name="usersessions_list"),
    path(_("sign-up/"), views.closed, name="account_signup"),
]
