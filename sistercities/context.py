"""What every page knows of itself: its name, its addresses in both languages, theme, data date."""

import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from sistercities import association, settled

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def page(request: HttpRequest) -> dict:
    """Context processor. What costs something is worked out only when a template asks for it."""
    return {
        "association": SimpleLazyObject(association.known),
        "site_name": association.NAME,
        "theme": theme_of(request),
        "canonical_url": SimpleLazyObject(lambda: absolute(canonical_path(request))),
        "alternate_urls": SimpleLazyObject(lambda: alternate_urls(request)),
        "other_language": SimpleLazyObject(lambda: other_language(request)),
        "data_date": SimpleLazyObject(lambda: data_date(request)),
    }


def theme_of(request: HttpRequest) -> str:
    """The theme that the visitor chose: "auto" follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def absolute(path: str) -> str:
    """The path under the address of the site, whatever host the request named."""
    return settings.SITE_URL.rstrip("/") + path


def canonical_path(request: HttpRequest) -> str:
    """The path without filters, for search engines; each page of a list stands for itself."""
    number = request.GET.get("page", "")
    if number.isascii() and number.isdigit() and len(number) < 7 and int(number) > 1:
        return f"{path_of(request)}?page={int(number)}"
    return path_of(request)


def path_of(request: HttpRequest) -> str:
    """The path, percent-encoded, without its query."""
    return request.get_full_path().partition("?")[0]


def in_language(request: HttpRequest, url: str, code: str) -> str:
    """`url`, a path of this page with or without a query, in another language.

    A page whose slug is translated sets `request.localized = {"es": path, "en": path}`.
    """
    localized = getattr(request, "localized", {}).get(code)
    if localized:
        return localized + "".join(url.partition("?")[1:])
    return translate_url(url, code)


def alternate_urls(request: HttpRequest) -> dict[str, str]:
    """Absolute addresses of this page by hreflang; empty where there is no page (404)."""
    if request.resolver_match is None:
        return {}
    path = canonical_path(request)
    urls = {code: absolute(in_language(request, path, code)) for code, _name in settings.LANGUAGES}
    return urls | {"x-default": urls[settings.LANGUAGE_CODE]}


def other_language(request: HttpRequest) -> dict[str, str]:
    """Code, own name and address of the language that this page is not in; filters kept."""
    here = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    code = next(code for code, _name in settings.LANGUAGES if code != here)
    if request.resolver_match is None:
        url = f"/{code}/"
    else:
        url = in_language(request, request.get_full_path(), code)
    return {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "url": url}


def data_date(request: HttpRequest) -> datetime.date | None:
    """The day on which public facts last changed; None in an empty registry. Public pages have
    asked already for their tag."""
    changed = settled.version()[1]
    return timezone.localdate(changed) if changed else None
