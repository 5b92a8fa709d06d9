"""“Is something missing or wrong?”: the form of a tie's and a city's page, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.http import require_safe

from committees.views.public_form import PublicForm
from relationships import finding, visitors
from relationships.addresses import here
from relationships.forms.reports import ErrorReportForm
from sistercities.bilingual import LANGUAGES

FIND = {"tie": finding.tie, "city": finding.city}


@method_decorator(login_not_required, name="dispatch")
class Report(PublicForm):
    """Of one published page; an old address leads to the new one."""

    kind = "tie"
    counted_as = "error-report"
    template_name = "relationships/report.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the page."""
        self.subject = FIND[self.kind](kwargs["slug"])
        if slug_of(self.subject) != kwargs["slug"]:
            return redirect(f"public:{self.kind}-report", slug_of(self.subject), permanent=True)
        request.localized = addresses(self.subject, f"public:{self.kind}-report")
        return super().dispatch(request, *args, **kwargs)

    def new_form(self, data=None) -> ErrorReportForm:
        """What, how they know, and perhaps an address."""
        return ErrorReportForm(data)

    def facts(self) -> dict:
        """Whose page it is about."""
        return {"subject": self.subject}

    def keep(self, form: ErrorReportForm) -> HttpResponse:
        """Keep it; what a program filled in is dropped without a word."""
        told = {name: form.cleaned_data[name] for name in ("wrong", "source", "email")}
        if not form.is_trapped:
            visitors.report(self.subject, language=here(), **told)
        return redirect(f"public:{self.kind}-report-sent", slug_of(self.subject))


@login_not_required
@require_safe
def report_sent(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What happens next."""
    subject = FIND[kind](slug)
    request.localized = addresses(subject, f"public:{kind}-report-sent")
    return render(request, "relationships/report_sent.html", {"subject": subject})


def slug_of(subject) -> str:
    """In the language of the page."""
    return subject.slug_in(here()) if hasattr(subject, "slug_in") else subject.slug


def addresses(subject, name: str) -> dict[str, str]:
    """The page in each language: a tie's slug has another connector in each."""
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = reverse(name, args=[slug_of(subject)])
    return found
