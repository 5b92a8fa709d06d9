"""Pages about one's own login that allauth does not have, or has in another way."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.accounts.middleware import SECOND_STEPS


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's login on one page: address, password, second step, where it is open."""
    return render(request, "account/overview.html")


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up; the name exists because allauth asks for its address."""
    raise Http404


class Sessions(ListUserSessionsView):
    """Where one is logged in, each with a button that ends it; and one button for all others."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """End one login of one's own on the server: its next request is nobody's."""
        number = request.POST.get("end", "")
        if not number:
            return super().post(request, *args, **kwargs)
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise Http404
        session = get_object_or_404(UserSession, pk=int(number), user=request.user)
        session.end()
        messages.success(request, _("That login is over."))
        return redirect("usersessions_list")


class CountsAtOnce:
    """Mixin: the first second step that somebody sets up counts as used in this login: it was just
    proved to work. A further one does not."""

    kind = ""

    def form_valid(self, form) -> HttpResponse:
        """Write it down beside how the login began."""
        is_first = not is_mfa_enabled(self.request.user, SECOND_STEPS)
        response = super().form_valid(form)
        if is_first:
            record_authentication(self.request, self.request.user, "mfa", type=self.kind)
        return response


class AddApp(CountsAtOnce, ActivateTOTPView):
    """An authenticator app."""

    kind = "totp"


class AddPasskey(CountsAtOnce, AddWebAuthnView):
    """A passkey."""

    kind = "webauthn"
