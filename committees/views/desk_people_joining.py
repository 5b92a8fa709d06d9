"""Requests to join at the desk: the list, yes, no."""

from abc import abstractmethod
from functools import cached_property

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms.people import DeclineForm
from committees.models import JoinRequest
from committees.people import joining
from committees.rights import Role
from committees.views.desk_people import PeopleForm, PeoplePage
from sistercities.editing.once import new_nonce
from sistercities.editing.views import ActView

MOST_ANSWERED = 50


class Requests(PeoplePage):
    """Those that wait, the oldest first, and the last that were answered."""

    role = Role.COORDINATOR
    template_name = "desk/people_requests.html"

    def get_context_data(self, **kwargs) -> dict:
        """Both lists."""
        found = JoinRequest.objects.for_committee(self.committee)
        answered = found.exclude(answer="").select_related("answered_by").order_by("-answered_at")
        return super().get_context_data(**kwargs) | {
            "requests": found.waiting()[: joining.MOST_WAITING],
            "answered": answered[:MOST_ANSWERED],
            "nonce": new_nonce(),
        }


class Answering(PeopleForm, ActView):
    """Base of both answers."""

    role = Role.COORDINATOR
    back_name = "join-requests"

    @cached_property
    def found(self) -> JoinRequest:
        """A request to this committee."""
        rows = JoinRequest.objects.for_committee(self.committee)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @abstractmethod
    def answer(self, form) -> None:
        """Say it."""

    def do(self, form) -> str:
        """Answer once."""
        try:
            self.answer(form)
        except joining.AlreadyAnswered:
            messages.warning(self.request, gettext("Somebody answered this request already."))
            self.message = ""
        return self.get_back_url()

    def get_context_data(self, **kwargs) -> dict:
        """With the request."""
        return super().get_context_data(**kwargs) | {"asked": self.found}


class Approve(Answering):
    """Makes a member."""

    form_class = forms.Form
    template_name = "desk/people_answer.html"
    button = _("Accept as a member")

    def get_title(self) -> str:
        """Whom."""
        return gettext("Make %(person)s a member") % {"person": self.found.name}

    def answer(self, form) -> None:
        """Yes."""
        found = self.found
        joined = joining.approve(found, by=self.request.user)
        if joined is None:
            text = gettext("%(person)s was a member already. We told them so.")
        else:
            text = gettext("%(person)s is a member now. We told them by e-mail.")
        self.message = text % {"person": found.name}


class Decline(Answering):
    """Says no, with a reason."""

    form_class = DeclineForm
    template_name = "desk/people_answer.html"
    button = _("Decline and send the answer")
    message = _("Declined. The answer goes out by e-mail.")

    def get_title(self) -> str:
        """Whom."""
        return gettext("Decline the request of %(person)s") % {"person": self.found.name}

    def answer(self, form) -> None:
        """No."""
        joining.decline(self.found, by=self.request.user, reason=form.cleaned_data["reason"])
