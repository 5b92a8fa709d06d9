"""Forms for everyone: each does its work once, five an hour from one network address."""

from abc import abstractmethod

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.generic import View

from committees.finding import living_committee
from sistercities.editing.once import OncePost
from sistercities.limits import HOUR, address_of, is_too_often

MOST_AN_HOUR = 5


class PublicForm(OncePost, View):
    """A form without a login."""

    counted_as: str
    """The name of its limit."""
    template_name: str
    http_method_names = ("get", "head", "post", "options")

    @abstractmethod
    def new_form(self, data=None) -> Form:
        """The form, empty or with what was sent."""

    @abstractmethod
    def facts(self) -> dict:
        """What the page shows beside the form."""

    @abstractmethod
    def keep(self, form: Form) -> HttpResponse:
        """Keep what was sent and lead on."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The empty form."""
        return self.page(self.new_form())

    def prepare_post(self) -> None:
        """Count before the transaction, so that all processes see it."""
        self.form = self.new_form(self.data)
        self.is_too_often = self.form.is_valid() and is_too_often(
            self.counted_as, address_of(self.request), most=MOST_AN_HOUR
        )

    def without_nonce(self) -> HttpResponse:
        """A form that did not come from our page: shown again."""
        return self.page(self.form)

    def act(self) -> HttpResponse:
        """Keep it, unless something is missing or there were too many."""
        if not self.form.is_valid():
            return self.page(self.form)
        if self.is_too_often:
            response = self.page(self.form, status=429)
            response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
            return response
        return self.keep(self.form)

    def page(self, form: Form, status: int = 200) -> HttpResponse:
        """The page with the form."""
        facts = {"form": form, "nonce": self.nonce, "is_too_often": status == 429}
        return render(self.request, self.template_name, facts | self.facts(), status=status)


@method_decorator(login_not_required, name="dispatch")
class FormOfCommittee(PublicForm):
    """A form of a committee that is not dissolved; an old address leads to the new one."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the committee."""
        self.committee = living_committee(kwargs["slug"])
        if self.committee.slug != kwargs["slug"]:
            here = request.resolver_match.view_name
            return redirect(here, self.committee.slug, permanent=True)
        return super().dispatch(request, *args, **kwargs)

    def facts(self) -> dict:
        """Whose form it is."""
        return {"committee": self.committee}
