"""How long a login lasts, and the second step of whoever works for the national office."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

HOUR = 60 * 60
DAY = 24 * HOUR
STAFF = (HOUR, 12 * HOUR)
VOLUNTEERS = (14 * DAY, 60 * DAY)
"""Seconds without a page, and altogether."""
BEGAN, SEEN = "login_began", "login_seen"
SECOND_STEPS = ("totp", "webauthn")


class SessionAges:
    """Middleware: ends a login that lasted too long or was not used. Public pages do not look."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Before the view, and before LoginRequiredMiddleware asks who is there."""
        public = "public" in request.resolver_match.namespaces
        if public or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if not request.user.is_authenticated:
            return
        now = int(time.time())
        idle, whole = STAFF if request.user.is_staff else VOLUNTEERS
        began = request.session.get(BEGAN, now)
        seen = request.session.get(SEEN, now)
        if now - began > whole or now - seen > idle:
            logout(request)
            return
        if BEGAN not in request.session or now - seen > idle // 20:
            request.session[BEGAN], request.session[SEEN] = began, now


def note_beginning(sender, request: HttpRequest, **kwargs) -> None:
    """Whenever somebody logs in, by whatever way."""
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now


class SecondFactorForStaff:
    """Middleware: no page of the admin without a second step in this very login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Lead to setting up a second step, or to using it."""
        match = request.resolver_match
        if "admin" not in match.app_names or match.url_name == "logout":
            return None
        if not (request.user.is_authenticated and request.user.is_staff):
            return None
        if took_second_step(request):
            return None
        if is_mfa_enabled(request.user, SECOND_STEPS):
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
        messages.warning(
            request,
            _("The national office's pages need a second step at each login. Set it up here."),
        )
        return redirect("mfa_index")


def took_second_step(request: HttpRequest) -> bool:
    """Whether a code or passkey was used in this login. Setting up an app proves it as well."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
