"""Pages of the committee's desk that show ties and what is done in them. Path words are
translated."""

from django.urls import include, path

urlpatterns = [
    path(
        "<slug:slug>/",
        include([]),
    ),
]
