"""Pages of a committee's reports: exchanges, donations, programmes, and what is written of them."""

from types import ModuleType

from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from relationships.views import desk_donations, desk_exchanges
from relationships.views import desk_programmes as programmes
from relationships.views import desk_reports as reports


def of_both_sides(name: str, views: ModuleType) -> list[URLPattern]:
    """The pages of one kind of report that the other side acknowledges; the views of each kind
    have the same names in their file."""
    return [
        path("", views.List.as_view(), name=f"{name}s"),
        path(_("report/"), views.New.as_view(), name=f"{name}-report"),
        path("<int:pk>/", views.Detail.as_view(), name=name),
        path(_("<int:pk>/edit/"), views.Edit.as_view(), name=f"{name}-edit"),
        path(_("<int:pk>/withdraw/"), views.Withdraw.as_view(), name=f"{name}-withdraw"),
        path(_("<int:pk>/acknowledge/"), views.Acknowledge.as_view(), name=f"{name}-acknowledge"),
        path(_("<int:pk>/not-right/"), views.Object.as_view(), name=f"{name}-object"),
        path(_("<int:pk>/right/"), views.StandBy.as_view(), name=f"{name}-stand-by"),
    ]


activities = [
    path(_("<int:pk>/edit/"), programmes.EditActivity.as_view(), name="activity-edit"),
    path(_("<int:pk>/done/"), programmes.MarkDone.as_view(), name="activity-done"),
    path(_("<int:pk>/not-done/"), programmes.MarkNotDone.as_view(), name="activity-not-done"),
    path(_("<int:pk>/remove/"), programmes.RemoveActivity.as_view(), name="activity-remove"),
]
programme = [
    path("", programmes.ProgrammeList.as_view(), name="programmes"),
    path(_("begin/"), programmes.AddProgramme.as_view(), name="programme-add"),
    path("<int:pk>/", programmes.ProgrammeDetail.as_view(), name="programme"),
    path(_("<int:pk>/edit/"), programmes.EditProgramme.as_view(), name="programme-edit"),
    path(_("<int:pk>/copy/"), programmes.CopyProgramme.as_view(), name="programme-copy"),
    path(_("<int:pk>/add/"), programmes.AddActivity.as_view(), name="activity-add"),
    path(_("activities/"), include(activities)),
]
pages = [
    path(_("exchanges/"), include(of_both_sides("exchange", desk_exchanges))),
    path(_("donations/"), include(of_both_sides("donation", desk_donations))),
    path(_("programme/"), include(programme)),
    path(_("reports/"), reports.Reports.as_view(), name="reports"),
    path(_("reports/<int:year>/"), reports.Annual.as_view(), name="annual-report"),
    path(_("hand-over/"), reports.HandOverPack.as_view(), name="hand-over"),
]
