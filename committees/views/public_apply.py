"""Asking to join the association for a city without a committee, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from committees import accrediting
from committees.forms.application import ApplicationForm
from committees.views.public_form import PublicForm

ASKED = ("city", "country", "kind", "name", "email", "why")


@method_decorator(login_not_required, name="dispatch")
class Apply(PublicForm):
    """Everybody gets the same answer."""

    counted_as = "apply"
    template_name = "committees/apply.html"

    def new_form(self, data=None) -> ApplicationForm:
        """With the wording of the office."""
        return ApplicationForm(data, wording=accrediting.wording())

    def facts(self) -> dict:
        """Nothing beside the form."""
        return {}

    def keep(self, form: ApplicationForm) -> HttpResponse:
        """Keep it; what a program filled in is dropped without a word."""
        if not form.is_trapped:
            accrediting.ask(**{name: form.cleaned_data[name] for name in ASKED})
        return redirect("public:apply-sent")


@login_not_required
@require_safe
def apply_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "committees/apply_sent.html")
