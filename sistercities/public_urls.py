"""Public pages of the floor: texts and the visitor's preferences. Path words are translated."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sistercities import mail_views, views

urlpatterns = [
    path(_("about/"), views.about, name="about"),
    path(_("how-to-twin/"), views.how_to_twin, name="how-to-twin"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("theme/"), views.theme, name="theme"),
    path(_("language/"), views.language, name="language"),
    path(_("unsubscribe/<str:token>/"), mail_views.unsubscribe, name="unsubscribe"),
    path(_("mail/"), mail_views.outbox, name="outbox"),
]
