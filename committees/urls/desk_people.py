"""The desk's pages about people, below /my-committee/<slug>/people/. Path words are translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from committees.views import desk_people as people
from committees.views import desk_people_consents as consents
from committees.views import desk_people_joining as joining
from committees.views import desk_people_lists as lists
from committees.views import desk_people_officers as officers

requests = [
    path("", joining.Requests.as_view(), name="join-requests"),
    path(_("<int:pk>/approve/"), joining.Approve.as_view(), name="join-approve"),
    path(_("<int:pk>/decline/"), joining.Decline.as_view(), name="join-decline"),
]
board = [
    path("", officers.Officers.as_view(), name="officers"),
    path(_("add/<int:pk>/"), officers.AddTerm.as_view(), name="term-add"),
    path(_("<int:pk>/end/"), officers.EndTerm.as_view(), name="term-end"),
]
access = [
    path("", officers.Access.as_view(), name="access"),
    path(_("add/<int:pk>/"), officers.AddAccess.as_view(), name="access-add"),
    path(_("invite/<int:pk>/"), officers.Invite.as_view(), name="access-invite"),
]
agreed = [
    path("", consents.Consents.as_view(), name="consents"),
    path(_("add/<int:pk>/"), consents.AddConsent.as_view(), name="consent-add"),
    path(_("<int:pk>/withdraw/"), consents.WithdrawConsent.as_view(), name="consent-withdraw"),
]
urlpatterns = [
    path("", people.People.as_view(), name="people"),
    path(_("add/"), people.AddMember.as_view(), name="member-add"),
    path("<int:pk>/", people.Member.as_view(), name="member"),
    path(_("<int:pk>/edit/"), people.EditMember.as_view(), name="member-edit"),
    path(_("<int:pk>/end/"), people.EndMember.as_view(), name="member-end"),
    path(_("choose/"), people.Choose.as_view(), name="people-choose"),
    path(_("list/"), lists.NewList.as_view(), name="member-list-add"),
    path(_("list/<int:pk>/"), lists.PlannedList.as_view(), name="member-list"),
    path(_("requests/"), include(requests)),
    path(_("board/"), include(board)),
    path(_("access/"), include(access)),
    path(_("consents/"), include(agreed)),
    path(_("hand-over/"), officers.HandOver.as_view(), name="people-hand-over"),
]
