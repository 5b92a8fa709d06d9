"""Feeds, calendars and pictures, under the addresses of their pages."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from relationships.views import badge, plaques
from relationships.views import public_calendars as calendars
from relationships.views import public_feeds as feeds
from sistercities.exporting.formats import suffixed

urlpatterns = [
    path(_("plaque.png"), plaques.general, name="plaque"),
    path(suffixed(_("news/"), "atom"), feeds.home, name="home-atom"),
    path(suffixed(_("ties/"), "atom"), feeds.tie_list, name="tie-list-atom"),
    path(suffixed(_("exchanges/"), "atom"), feeds.exchange_list, name="exchange-list-atom"),
    path(suffixed(_("exchanges/"), "ics"), calendars.exchange_list, name="exchange-list-ics"),
    path(suffixed(_("anniversaries/"), "ics"), calendars.anniversaries, name="anniversaries-ics"),
    path(
        _("cities/"),
        include(
            [
                path("<slug:slug>.atom", feeds.city, name="city-atom"),
                path("<slug:slug>.ics", calendars.city, name="city-ics"),
                path(_("<slug:slug>/plaque.png"), plaques.city, name="city-plaque"),
                path(_("<slug:slug>/badge/"), badge.page, name="city-badge"),
                path(_("<slug:slug>/badge.svg"), badge.light, name="city-badge-svg"),
                path(_("<slug:slug>/badge-dark.svg"), badge.dark, name="city-badge-dark"),
            ]
        ),
    ),
    path(
        _("ties/"),
        include(
            [
                path("<slug:slug>.ics", calendars.tie, name="tie-ics"),
                path(_("<slug:slug>/plaque.png"), plaques.tie, name="tie-plaque"),
            ]
        ),
    ),
    path(
        _("exchanges/"),
        include([path("<slug:slug>.ics", calendars.exchange, name="exchange-ics")]),
    ),
    path(
        _("committees/"),
        include(
            [
                path("<slug:slug>.atom", feeds.committee, name="committee-atom"),
                path("<slug:slug>.ics", calendars.committee, name="committee-ics"),
                path(_("<slug:slug>/plaque.png"), plaques.committee, name="committee-plaque"),
            ]
        ),
    ),
]
