"""Pages of the committee's desk that show committees and people. Path words are translated."""

from django.urls import include, path

from committees.views import desk

urlpatterns = [
    path("", desk.mine, name="mine"),
    path(
        "<slug:slug>/",
        include(
            [
                path("", desk.Home.as_view(), name="home"),
            ]
        ),
    ),
]
