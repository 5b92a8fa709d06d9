"""One's own data, below /my-committee/my-data/. Path words are translated."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees.views import desk_people_own as own

urlpatterns = [
    path("", own.my_data, name="my-data"),
    path(_("file/"), own.my_data_file, name="my-data-file"),
    path(_("consents/<int:pk>/withdraw/"), own.WithdrawOwn.as_view(), name="my-consent-withdraw"),
    path(_("erase/"), own.EraseMe.as_view(), name="erase-me"),
    path(
        _("erased/"),
        login_not_required(TemplateView.as_view(template_name="desk/people_erased.html")),
        name="erased",
    ),
]
