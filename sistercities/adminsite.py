"""The site of the national office. Outside `admin/`, which registers with it."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class Office(admin.AdminSite):
    """As Django's, but for what it works out twice."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """What somebody may see there. The index and the bar beside each page show the same list,
        which takes four questions of rights and three addresses for each of sixty models."""
        lists: dict[str | None, list[dict]] = request.__dict__.setdefault("office_lists", {})
        if app_label not in lists:
            lists[app_label] = super().get_app_list(request, app_label)
        return lists[app_label]

    def _build_app_dict(self, request: HttpRequest, label: str | None = None) -> dict[str, dict]:
        """With names that are texts already: Django sorts by them, and a name that is translated
        at each comparison costs as much as all the rest."""
        apps = super()._build_app_dict(request, label)
        for model in (model for app in apps.values() for model in app["models"]):
            model["name"] = str(model["name"])
        return apps


class OfficeConfig(AdminConfig):
    """Django's admin with the site of this office."""

    default_site = "sistercities.adminsite.Office"
