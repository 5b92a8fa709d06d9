"""A list on its way into the registry, page by page: upload, columns, plan, rows, apply, undo.

The address of an import is its plan page: how far a job is, then the plan, then its result.
"""

from django.contrib import admin
from django.urls import URLPattern, path

from relationships.admin.importing.acts import Apply, PlanAgain, PutAside, TakeBack, rejected
from relationships.admin.importing.columns import MatchColumns
from relationships.admin.importing.plan import PlanPage
from relationships.admin.importing.rows import SettleRow
from relationships.admin.importing.upload import Upload


def urls_of(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """The pages of imports, inside the admin of their model."""
    pages = {
        "upload": ("upload/", Upload.of(model_admin)),
        "plan": ("<int:pk>/plan/", PlanPage.of(model_admin)),
        "columns": ("<int:pk>/columns/", MatchColumns.of(model_admin)),
        "row": ("<int:pk>/rows/<int:number>/", SettleRow.of(model_admin)),
        "apply": ("<int:pk>/apply/", Apply.of(model_admin)),
        "again": ("<int:pk>/again/", PlanAgain.of(model_admin)),
        "aside": ("<int:pk>/aside/", PutAside.of(model_admin)),
        "undo": ("<int:pk>/undo/", TakeBack.of(model_admin)),
        "rejected": ("<int:pk>/rejected.csv", rejected(model_admin)),
    }
    return [
        path(route, view, name=f"relationships_importbatch_{name}")
        for name, (route, view) in pages.items()
    ]
