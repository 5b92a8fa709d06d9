"""Addresses enough for the frame of a page, with translated words and a translated slug."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **_slugs: str) -> HttpResponse:
    """An empty page."""
    return HttpResponse("")


NAMES = [
    "city-list",
    "tie-list",
    "committee-list",
    "exchange-list",
    "anniversaries",
    "data",
    "about",
    "guides",
    "conventions",
    "how-to-twin",
    "privacy",
    "accessibility",
    "theme",
    "plaque",
    "map",
    "statistics",
]
public = [path("", nothing, name="home")]
public += [path(f"{name}/", nothing, name=name) for name in NAMES]
public += [path("city-list/<slug:slug>/", nothing, name="city")]
desk = [path("desk/", nothing, name="mine")]

urlpatterns = i18n_patterns(
    path("", include((desk, "desk"))), path("", include((public, "public")))
)
