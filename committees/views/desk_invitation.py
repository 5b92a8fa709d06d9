"""The page behind an invitation's link. Looking changes nothing; one button makes the login."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.invitations import PURPOSE, CannotAccept, accept, invitation_of
from committees.models import Committee
from committees.views.desk import keep_private
from sistercities import links


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who invites to what; then the login, and a question about a password."""
    return keep_private(_invitation(request, token))


def _invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = links.read(PURPOSE, token)
        found = invitation_of(link)
        if request.method != "POST":
            return render(request, "desk/invitation.html", {"invitation": found})
        found, user = accept(link)
    except links.LinkProblem as problem:
        advice = _("Log in if you have a login, or ask the one who invited you for a new link.")
        return links.problem_page(request, problem, advice)
    except CannotAccept as why:
        return render(request, "desk/invitation_refused.html", {"why": why}, status=409)
    if request.user.is_authenticated and request.user != user:
        logout(request)
    EmailAddress.objects.update_or_create(
        user=user, email=found.email, defaults={"verified": True, "primary": True}
    )
    messages.success(
        request, _("Welcome to the desk of %(committee)s.") % {"committee": found.committee}
    )
    record_authentication(request, user, method="code", email=found.email)
    login = Login(user=user, email=found.email, redirect_url=reverse("desk:welcome"))
    return perform_login(request, login)


@require_safe
def welcome(request: HttpRequest) -> HttpResponseBase:
    """After an invitation: a password, or codes by e-mail from now on."""
    committees = Committee.objects.for_user(request.user)
    return keep_private(render(request, "desk/welcome.html", {"committees": committees}))
