"""Advice of the national office, below /my-committee/<slug>/advice/. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.views import desk_advice as advice

urlpatterns = [
    path("", advice.Advice.as_view(), name="advice"),
    path(_("ask/"), advice.Ask.as_view(), name="advice-ask"),
    path("<int:pk>/", advice.OneRequest.as_view(), name="advice-request"),
    path(_("<int:pk>/helped/"), advice.Helped.as_view(), name="advice-helped"),
]
