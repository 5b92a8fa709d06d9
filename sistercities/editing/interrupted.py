"""A login that ended while a form was open: what was typed waits in the session for the next one.

It is shown once, at the same address, to whoever logs in next in this browser within the hour and
may open that page; nothing of it is done before they send it again.
"""

import time

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from sistercities.editing.once import NONCE, OncePost
from sistercities.limits import address_of, is_too_often

TYPED = "typed_before_login"
LASTS = 60 * 60
"""Seconds."""
LONGEST = 100_000
MOST_AN_HOUR = 20
"""For one network address: a stranger must not fill the table of sessions."""
STILL_HERE = _(
    "Your login had ended. What you typed is still here: check it, choose files again, and send it."
)


class KeepsWhatWasTyped(LoginRequiredMiddleware):
    """Leads to the login, as Django's does, and keeps what a form sent."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        """Keep it, then as ever."""
        view = getattr(view_func, "view_class", object)
        if request.method == "POST" and issubclass(view, OncePost):
            keep(request)
        return super().handle_no_permission(request, view_func)


def keep(request: HttpRequest) -> None:
    """Put the content of this form into the session. Files are too large for it."""
    data = request.POST.copy()
    for name in ("csrfmiddlewaretoken", NONCE):
        data.pop(name, None)
    text = data.urlencode()
    if len(text) > LONGEST or is_too_often("typed", address_of(request), most=MOST_AN_HOUR):
        return
    request.session[TYPED] = {"path": request.get_full_path(), "text": text, "at": time.time()}


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed at this address before the login; only once."""
    typed = request.session.get(TYPED)
    if typed is None or typed["path"] != request.get_full_path():
        return None
    del request.session[TYPED]
    return QueryDict(typed["text"]) if time.time() - typed["at"] <= LASTS else None
