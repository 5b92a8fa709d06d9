"""What the system writes out of the registry for a committee: annual report, hand-over pack."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from committees.views.desk import DeskView
from relationships.reporting.annual_report import FIRST_YEAR, AnnualReport, years_of
from relationships.reporting.handover import HandOver, may_read


class Reports(DeskView, TemplateView):
    """The years that have a report, and the hand-over pack for whom it is."""

    section = "reports"
    template_name = "desk/report/list.html"

    def get_context_data(self, **kwargs) -> dict:
        """Years, newest first."""
        today = timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "years": years_of(self.committee, today),
            "may_hand_over": may_read(self.request.user, self.committee, today),
        }


class Annual(DeskView, TemplateView):
    """One year for the council, on A4 or Letter."""

    section = "reports"
    template_name = "desk/report/annual.html"

    def get_context_data(self, **kwargs) -> dict:
        """404 for years that cannot be."""
        today, year = timezone.localdate(), self.kwargs["year"]
        if not FIRST_YEAR <= year <= today.year:
            raise Http404
        report = AnnualReport(self.committee, year, today)
        return super().get_context_data(**kwargs) | {"report": report, "today": today}


class HandOverPack(DeskView, TemplateView):
    """For coordinators, and for those who take office soon."""

    section = "reports"
    template_name = "desk/handover/pack.html"

    def get_context_data(self, **kwargs) -> dict:
        """403 for whom it is not."""
        today = timezone.localdate()
        if not may_read(self.request.user, self.committee, today):
            raise PermissionDenied
        pack = HandOver(self.committee, today)
        return super().get_context_data(**kwargs) | {"pack": pack, "today": today}
