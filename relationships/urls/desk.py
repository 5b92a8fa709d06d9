"""Pages of the committee's desk that show ties and what is done in them. Path words are
translated."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from relationships.urls import desk_reporting, desk_ties
from relationships.views import desk_side_contact, desk_sister

urlpatterns = [
    path(
        "<slug:slug>/",
        include(
            [
                path(_("page/sister-city/<int:pk>/"), desk_sister.sister, name="page-sister"),
                path(
                    _("ties/<int:pk>/other-side/"),
                    desk_side_contact.SideContactPage.as_view(),
                    name="side-contact",
                ),
                *desk_ties.pages,
                *desk_reporting.pages,
            ]
        ),
    ),
]
