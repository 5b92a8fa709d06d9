"""The committee's page at its desk. Path words are translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from committees.desk import Section, register
from committees.views import desk_page as page
from committees.views import desk_page_lists as lists

register(Section("page", _("Page"), "desk:page", order=20))
register(Section("documents", _("Documents"), "desk:documents", order=90))

parts = [
    path("", page.Index.as_view(), name="page"),
    path(_("association/"), page.About.as_view(), name="page-about"),
    path(_("city/<int:pk>/"), page.OwnCity.as_view(), name="page-city"),
    path(_("public-contact/"), page.Contact.as_view(), name="page-contact"),
    path(_("board/"), page.Board.as_view(), name="page-board"),
    path(_("colour/"), page.Colour.as_view(), name="page-colour"),
    path(_("meetings/"), lists.Meetings.as_view(), name="page-meetings"),
    path(_("meetings/regular/"), page.RegularMeetings.as_view(), name="page-meetings-regular"),
    path(_("meetings/add/"), lists.AddMeeting.as_view(), name="page-meeting-add"),
    path(_("meetings/<int:pk>/"), lists.EditMeeting.as_view(), name="page-meeting"),
    path(_("news/"), lists.NewsList.as_view(), name="page-news"),
    path(_("news/add/"), lists.AddNews.as_view(), name="page-news-add"),
    path(_("news/<int:pk>/"), lists.EditNews.as_view(), name="page-news-item"),
    path(_("photos/"), lists.Photos.as_view(), name="page-photos"),
    path(_("photos/add/"), lists.AddPhoto.as_view(), name="page-photo-add"),
    path(_("photos/<int:pk>/"), lists.EditPhoto.as_view(), name="page-photo"),
]

urlpatterns = [
    path(_("page/"), include(parts)),
    path(_("documents/"), lists.Documents.as_view(), name="documents"),
    path(_("documents/add/"), lists.AddDocument.as_view(), name="document-add"),
    path(_("documents/<int:pk>/"), lists.EditDocument.as_view(), name="document"),
]
