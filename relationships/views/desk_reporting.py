"""What the pages of exchanges and of donations share: list, page, report, edit. The models say what
is different; the acts of both sides stand in desk_report_acts.py."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from committees.deciding import said_by_the_office
from committees.rights import Role
from committees.views.desk import DeskView
from relationships.deriving import derive
from relationships.forms.reporting import ReportForm, ties_to_report_on
from relationships.models import Tie
from relationships.reporting import acknowledging as acts
from relationships.reporting.acknowledging import Report
from relationships.reporting.counting import alike, take_over
from relationships.reporting.lines import is_ours, line_of, lines_of
from sistercities.editing import versions
from sistercities.editing.once import new_nonce
from sistercities.editing.views import CreateView, EditView
from sistercities.listing.numbered import numbered

SAME, BESIDES = "same", "besides"
MOST_WAITING = 20
PER_PAGE = 25


class ReportPage(DeskView):
    """A page of one kind of report."""

    model: type[Report]
    base_template = "desk/base.html"

    @property
    def name(self) -> str:
        """The kind, as it stands in names of addresses and templates."""
        return self.model._meta.model_name

    def rows(self) -> QuerySet:
        """The reports that this desk may see."""
        return acts.reports(self.model, self.committee)

    def url(self, act: str = "", *args) -> str:
        """desk:exchange-edit and the like."""
        name = f"desk:{self.name}-{act}" if act else f"desk:{self.name}"
        return reverse(name, args=[self.committee.slug, *args])

    def list_url(self) -> str:
        """The list of this kind."""
        return reverse(f"desk:{self.name}s", args=[self.committee.slug])

    def found(self, rows: QuerySet | None = None) -> Report:
        """The report of this address, 404 when it is not among the rows."""
        return get_object_or_404(self.rows() if rows is None else rows, pk=self.kwargs["pk"])


class ReportList(ReportPage, TemplateView):
    """The newest first; on top what waits for this desk."""

    order: tuple[str, ...]

    def chosen(self) -> QuerySet:
        """Those of the year that the address names, or all."""
        year = self.request.GET.get("year", "")
        rows = self.rows()
        if len(year) == 4 and year.isascii() and year.isdigit():
            self.year = year
            rows = rows.filter(**{f"{self.order[0].lstrip('-')}__startswith": year})
        return rows

    year = ""

    def get_context_data(self, **kwargs) -> dict:
        """Lines, and the sums over all pages."""
        rows = self.chosen()
        page = numbered(rows.order_by(*self.order), self.request, ("year",), PER_PAGE)
        waiting = (
            [] if self.year else acts.waiting(self.rows()).order_by(*self.order)[:MOST_WAITING]
        )
        return super().get_context_data(**kwargs) | {
            "page": page,
            "lines": lines_of(page.rows, self.committee),
            "waiting": lines_of(waiting, self.committee),
            "year": self.year,
            "report_url": self.url("report"),
            "list_url": self.list_url(),
        }


class ReportDetail(ReportPage, TemplateView):
    """One report as the desk sees it, with what may be done."""

    def get_context_data(self, **kwargs) -> dict:
        """The report, and what the other side says against it."""
        report = self.found()
        return super().get_context_data(**kwargs) | {
            "line": line_of(report, self.committee),
            "report": report,
            "is_ours": is_ours(report),
            "is_reopened": report.review == report.Review.CHANGES_REQUESTED,
            "said_by_the_office": "" if report.is_public else said_by_the_office(report),
            "may_acknowledge": not is_ours(report)
            and report.own_side
            and report.is_public
            and report.acknowledged_on is None,
            "objections": report.objections.open(),
            "nonce": new_nonce(),
            "list_url": self.list_url(),
            "edit_url": self.url("edit", report.pk),
            "withdraw_url": self.url("withdraw", report.pk),
            "acknowledge_url": self.url("acknowledge", report.pk),
            "object_url": self.url("object", report.pk),
            "stand_by_url": self.url("stand-by", report.pk),
        }


class NewReport(ReportPage, CreateView):
    """Report something; asks first when it seems to be there already."""

    role = Role.EDITOR
    button = gettext_lazy("Publish the report")
    message = gettext_lazy("Published. The other side is asked to acknowledge it.")
    history_reason = "Reported at the desk"
    same_template: str

    def get_form_kwargs(self) -> dict:
        """In the name of the committee."""
        return super().get_form_kwargs() | {"committee": self.committee}

    def get_initial(self) -> dict:
        """The tie that a link names, when it is one of the committee's."""
        tie = self.request.GET.get("tie", "")
        return {"tie": tie} if tie.isascii() and tie.isdigit() and len(tie) < 16 else {}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """Nothing can be reported without a tie."""
        if not ties_to_report_on(self.committee).exists():
            return self.response_class(
                request=request,
                template=["desk/exchanges/no_ties.html"],
                context=self.get_context_data(form=None),
                using=self.template_engine,
            )
        return super().get(request, *args, **kwargs)

    def act(self) -> HttpResponse:
        """Save it, once it is clear that it is not there yet."""
        form = self.get_form()
        if not form.is_valid():
            return self.shown(form)
        tie = form.cleaned_data["tie"]
        Tie.objects.select_for_update().get(pk=tie.pk)  # both sides may report at once
        besides = [int(one) for one in self.data.getlist(BESIDES) if one.isdigit()][:100]
        found = alike(form.instance, self.committee, besides)
        same = self.data.get(SAME, "")
        if same:
            return self.is_same(form, same)
        if found:
            return self.ask(form, found, besides)
        return self.saved(form)

    def is_same(self, form: ReportForm, number: str) -> HttpResponse:
        """They said which one it is: that one stays, with what it lacked."""
        known = {str(one.pk): one for one in alike(form.instance, self.committee, [])}
        if number not in known:
            raise Http404
        found = known[number]
        take_over(found, form.instance, self.committee)
        if is_ours(found):
            text = _("It was there already. What it lacked was added to it.")
        else:
            text = _("Acknowledged. It is counted once.")
        return self.done(self.url("", found.pk), text)

    def ask(self, form: ReportForm, found: list[Report], besides: list[int]) -> HttpResponse:
        """Is it the same? All that was typed is carried along."""
        carried = [
            (name, value)
            for name, value in versions.carried(self.data)
            if name not in (SAME, BESIDES)
        ]
        numbers = {*besides, *(one.pk for one in found)}
        carried += [(BESIDES, str(number)) for number in sorted(numbers)]
        context = self.get_context_data(
            form=form, carried=carried, found=lines_of(found, self.committee)
        )
        return self.response_class(
            request=self.request,
            template=[self.same_template],
            context=context,
            using=self.template_engine,
        )

    def save(self, form: ReportForm) -> Report:
        """Ours, public, and acknowledged where we are both sides."""
        report, side = form.instance, form.side()
        acts.stand_by(report, side)
        if acts.serves_both(self.committee, report.tie):
            report.acknowledged_on = timezone.localdate()
        return super().save(form)

    def after_save(self, form: ReportForm) -> None:
        """A sign of life of the tie."""
        derive([form.instance.tie_id])

    def get_success_url(self) -> str:
        """The page of the report."""
        return self.url("", self.object.pk)

    def get_back_url(self) -> str:
        """The list."""
        return self.list_url()


class EditReport(ReportPage, EditView):
    """Change a report of one's own side. Other numbers are to be acknowledged again."""

    role = Role.EDITOR

    def get_queryset(self) -> QuerySet:
        """Those that the desk may change."""
        return acts.ours(self.rows())

    def get_object(self) -> Report:
        """Remembers on which side we stand."""
        found = super().get_object()
        self.own_side = found.own_side
        return found

    def locked(self, found: Report) -> Report:
        """As it is now, with the numbers that were acknowledged."""
        report = super().locked(found)
        self.before = acts.numbers_of(report)
        self.was_acknowledged = report.acknowledged_on is not None
        return report

    def get_form_kwargs(self) -> dict:
        """In the name of the committee, on its side."""
        return super().get_form_kwargs() | {
            "committee": self.committee,
            "own_side": self.own_side,
        }

    def save(self, form: ReportForm) -> Report:
        """It is ours now; who objected is answered by the change."""
        acts.stand_by(form.instance, self.own_side, self.before)
        return super().save(form)

    def after_save(self, form: ReportForm) -> None:
        """What follows for the tie and for objections."""
        acts.settle(form.instance, _("Changed"))
        derive([form.instance.tie_id])

    def get_message(self) -> str:
        """Says when the other side is asked again."""
        if self.was_acknowledged and self.object.acknowledged_on is None:
            return _("Saved. The numbers changed: the other side is asked to acknowledge them.")
        return _("Saved.")

    def get_success_url(self) -> str:
        """The page of the report."""
        return self.url("", self.object.pk)

    def get_back_url(self) -> str:
        """The page of the report."""
        return self.url("", self.object.pk)
