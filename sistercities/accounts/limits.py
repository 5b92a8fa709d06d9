"""What somebody sees who tries too often, and whose tries are counted together."""

import datetime
import ipaddress

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from sistercities.limits import address_of, is_too_often

WAIT = datetime.timedelta(minutes=15)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: when to come again. The owner of the account is let in from elsewhere meanwhile."""
    minutes = int(WAIT.total_seconds() // 60)
    response = render(request, "account/too_many.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(int(WAIT.total_seconds()))
    return response


def refuse_if_too_often(action: str, email: str, *, here: int, anywhere: int) -> None:
    """Count a mail that somebody asks for: so many an hour from one network address, and so many
    from all together; answers the request with 429 when it is one too many."""
    request = context.request
    who = email.strip().casefold()
    if is_too_often(
        action, f"{who}\n{fingerprint_of(address_of(request))}", most=here
    ) or is_too_often(action, who, most=anywhere):
        raise ImmediateHttpResponse(too_many(request))


def fingerprint_of(address: str) -> str:
    """A network address as an invented one of the same kind for ever (fd…::), made with our key:
    allauth counts and lists it, and nobody can tell whose it was."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
        if found.version == 6:
            address = str(ipaddress.ip_network((found, 64), strict=False))
    except ValueError:
        pass
    digest = salted_hmac("sistercities.accounts", address, algorithm="sha256").digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:7] + bytes(8)))
