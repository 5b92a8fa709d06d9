"""News, photos and documents of a committee, for everyone. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.views import public_join
from committees.views import public_news as views

urlpatterns = [
    path(_("join/"), public_join.Join.as_view(), name="committee-join"),
    path(_("join/sent/"), public_join.join_sent, name="committee-join-sent"),
    path(_("news/"), views.news, name="committee-news"),
    path(_("news/<int:pk>/"), views.news_item, name="committee-news-item"),
    path(_("photos/"), views.photos, name="committee-photos"),
    path(_("photos/<int:pk>/"), views.photo, name="committee-photo"),
    path(_("documents/"), views.documents, name="committee-documents"),
]
