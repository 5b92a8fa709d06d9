"""Asking to join a committee, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import View

from committees.finding import living_committee
from committees.forms.people import JoinForm
from committees.people import joining
from sistercities.editing.once import OncePost
from sistercities.limits import HOUR, address_of, is_too_often

MOST_AN_HOUR = 5


@method_decorator(login_not_required, name="dispatch")
class Join(OncePost, View):
    """The form; five requests an hour from one network address. Everybody gets the same answer."""

    http_method_names = ("get", "head", "post", "options")

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the committee; an old address leads to the new one."""
        self.committee = living_committee(kwargs["slug"])
        if self.committee.slug != kwargs["slug"]:
            return redirect("public:committee-join", self.committee.slug, permanent=True)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None) -> JoinForm:
        """With this committee's wording."""
        return JoinForm(data, wording=joining.wording(self.committee))

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The empty form."""
        return self.page(self.form())

    def prepare_post(self) -> None:
        """Count before the transaction, so that all processes see it."""
        self.sent = self.form(self.data)
        self.is_too_often = self.sent.is_valid() and is_too_often(
            "join", address_of(self.request), most=MOST_AN_HOUR
        )

    def without_nonce(self) -> HttpResponse:
        """A form that did not come from our page: shown again."""
        return self.page(self.sent)

    def act(self) -> HttpResponse:
        """Keep it; what a program filled in is dropped without a word."""
        if not self.sent.is_valid():
            return self.page(self.sent)
        if self.is_too_often:
            response = self.page(self.sent, status=429)
            response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
            return response
        data = self.sent.cleaned_data
        if not self.sent.is_trapped:
            joining.ask(self.committee, name=data["name"], email=data["email"], why=data["why"])
        return redirect("public:committee-join-sent", self.committee.slug)

    def page(self, form: JoinForm, status: int = 200) -> HttpResponse:
        """The page with the form."""
        facts = {
            "form": form,
            "nonce": self.nonce,
            "committee": self.committee,
            "is_too_often": status == 429,
        }
        return render(self.request, "committees/join.html", facts, status=status)


@login_not_required
@require_safe
def join_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next."""
    return render(request, "committees/join_sent.html", {"committee": living_committee(slug)})
