"""Pages of the committee's desk that show committees and people. Path words are translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from committees.views import desk, desk_invitation, desk_messages, desk_review

urlpatterns = [
    path("", desk.mine, name="mine"),
    path(_("invitation/welcome/"), desk_invitation.welcome, name="welcome"),
    path(_("invitation/<str:token>/"), desk_invitation.invitation, name="invitation"),
    path(_("my-data/"), include("committees.urls.desk_own")),
    path(
        "<slug:slug>/",
        include(
            [
                path("", desk.Home.as_view(), name="home"),
                path(_("send-again/"), desk_review.SendAgain.as_view(), name="send-again"),
                path(_("people/"), include("committees.urls.desk_people")),
                path(_("membership/"), include("committees.urls.desk_membership")),
                path("", include("committees.urls.desk_page")),
                path(_("conventions/"), include("committees.urls.desk_conventions")),
                path(_("advice/"), include("committees.urls.desk_advice")),
                path(
                    _("messages/"),
                    include(
                        [
                            path("", desk_messages.Threads.as_view(), name="messages"),
                            path("<int:pk>/", desk_messages.OneThread.as_view(), name="thread"),
                            path(
                                _("<int:pk>/close/"),
                                desk_messages.CloseThread.as_view(),
                                name="thread-close",
                            ),
                        ]
                    ),
                ),
            ]
        ),
    ),
]
