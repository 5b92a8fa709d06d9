"""Public pages of cities, ties, committees and exchanges. Path words are translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from relationships.views import public

urlpatterns = [
    path(_("cities/"), include([path("<slug:slug>/", public.city, name="city")])),
    path(_("ties/"), include([path("<slug:slug>/", public.tie, name="tie")])),
    path(_("committees/"), include([path("<slug:slug>/", public.committee, name="committee")])),
    path(_("exchanges/"), include([path("<slug:slug>/", public.exchange, name="exchange")])),
]
