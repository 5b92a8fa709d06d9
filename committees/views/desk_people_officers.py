"""Offices, terms, access and the hand-over, for coordinators."""

import datetime
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms.people import AccessForm, EndTermForm, TermForm
from committees.invitations import CannotInvite, invite
from committees.models import Invitation, OfficeTerm, Person
from committees.people import terms
from committees.rights import PREPARE_DAYS, Role
from committees.todo import grouped, todos
from committees.views.desk_people import PeopleForm, PeoplePage, person_of
from sistercities.admin.registry import sentence_for
from sistercities.editing.views import ActView


def terms_of_committee(committee):
    """All its terms, by office and day."""
    found = OfficeTerm.objects.for_committee(committee).select_related("office", "person__user")
    return found.order_by("office__rank", "office__code", "-begins", "-pk")


class Officers(PeoplePage):
    """Who holds which office, who did, who will."""

    template_name = "desk/people_officers.html"

    def get_context_data(self, **kwargs) -> dict:
        """Three lists."""
        today = timezone.localdate()
        found = [one for one in terms_of_committee(self.committee) if one.office.on_board]
        over = [one for one in found if one.ends and one.ends < today]
        return super().get_context_data(**kwargs) | {
            "current": [one for one in found if one not in over and one.begins <= today],
            "coming": [one for one in found if one.begins > today],
            "over": over,
            "me": self.request.user.pk,
        }


class CoordinatorForm(PeopleForm, ActView):
    """Base of the acts about offices."""

    role = Role.COORDINATOR
    back_name = "officers"

    @cached_property
    def person(self) -> Person:
        """The person of this address."""
        return person_of(self.committee, self.kwargs["pk"])

    def refused(self, form, work) -> bool:
        """Do `work`; put what stands against it beside the form."""
        try:
            with transaction.atomic():
                work()
        except ValidationError as error:
            for text in error.messages:
                form.add_error(None, text)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, OfficeTerm))
        except CannotInvite as why:
            form.add_error(None, str(why))
        return bool(form.errors)


class AddTerm(CoordinatorForm):
    """Begins a term of a person who was chosen before."""

    form_class = TermForm
    button = _("Begin the term")
    message = _("The term is entered. Its rights begin on its first day.")

    def get_title(self) -> str:
        """Whose."""
        return gettext("A term of office for %(person)s") % {"person": self.person.name}

    def get_initial(self) -> dict:
        """From today."""
        return {"begins": timezone.localdate()}

    def do(self, form) -> str:
        """Write it."""
        data, person = form.cleaned_data, self.person
        self.refused(
            form,
            lambda: terms.begin(
                person, data["office"], self.committee, begins=data["begins"], ends=data["ends"]
            ),
        )
        return self.get_back_url()


class EndTerm(CoordinatorForm):
    """Ends a term, one's own as well; whoever is the last coordinator is asked to hand over."""

    template_name = "desk/people_end_term.html"
    is_dangerous = True
    message = _("The term ends on that day, and the rights with it.")

    @cached_property
    def found(self) -> OfficeTerm:
        """A term of this committee that lasts."""
        rows = OfficeTerm.objects.for_committee(self.committee).lasting()
        rows = rows.select_related("office", "person", "committee")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_class(self) -> type[forms.Form]:
        """A term that has not begun needs no day."""
        return EndTermForm if self.has_begun() else forms.Form

    def has_begun(self) -> bool:
        """Whether the first day has come."""
        return self.found.begins <= timezone.localdate()

    def get_form_kwargs(self) -> dict:
        """With the term."""
        kwargs = super().get_form_kwargs()
        return kwargs | ({"term": self.found} if self.has_begun() else {})

    def get_initial(self) -> dict:
        """Today, or the day that is written."""
        return {"ends": self.found.ends or timezone.localdate()}

    def get_title(self) -> str:
        """What ends."""
        term = self.found
        if not self.has_begun():
            return gettext("Take back: %(term)s") % {"term": term}
        if term.person.user_id == self.request.user.pk:
            return gettext("Resign: %(office)s") % {"office": term.office}
        return gettext("End the term: %(term)s") % {"term": term}

    def get_context_data(self, **kwargs) -> dict:
        """With the button's words, and whether a hand-over is asked for."""
        context = super().get_context_data(**kwargs)
        context["button"] = _("End the term") if self.has_begun() else _("Take it back")
        return context | {"term": self.found, "asks": getattr(context["form"], "asks", False)}

    def get_back_url(self) -> str:
        """Helpers stand in the list of access."""
        return self.url("officers" if self.found.office.on_board else "access")

    def do(self, form) -> str:
        """End it, take it back, or hand it over."""
        term, back = self.found, self.get_back_url()
        if not self.has_begun():
            terms.take_back(term)
            self.message = gettext("Taken back.")
            return back
        day, successor = form.cleaned_data["ends"], form.cleaned_data.get("successor")
        if successor:
            self.message = gettext("%(person)s takes over on the day after.") % {
                "person": successor.name
            }
            work = lambda: terms.hand_over(term, successor, on=day, by=self.request.user)  # noqa: E731
        else:
            work = lambda: terms.end(term, on=day)  # noqa: E731
        self.refused(form, work)
        return back


class Access(PeoplePage):
    """Who may come to this desk, what they may do, and until when."""

    template_name = "desk/people_access.html"

    def get_context_data(self, **kwargs) -> dict:
        """Every term that gives access today or soon, and whether it can be used."""
        today = timezone.localdate()
        invited = Invitation.objects.open().filter(person=OuterRef("person"))
        found = terms_of_committee(self.committee).lasting(today)
        soon = today + datetime.timedelta(days=PREPARE_DAYS)
        found = found.filter(begins__lte=soon).annotate(is_invited=Exists(invited))
        order = Role.values
        rows = sorted(found, key=lambda one: (order.index(one.office.role), one.office.rank))
        return super().get_context_data(**kwargs) | {"rows": rows, "today": today}


class AddAccess(CoordinatorForm):
    """Lets a helper in."""

    form_class = AccessForm
    back_name = "access"
    button = _("Give access")
    message = _("Access is given. Who has no login gets an invitation by e-mail.")

    def get_title(self) -> str:
        """Whom."""
        return gettext("Access for %(person)s") % {"person": self.person.name}

    def do(self, form) -> str:
        """Begin the term of a helper."""
        data, person = form.cleaned_data, self.person
        self.refused(
            form,
            lambda: terms.give_access(
                person, self.committee, data["role"], by=self.request.user, ends=data["ends"]
            ),
        )
        return self.get_back_url()


class Invite(CoordinatorForm):
    """Writes to somebody in office who has no login yet."""

    form_class = forms.Form
    back_name = "access"
    button = _("Send the invitation")

    @cached_property
    def person(self) -> Person:
        """In office, or soon."""
        lasting = OfficeTerm.objects.for_committee(self.committee).lasting()
        people = Person.objects.filter(pk__in=lasting.values("person"), erased_at=None)
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        """Whom."""
        return gettext("Invite %(person)s to the desk") % {"person": self.person.name}

    def get_message(self) -> str:
        """Where it goes."""
        return gettext("The invitation goes to %(address)s.") % {"address": self.person.email}

    def do(self, form) -> str:
        """Invite."""
        person = self.person
        self.refused(form, lambda: invite(person, self.committee, self.request.user))
        return self.get_back_url()


class HandOver(PeoplePage):
    """Who could take over, and what is still to do: to print and to give away."""

    role = Role.VIEWER
    template_name = "desk/people_hand_over.html"

    def get_context_data(self, **kwargs) -> dict:
        """Candidates, open ends, and one's own terms that can be handed over."""
        today = timezone.localdate()
        lasting = terms_of_committee(self.committee).current(today)
        lines = [one for one in todos(self.committee, today, self.held) if not one.done]
        return super().get_context_data(**kwargs) | {
            "candidates": terms.candidates(self.committee)[:30],
            "groups": grouped(lines, today),
            "mine": lasting.filter(person__user=self.request.user),
            "is_without": not lasting.filter(office__role=Role.COORDINATOR).exists(),
        }
