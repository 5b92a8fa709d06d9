"""Proving once more who one is, before an act that a stolen session must not do."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


def asked_again(request: HttpRequest) -> HttpResponseRedirect | None:
    """Where to do it, with the way back; None for whoever did it, or logged in, lately. The act
    itself is to be sent again: nothing of it is carried along."""
    if not is_reauthentication_required(request, app="sistercities"):
        return None
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{back}")
