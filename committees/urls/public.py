"""News, photos and documents of a committee, for everyone. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from committees.views import public_news as views

urlpatterns = [
    path(_("news/"), views.news, name="committee-news"),
    path(_("news/<int:pk>/"), views.news_item, name="committee-news-item"),
    path(_("photos/"), views.photos, name="committee-photos"),
    path(_("photos/<int:pk>/"), views.photo, name="committee-photo"),
    path(_("documents/"), views.documents, name="committee-documents"),
]
