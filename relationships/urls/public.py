"""Public pages of cities, ties, committees and exchanges, and their lists. Path words are
translated."""

from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from committees.views import public_contact
from relationships.views import confirm, files, public, public_differences, public_lists
from relationships.views.public_report import Report, report_sent


def of_visitors(kind: str) -> list[URLPattern]:
    """Where visitors say what is missing or wrong on a page."""
    sent = {"kind": kind}
    return [
        path(_("<slug:slug>/report/"), Report.as_view(kind=kind), name=f"{kind}-report"),
        path(_("<slug:slug>/report/sent/"), report_sent, sent, name=f"{kind}-report-sent"),
    ]


urlpatterns = [
    path("", public_lists.home, name="home"),
    path("", include("relationships.urls.map")),
    path("", include("relationships.urls.feeds")),
    path("", include("relationships.urls.data")),
    path(
        _("cities/"),
        include(
            [
                path("", public_lists.city_list, name="city-list"),
                path("<slug:slug>/", public.city, name="city"),
                *of_visitors("city"),
            ]
        ),
    ),
    path(
        _("ties/"),
        include(
            [
                path("", public_lists.tie_list, name="tie-list"),
                path("<slug:slug>/", public.tie, name="tie"),
                *of_visitors("tie"),
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
    path(_("conventions/"), include("committees.urls.conventions")),
    path(_("guides/"), include("committees.urls.guides")),
    path(_("join-the-association/"), include("committees.urls.association")),
    path("", include("relationships.urls.statistics")),
    path(_("data/differences/"), public_differences.differences, name="differences"),
    path(_("anniversaries/"), public_lists.anniversaries, name="anniversaries"),
    path(_("evidence/"), include([path("<int:pk>/", files.evidence_file, name="evidence-file")])),
]
