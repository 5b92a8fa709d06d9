"""Pages about mail: refusing more of it, and the outbox of a registry to try out."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sistercities import links
from sistercities.mail import UNSUBSCRIBE, UNSUBSCRIBE_DAYS, body_of, refuse
from sistercities.models.mail import OutgoingMail

SHOWN = 100
WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Refuse mail of a kind: one press, or none where the mail program asks for its reader.

    Exempt from CSRF tokens, as RFC 8058 has it: the address itself is the proof. A second press
    says the same as the first.
    """
    try:
        link = links.read(UNSUBSCRIBE, token, days=UNSUBSCRIBE_DAYS)
    except links.LinkProblem as problem:
        return links.problem_page(request, problem)
    if request.method == "POST":
        refuse(link.recipient, link.about)
    context = {"done": request.method == "POST", "kind": link.about}
    return render(request, "mail/unsubscribe.html", context)


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails with their links, for whoever tries the registry out; elsewhere no such page."""
    if not settings.DEMO:
        raise Http404
    mails = [
        {"mail": mail, "parts": parts_of(body_of(mail))}
        for mail in OutgoingMail.objects.order_by("-pk")[:SHOWN]
    ]
    return render(request, "mail/outbox.html", {"mails": mails})


def parts_of(text: str) -> list[dict]:
    """The text in pieces: web addresses and what lies between them."""
    pieces = WEB_ADDRESS.split(text)
    return [{"text": piece, "is_link": n % 2 == 1} for n, piece in enumerate(pieces) if piece]
