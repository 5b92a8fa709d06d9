"""A list and an object with translated words, had in other forms as well."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from sistercities.exporting.formats import suffixed


def nothing(request: HttpRequest, **_slugs: str) -> HttpResponse:
    """An empty page."""
    return HttpResponse("")


of_one_city = [
    path("<slug:slug>/", nothing, name="city"),
    path("<slug:slug>.json", nothing, name="city-json"),
]
public = [
    path(_("cities/"), nothing, name="city-list"),
    path(suffixed(_("cities/"), "csv"), nothing, name="city-list-csv"),
    path(suffixed(_("cities/"), "ics"), nothing, name="city-list-ics"),
    path(_("cities/"), include(of_one_city)),
    path(_("about/"), nothing, name="about"),
]
urlpatterns = i18n_patterns(path("", include((public, "public"))))
