"""Asking to join a committee, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from committees.finding import living_committee
from committees.forms.people import JoinForm
from committees.people import joining
from committees.views.public_form import FormOfCommittee


class Join(FormOfCommittee):
    """Everybody gets the same answer."""

    counted_as = "join"
    template_name = "committees/join.html"

    def new_form(self, data=None) -> JoinForm:
        """With this committee's wording."""
        return JoinForm(data, wording=joining.wording(self.committee))

    def keep(self, form: JoinForm) -> HttpResponse:
        """Keep the request; what a program filled in is dropped without a word."""
        data = form.cleaned_data
        if not form.is_trapped:
            joining.ask(self.committee, name=data["name"], email=data["email"], why=data["why"])
        return redirect("public:committee-join-sent", self.committee.slug)


@login_not_required
@require_safe
def join_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next."""
    return render(request, "committees/join_sent.html", {"committee": living_committee(slug)})
