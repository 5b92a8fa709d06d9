"""The pages that show no row of the subject: texts, entrances, what machines ask for, errors."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sistercities import association
from sistercities.association import TITLES
from sistercities.caching import public_page
from sistercities.context import THEME_COOKIE, THEMES, absolute

YEAR = 60 * 60 * 24 * 365
SECURITY_TXT_DAYS = 180


def _text_page(name: str):
    """A page of prose: what the office wrote, or else the built-in text of the language."""

    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
        page = name.replace("_", "-")
        text = association.text_of(page)
        if text:
            return render(request, "pages/own.html", {"title": TITLES[page], "text": text})
        return render(request, f"pages/{language}/{name}.html")

    return view


about = _text_page("about")
how_to_twin = _text_page("how_to_twin")
privacy = _text_page("privacy")
accessibility = _text_page("accessibility")


# Entrances and preferences


@login_not_required
@require_safe
def language_root(request: HttpRequest) -> HttpResponse:
    """From "/" to the home page in the visitor's language: the cookie's, the browser's, Spanish.

    An address with a language in it never redirects; only this page and the short ones choose.
    """
    response = HttpResponseRedirect(f"/{get_language() or settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def safe_path(request: HttpRequest, wanted: str) -> str:
    """A path of this site to go back to; the home page in place of anything else."""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    if not local or any(ord(letter) < 32 for letter in wanted):
        return reverse("public:home")
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else reverse("public:home")


@login_not_required
@require_safe
@never_cache
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's choice of colours in a cookie, and go back.

    By GET, since pages kept for everyone can hold no token; what it changes is only how the
    visitor's own browser shows the site.
    """
    response = HttpResponseRedirect(safe_path(request, request.GET.get("next", "")))
    chosen = request.GET.get("theme")
    if chosen == "auto":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    elif chosen in THEMES:
        _remember(response, THEME_COOKIE, chosen)
    return response


@login_not_required
@require_safe
@never_cache
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in which the site opens at "/" and at short addresses, and go back.

    The language switch of a page is a plain link and keeps nothing.
    """
    response = HttpResponseRedirect(safe_path(request, request.GET.get("next", "")))
    chosen = request.GET.get("language")
    if chosen in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """A cookie for a year, for this site only, unreadable to scripts."""
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


# What machines ask for


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but for the endless combinations of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /*?*sort=",
        "Disallow: /*?*theme=",
        "Disallow: /*?*language=",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); 404 where the office has named nobody."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    expires = timezone.localdate() + datetime.timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: es, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


# Errors


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, in both languages, without a look at the request."""
    return render(None, "400.html", status=400)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """403, also for a form whose token is missing or old."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the search box. The page has no other language: its switch leads home."""
    request.resolver_match = None
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in both languages; asks nothing of the database."""
    return render(None, "500.html", status=500)
