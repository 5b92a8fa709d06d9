"""Public pages of cities, ties, committees and exchanges, and their lists. Path words are
translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from committees.views import public_contact
from relationships.views import confirm, files, public, public_lists

urlpatterns = [
    path("", public_lists.home, name="home"),
    path(
        _("cities/"),
        include(
            [
                path("", public_lists.city_list, name="city-list"),
                path("<slug:slug>/", public.city, name="city"),
            ]
        ),
    ),
    path(
        _("ties/"),
        include(
            [
                path("", public_lists.tie_list, name="tie-list"),
                path("<slug:slug>/", public.tie, name="tie"),
            ]
        ),
    ),
    path(
        _("committees/"),
        include(
            [
                path("", public_lists.committee_list, name="committee-list"),
                path("<slug:slug>/", public.committee, name="committee"),
                path(
                    "<slug:slug>/",
                    include(
                        [
                            path("", include("committees.urls.public")),
                            path(_("leaflet/"), public.leaflet, name="committee-leaflet"),
                            path(
                                _("contact/"),
                                public_contact.Contact.as_view(),
                                name="committee-contact",
                            ),
                            path(
                                _("contact/sent/"),
                                public_contact.contact_sent,
                                name="committee-contact-sent",
                            ),
                        ]
                    ),
                ),
            ]
        ),
    ),
    path(
        _("exchanges/"),
        include(
            [
                path("", public_lists.exchange_list, name="exchange-list"),
                path("<slug:slug>/", public.exchange, name="exchange"),
            ]
        ),
    ),
    path(
        _("conversation/<str:token>/"),
        public_contact.Conversation.as_view(),
        name="conversation",
    ),
    path(_("confirm/<str:token>/"), confirm.confirm, name="confirm"),
    path(_("anniversaries/"), public_lists.anniversaries, name="anniversaries"),
    path(_("evidence/"), include([path("<int:pk>/", files.evidence_file, name="evidence-file")])),
]
