"""The committee's membership of the association at its desk. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.desk import Section, register
from committees.views import desk_membership as views

register(Section("membership", pgettext_lazy("section", "Membership"), "desk:membership", order=35))

urlpatterns = [
    path("", views.MembershipPage.as_view(), name="membership"),
    path(_("receipts/<int:pk>/"), views.DeskReceipt.as_view(), name="receipt"),
    path(_("delegates/name/<int:pk>/"), views.NameDelegate.as_view(), name="delegate-add"),
    path(_("delegates/<int:pk>/end/"), views.EndDelegation.as_view(), name="delegate-end"),
]
