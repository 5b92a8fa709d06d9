"""What the registry holds about whoever is logged in: to see, to take along, to erase."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.forms.people import EraseForm
from committees.models import Consent, Membership, OfficeTerm, Person
from committees.people import consents
from committees.people.erasing import CannotErase, check, erase
from committees.people.exporting import hand_out
from committees.views.desk import keep_private
from sistercities.editing.once import new_nonce
from sistercities.editing.views import ActView
from sistercities.limits import HOUR, is_too_often

MOST_FILES_AN_HOUR = 20


def own_person(request: HttpRequest) -> Person | None:
    """Whose login it is."""
    return Person.objects.filter(user=request.user).select_related("user").first()


@require_safe
def my_data(request: HttpRequest) -> HttpResponseBase:
    """In short what is held, and the two things that can be done with it."""
    person = own_person(request)
    why = ""
    if person:
        try:
            check(person)
        except CannotErase as refusal:
            why = str(refusal)
    facts = {
        "person": person,
        "cannot_erase": why,
        "memberships": Membership.objects.filter(person=person).select_related("committee"),
        "terms": OfficeTerm.objects.filter(person=person).select_related("office", "committee"),
        "consents": Consent.objects.filter(person=person).select_related("committee"),
        "nonce": new_nonce(),
    }
    return keep_private(render(request, "desk/people_my_data.html", facts))


@require_http_methods(["POST"])
def my_data_file(request: HttpRequest) -> HttpResponseBase:
    """Everything as one JSON file."""
    if is_too_often("my-data", str(request.user.pk), most=MOST_FILES_AN_HOUR):
        response = HttpResponse(_("Too often. Try again in an hour."), status=429)
        response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
        return keep_private(response)
    text = hand_out(own_person(request), request.user, by=request.user)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"my-data-{timezone.localdate().isoformat()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return keep_private(response)


class OwnPage(ActView):
    """Base of the acts of a person on their own data; 404 for a login without a person."""

    base_template = "desk/own.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Find the person."""
        self.person = own_person(request)
        if self.person is None:
            raise Http404
        return keep_private(super().dispatch(request, *args, **kwargs))

    def get_back_url(self) -> str:
        """The page of one's data."""
        return reverse("desk:my-data")


class WithdrawOwn(OwnPage):
    """Takes one's own consent back with one press."""

    form_class = forms.Form
    title = button = _("Withdraw the consent")
    intro = _("The page stops showing it at once. The record keeps that it was given.")
    is_dangerous = True
    message = _("Withdrawn. No page shows it any more.")

    @cached_property
    def consent(self) -> Consent:
        """One's own of this address; 404 for anybody else's."""
        own = Consent.objects.filter(person=self.person)
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_form(self, form_class=None) -> forms.Form:
        """A button about this consent."""
        self.consent  # noqa: B018 - 404 before anything is shown
        return super().get_form(form_class)

    def do(self, form) -> str:
        """Withdraw."""
        consents.withdraw(self.consent, by=self.request.user)
        return self.get_back_url()


class EraseMe(OwnPage):
    """Erases the person, after the name was typed; the login ends with it."""

    form_class = EraseForm
    template_name = "desk/people_erase.html"
    title = _("Erase me")
    button = _("Erase me for good")
    is_dangerous = True
    message = ""

    def get_form_kwargs(self) -> dict:
        """With the person whose name is asked."""
        return super().get_form_kwargs() | {"person": self.person}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """Not while somebody depends on it: the page of one's data says why."""
        try:
            check(self.person)
        except CannotErase as why:
            messages.error(request, str(why))
            return redirect("desk:my-data")
        return super().get(request, *args, **kwargs)

    def do(self, form) -> str:
        """Erase."""
        try:
            erase(self.person, by=self.request.user)
        except CannotErase as why:
            form.add_error(None, str(why))
            return ""
        self.erased = True
        return reverse("desk:erased")

    def post(self, request, *args, **kwargs) -> HttpResponse:
        """The session ends after the transaction."""
        self.erased = False
        response = super().post(request, *args, **kwargs)
        if self.erased:
            logout(request)
        return response
