"""Guides of the national office, for everyone. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.views import public_guides

urlpatterns = [
    path("", public_guides.guides, name="guides"),
    path(_("files/<int:pk>/"), public_guides.guide_file, name="guide-file"),
    path("<slug:slug>/", public_guides.guide, name="guide"),
]
