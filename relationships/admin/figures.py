"""The numbers of the registry in the admin: their page, their exports, and the rows behind each."""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.figures import exporting
from relationships.figures.asking import FiguresForm
from relationships.figures.cell import NO_DATE, Cell
from relationships.figures.counting import MEASURED, Table
from relationships.figures.layout import AID, aid_lines, columns_of, figure_row, sorted_lines
from relationships.figures.words import MEASURES
from relationships.models import Donation, Exchange, Tie
from relationships.reporting.annual_report import FIRST_YEAR
from relationships.reporting.association_report import AssociationReport

FIGURE = "figure"
LINES = 50
FIELDSETS = ((None, {"fields": (("first", "last", "by"), ("country", "state", "committee"))}),)
COUNTED = (Tie, Exchange, Donation)


class FigureFilter(admin.SimpleListFilter):
    """The rows that one number of the figures is made of; offered when a number led here."""

    title = gettext_lazy("figure")
    parameter_name = FIGURE

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """The one that the address names, if it counts rows of this model."""
        cell = Cell.read(request.GET.get(FIGURE, ""))
        if cell is None or cell.model is not model_admin.model:
            return []
        return [(cell.written(), cell.in_words())]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Just its rows."""
        cell = Cell.read(self.value() or "")
        if cell is None or cell.model is not queryset.model:
            return queryset
        return queryset.filter(pk__in=cell.rows().order_by().values("pk"))


def address_of(cell: Cell) -> str:
    """The list of a number's rows."""
    name = cell.model._meta.model_name
    return f"{reverse(f'admin:relationships_{name}_changelist')}?{FIGURE}={cell.written()}"


def may_count(request: HttpRequest) -> bool:
    """Whoever may look at all that is counted."""
    site = admin.site._registry
    return all(site[model].has_view_permission(request) for model in COUNTED)


def figures(request: HttpRequest) -> HttpResponse:
    """The page: a form, and the table that it asks for."""
    form = asked(request)
    context = admin.site.each_context(request) | {
        "title": _("Numbers of the registry"),
        "form": form,
        "adminform": AdminForm(form, FIELDSETS, {}),
        "opts": Tie._meta,
    }
    if form.is_valid():
        context |= page_of(form, request)
    return TemplateResponse(request, "admin/figures/figures.html", context)


def page_of(form: FiguresForm, request: HttpRequest) -> dict:
    """Fifty lines, and the aid of the same lines."""
    table = form.table()
    pages = Paginator(sorted_lines(table), LINES)
    page = pages.get_page(request.GET.get("page", "1")[:9])
    total = table.total
    return {
        "table": table,
        "query": form.query,
        "page": page,
        "heads": [MEASURES[name] for name in columns_of(table, MEASURED)],
        "rows": [figure_row(table, *named, address_of) for named in page],
        "aid_heads": [MEASURES[name] for name in columns_of(table, AID)],
        "aid": [row for named in page for row in aid_lines(table, *named, address_of)],
        "total": figure_row(table, total, "", address_of),
        "aid_total": list(aid_lines(table, total, "", address_of)),
        "unknown": table.unknown,
        "unknown_url": address_of(Cell(NO_DATE, table.first, table.last, table.scope)),
    }


def annual_report(request: HttpRequest) -> HttpResponse:
    """One year of the association, for paper: last year unless another is asked for."""
    if not may_count(request):
        raise PermissionDenied
    today = timezone.localdate()
    asked_for = request.GET.get("year", "")
    year = (
        int(asked_for) if asked_for.isascii() and asked_for.isdigit() and len(asked_for) == 4 else 0
    )
    if not FIRST_YEAR <= year <= today.year:
        year = today.year - 1
    report = AssociationReport(year, today)
    return TemplateResponse(
        request,
        "admin/figures/annual.html",
        admin.site.each_context(request)
        | {
            "title": _("Annual report %(year)s") % {"year": year},
            "opts": Tie._meta,
            "report": report,
            "today": today,
            "links": {name: address_of(report.cell(name)) for name in report.numbers},
            "aid_link": address_of(report.cell("donations")),
            "years": (
                year - 1 if year > FIRST_YEAR else None,
                year + 1 if year < today.year else None,
            ),
        },
    )


def asked(request: HttpRequest) -> FiguresForm:
    """The form as the address fills it in; 403 for whom the figures are not."""
    if not may_count(request):
        raise PermissionDenied
    return FiguresForm(request.GET, timezone.localdate())


def export(request: HttpRequest, write: Callable[[Table, str], HttpResponse]) -> HttpResponse:
    """A file of the table; an address that asks for nonsense leads to the page that says so."""
    form = asked(request)
    if not form.is_valid():
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('admin:relationships_figures')}?{query}")
    table = form.table()
    return write(table, f"{table.first}-{table.last}")


def figures_csv(request: HttpRequest) -> HttpResponse:
    """Ties, exchanges and people."""
    return export(
        request,
        lambda table, years: exporting.as_csv(exporting.figure_rows(table), f"figures-{years}"),
    )


def aid_csv(request: HttpRequest) -> HttpResponse:
    """Donations by kind and currency."""
    return export(
        request, lambda table, years: exporting.as_csv(exporting.aid_rows(table), f"aid-{years}")
    )


def figures_json(request: HttpRequest) -> HttpResponse:
    """All of it."""
    today = timezone.localdate()
    return export(request, lambda table, years: exporting.as_json(table, f"figures-{years}", today))


class Counts(admin.ModelAdmin):
    """Puts the pages of numbers under the addresses of a model's admin."""

    def get_urls(self) -> list[URLPattern]:
        """Before those of single rows."""
        pages = {
            "figures/": (figures, "figures"),
            "figures.csv": (figures_csv, "figures_csv"),
            "aid.csv": (aid_csv, "aid_csv"),
            "figures.json": (figures_json, "figures_json"),
            "annual-report/": (annual_report, "annual_report"),
        }
        own = [
            path(address, self.admin_site.admin_view(view), name=f"relationships_{name}")
            for address, (view, name) in pages.items()
        ]
        return [*own, *super().get_urls()]
