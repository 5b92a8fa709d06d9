"""A list beside the registry, page by page: upload, differences, taking over, giving back.

Its columns and rows are those of imports (`importing`): a comparison is a plan that is not applied.
"""

from django.contrib import admin
from django.urls import URLPattern, path

from relationships.admin.comparing.accept import Accept
from relationships.admin.comparing.acts import CompareAgain, KeepIds, Publish
from relationships.admin.comparing.differences import DifferencesPage
from relationships.admin.comparing.give import GiveBack, download
from relationships.admin.comparing.upload import UploadToCompare


def urls_of(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """The pages of comparisons, inside the admin of their model."""
    pages = {
        "upload": ("upload/", UploadToCompare.of(model_admin)),
        "differences": ("<int:pk>/differences/", DifferencesPage.of(model_admin)),
        "again": ("<int:pk>/again/", CompareAgain.of(model_admin)),
        "accept": ("<int:pk>/accept/", Accept.of(model_admin)),
        "ids": ("<int:pk>/ids/", KeepIds.of(model_admin)),
        "publish": ("<int:pk>/publish/", Publish.of(model_admin)),
        "give": ("<int:pk>/give-back/", GiveBack.of(model_admin)),
        "statements": ("<int:pk>/statements.txt", download(model_admin)),
    }
    return [
        path(route, view, name=f"relationships_comparison_{name}")
        for name, (route, view) in pages.items()
    ]
