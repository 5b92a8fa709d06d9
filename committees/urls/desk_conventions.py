"""Conventions at the committee's desk. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.desk import Section, register
from committees.views import desk_conventions as views

register(Section("conventions", _("Conventions"), "desk:conventions", order=75))

urlpatterns = [
    path("", views.Conventions.as_view(), name="conventions"),
    path(_("<int:convention>/register/"), views.Register.as_view(), name="registration-add"),
    path(_("people/<int:pk>/"), views.EditRegistration.as_view(), name="registration"),
    path(
        _("people/<int:pk>/withdraw/"),
        views.WithdrawRegistration.as_view(),
        name="registration-withdraw",
    ),
]
