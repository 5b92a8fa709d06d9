"""Conventions at a committee's desk: whom it registers for which one."""

from functools import cached_property

from django import forms
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees.conventions import checking_in
from committees.conventions.credentials import first_day
from committees.forms.registration import DeskRegistrationForm
from committees.models import Convention, Registration
from committees.models.delegation import delegates_of
from committees.rights import Role
from committees.views.desk import DeskView
from sistercities.editing.views import ActView, CreateView, EditView
from sistercities.models.base import WrongState

MOST_PAST = 200


class Conventions(DeskView, TemplateView):
    """What is to come, and who of the committee is registered for it; where its people were."""

    section = "conventions"
    template_name = "desk/conventions.html"

    def get_context_data(self, **kwargs) -> dict:
        """The conventions to come, each with the committee's people; then the earlier rows."""
        today = timezone.localdate()
        rows = Registration.objects.for_committee(self.committee).select_related("convention")
        coming = list(Convention.objects.public().upcoming(today).select_related("city__region"))
        own: dict[int, list[Registration]] = {one.pk: [] for one in coming}
        for row in rows.filter(convention__in=coming).standing():
            own[row.convention_id].append(row)
        past = rows.standing().filter(convention__last_day__lt=today, convention__is_public=True)
        return super().get_context_data(**kwargs) | {
            "coming": [
                {
                    "convention": one,
                    "state": one.state_on(today),
                    "is_open": one.state_on(today) == Convention.State.OPEN,
                    "rows": own[one.pk],
                }
                for one in coming
            ],
            "past": past.order_by("-convention__last_day", "sort_name", "pk")[:MOST_PAST],
            "delegates": delegates_of(self.committee, first_day(coming[0])) if coming else {},
        }


class RegistrationForm(DeskView):
    """Base of the forms; set it before CreateView, EditView or ActView."""

    role = Role.EDITOR
    section = "conventions"
    base_template = "desk/base.html"

    def get_back_url(self) -> str:
        """The list of conventions."""
        return reverse("desk:conventions", args=[self.committee.slug])

    def get_success_url(self) -> str:
        """The same list."""
        return self.get_back_url()


class Register(RegistrationForm, CreateView):
    """One person for an open convention."""

    form_class = DeskRegistrationForm
    button = _("Register")

    @cached_property
    def convention(self) -> Convention:
        """404 when nobody can register for it (any more)."""
        return get_object_or_404(Convention.objects.open(), pk=number(self.kwargs["convention"]))

    def new_object(self) -> Registration:
        """For this committee."""
        return Registration(convention=self.convention, committee=self.committee)

    def get_title(self) -> str:
        """For what."""
        return gettext("Register for %(convention)s") % {"convention": self.convention}

    def get_message(self) -> str:
        """Who."""
        return gettext("%(person)s is registered.") % {"person": self.object.name}


class OwnRegistration:
    """Mixin: the registrations of this committee that may still be changed here."""

    def rows(self) -> models.QuerySet:
        """Of those who have not come, for conventions that are not over or cancelled."""
        coming = Convention.objects.public().upcoming().filter(is_cancelled=False)
        rows = Registration.objects.for_committee(self.committee).standing()
        return rows.filter(attended_at=None, convention__in=coming)


class EditRegistration(OwnRegistration, RegistrationForm, EditView):
    """Another name, another address, another capacity; while registration is open."""

    form_class = DeskRegistrationForm

    def get_queryset(self) -> models.QuerySet:
        """While it is open."""
        rows = self.rows().filter(convention__in=Convention.objects.open())
        return rows.select_related("convention", "committee")

    def get_object(self) -> Registration:
        """404 for a number that no row can have."""
        number(self.kwargs["pk"])
        return super().get_object()

    def get_title(self) -> str:
        """For what."""
        return gettext("Registration for %(convention)s") % {"convention": self.object.convention}


class WithdrawRegistration(OwnRegistration, RegistrationForm, ActView):
    """The person does not come."""

    form_class = forms.Form
    button = _("Withdraw")
    is_dangerous = True
    message = _("Withdrawn.")

    @cached_property
    def found(self) -> Registration:
        """404 for what is not the committee's, or has come."""
        rows = self.rows().select_related("convention")
        return get_object_or_404(rows, pk=number(self.kwargs["pk"]))

    def get_title(self) -> str:
        """Who, for what."""
        words = {"person": self.found.name, "convention": self.found.convention}
        return gettext("%(person)s does not come to %(convention)s") % words

    def do(self, form: forms.Form) -> str:
        """Withdraw, unless the person was checked in meanwhile."""
        try:
            by, reason = self.request.user, "Withdrawn by the committee"
            checking_in.withdraw(self.found, by=by, reason=reason)
        except WrongState as why:
            form.add_error(None, str(why))
        return self.get_back_url()


def number(value: int) -> int:
    """A number that a row may have; 404 for any other."""
    if value >= 2**63:
        raise Http404
    return value
