"""The page behind the link of the yearly mail: one tie, one side, one answer, no login.

Opening it changes nothing, since mail programs open links by themselves; a button answers.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relationships.confirming import answer, answered_inquiry, inquiry_of
from relationships.forms.confirm import FORMS, AnswerForm
from relationships.freshness import freshness
from relationships.models import Inquiry
from sistercities.links import LinkProblem, Reason, problem_page


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the tie and the buttons; take one answer; afterwards show what was answered."""
    try:
        inquiry = inquiry_of(token)
        if request.method != "POST":
            return page(request, inquiry)
        wanted = FORMS.get(request.POST.get("answer", ""))
        form = wanted(request.POST) if wanted else None
        if form is None or not form.is_valid():
            return page(request, inquiry, form)
        answer(inquiry, form.given())
    except LinkProblem as problem:
        if problem.reason != Reason.USED:
            return problem_page(request, problem, advice=_advice(problem))
        if request.method != "POST":
            return answered_page(request, answered_inquiry(token))
    return redirect("public:confirm", token)


def page(request: HttpRequest, inquiry: Inquiry, refused: AnswerForm | None = None) -> HttpResponse:
    """The question; with the form that was refused, as it was filled in."""
    tie = inquiry.tie
    forms = {code: form() for code, form in FORMS.items()}
    if refused:
        forms[refused.answer] = refused
    facts = {
        "tie": tie,
        "city": inquiry.city,
        "other": tie.other(inquiry.city),
        "freshness": freshness(tie, tie.confirmations.all(), timezone.localdate()),
        "alive": forms.pop(Inquiry.Answer.ALIVE),
        "others": forms.values(),
        "refused": refused,
    }
    return render(request, "relationships/confirm.html", facts)


def answered_page(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """What was answered and what happens next."""
    facts = {"tie": inquiry.tie, "city": inquiry.city, "inquiry": inquiry}
    return render(request, "relationships/confirmed.html", facts)


def _advice(problem: LinkProblem) -> str:
    if problem.reason == Reason.EXPIRED:
        return _("We write again with a new link if your city has not answered by then.")
    return ""
