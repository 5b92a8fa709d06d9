"""Conventions of the association, for everyone. Path words are translated."""

from django.urls import path

from committees.views import public_conventions as views

urlpatterns = [
    path("", views.conventions, name="conventions"),
    path("<slug:slug>/", views.convention, name="convention"),
    path("<slug:slug>.ics", views.calendar, name="convention-ics"),
]
