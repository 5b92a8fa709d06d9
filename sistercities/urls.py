"""The whole site on one screen. The public pages are the same in both languages, each under its
own words; the short addresses know no language and stay for ever."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from sistercities import health, views
from sistercities.editing import serving

admin.site.login = secure_admin_login(admin.site.login)

public_pages = (
    [
        path("", include("relationships.urls.public")),
        path("", include("sistercities.public_urls")),
    ],
    "public",
)

desk_pages = (
    [
        path("", include("committees.urls.desk")),
        path("", include("relationships.urls.desk")),
    ],
    "desk",
)

urlpatterns = [
    path("", views.language_root, name="language-root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("files/<slug:key>/", serving.attachment, name="attachment"),
    path("files/<slug:key>/thumb/", serving.attachment, {"thumb": True}, name="attachment-thumb"),
    path("", include("relationships.urls.short")),
    path(settings.ADMIN_PATH, admin.site.urls),
    *i18n_patterns(
        path(_("my-committee/"), include(desk_pages)),
        path(_("account/"), include("sistercities.accounts.urls")),
        path("", include(public_pages)),
    ),
]

handler400 = "sistercities.views.bad_request"
handler403 = "sistercities.views.forbidden"
handler429 = "sistercities.accounts.limits.too_many"  # asked for by allauth
handler404 = "sistercities.views.not_found"
handler500 = "sistercities.views.server_error"
