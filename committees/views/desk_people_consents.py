"""Consents at the desk: who agreed to what, in which words; recording and withdrawing."""

from functools import cached_property

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms.people import ConsentForm
from committees.models import Consent, OfficeTerm
from committees.people import consents
from committees.rights import Role
from committees.views.desk_people import PeopleForm, PeoplePage, person_of
from sistercities.editing.once import new_nonce
from sistercities.editing.views import ActView
from sistercities.listing.numbered import numbered


class Consents(PeoplePage):
    """Who is in office without a consent, and every consent with its history."""

    template_name = "desk/people_consents.html"

    def get_context_data(self, **kwargs) -> dict:
        """Both lists."""
        found = Consent.objects.for_committee(self.committee).select_related("person")
        named = found.to_names().values("person")
        board = OfficeTerm.objects.for_committee(self.committee).lasting()
        board = board.filter(office__on_board=True).exclude(person__in=named)
        rows = found.select_related("recorded_by").order_by("withdrawn_on", "-given_on", "-pk")
        return super().get_context_data(**kwargs) | {
            "page": numbered(rows, self.request),
            "silent": board.select_related("office", "person").order_by("office__rank", "pk"),
            "nonce": new_nonce(),
        }


class AddConsent(PeopleForm, ActView):
    """Records what a person agreed to."""

    role = Role.COORDINATOR
    form_class = ConsentForm
    template_name = "desk/people_consent.html"
    back_name = "consents"
    button = _("Record the consent")
    message = _("Recorded. It can be withdrawn at any time.")

    def get_title(self) -> str:
        """Whose."""
        name = person_of(self.committee, self.kwargs["pk"]).name
        return gettext("Consent of %(person)s") % {"person": name}

    def get_initial(self) -> dict:
        """The name on the board, today."""
        return {"what": Consent.What.NAME, "given_on": timezone.localdate()}

    def get_context_data(self, **kwargs) -> dict:
        """With the words of each."""
        texts = [
            (label, consents.wording(value, self.committee))
            for value, label in Consent.What.choices
        ]
        return super().get_context_data(**kwargs) | {"wordings": texts}

    def do(self, form) -> str:
        """Keep it in the words of this page."""
        data, person = form.cleaned_data, person_of(self.committee, self.kwargs["pk"])
        by, on = self.request.user, data["given_on"]
        consents.give(person, self.committee, data["what"], by=by, on=on)
        return self.get_back_url()


class WithdrawConsent(PeopleForm, ActView):
    """Takes a consent back with one press."""

    role = Role.EDITOR
    form_class = forms.Form
    back_name = "consents"
    title = _("Withdraw the consent")
    button = _("Withdraw the consent")
    is_dangerous = True
    intro = _("The page stops showing it at once. The record keeps that it was given.")
    message = _("Withdrawn. No page shows it any more.")

    @cached_property
    def found(self) -> Consent:
        """A consent for this committee's page."""
        rows = Consent.objects.for_committee(self.committee).select_related("person")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        """Which."""
        return gettext("Withdraw: %(consent)s") % {"consent": self.found}

    def do(self, form) -> str:
        """Withdraw."""
        consents.withdraw(self.found, by=self.request.user)
        return self.get_back_url()
