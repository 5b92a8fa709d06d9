"""Joining the association, for everyone. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.views import public_apply

urlpatterns = [
    path("", public_apply.Apply.as_view(), name="apply"),
    path(_("sent/"), public_apply.apply_sent, name="apply-sent"),
]
