"""The committee's membership of the association at its desk: class, standing, dues, receipts, and
the letters that name its delegate and alternate."""

import datetime
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees import delegating
from committees.dues.receipts import receipt_of
from committees.forms.delegates import DelegateForm, EndDelegationForm
from committees.models import Affiliation, Delegation, Dues, Payment, Person
from committees.models.affiliation import Standing
from committees.rights import Role
from committees.views.desk import DeskView
from committees.views.desk_people import PeopleForm, person_of
from sistercities.editing import uploading
from sistercities.editing.views import ActView


class MembershipPage(DeskView, TemplateView):
    """How the committee stands, and why."""

    section = "membership"
    template_name = "desk/membership.html"

    def get_context_data(self, **kwargs) -> dict:
        """The memberships with their dues and payments, and who is named."""
        today = timezone.localdate()
        payments = Payment.objects.order_by("day", "pk").select_related("taken_back_by")
        dues = Dues.objects.with_paid(today).order_by("-year")
        rows = Affiliation.objects.for_committee(self.committee).with_standing(today)
        rows = rows.select_related("association").order_by("-since", "-pk")
        rows = rows.prefetch_related(
            Prefetch("dues", dues.prefetch_related(Prefetch("payments", payments)))
        )
        words = dict(Standing.choices)
        found = [
            {
                "row": one,
                "standing": words[one.standing] if one.runs(today) else "",
                "is_delinquent": one.runs(today) and one.standing == Standing.DELINQUENT,
                "years": [YearOfDues(dues, today) for dues in one.dues.all()],
            }
            for one in rows
        ]
        named = Delegation.objects.for_committee(self.committee).select_related("person", "letter")
        over = [one for one in named if one.until and one.until < today]
        return super().get_context_data(**kwargs) | {
            "memberships": found,
            "delegates": [one for one in named if one not in over],
            "former_delegates": over,
            "today": today,
        }


class YearOfDues:
    """The dues of one year as the desk reads them."""

    def __init__(self, dues: Dues, today: datetime.date) -> None:
        self.dues, self.today = dues, today

    @property
    def owed(self):
        """What is left to pay."""
        return 0 if self.dues.waived_on else self.dues.amount - self.dues.paid

    @property
    def state(self) -> str:
        """In words."""
        if self.dues.waived_on:
            return gettext("waived")
        if self.owed <= 0:
            return gettext("paid")
        if self.dues.last_day < self.today:
            return gettext("overdue")
        return gettext("due") if self.dues.due_on <= self.today else gettext("not due yet")


class DeskReceipt(DeskView, TemplateView):
    """The receipt of a payment, to print."""

    section = "membership"
    template_name = "desk/receipt.html"

    def get_context_data(self, **kwargs) -> dict:
        """A payment of this committee, 404 for any other."""
        rows = Payment.objects.filter(dues__in=Dues.objects.for_committee(self.committee))
        rows = rows.select_related("dues__affiliation__committee", "dues__affiliation__association")
        if self.kwargs["pk"] >= 2**63:
            raise Http404
        payment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs) | receipt_of(payment)


class DelegateAct(PeopleForm, ActView):
    """Base of the acts about delegates."""

    role = Role.COORDINATOR
    section = "membership"
    back_name = "membership"

    def refused(self, form, work) -> bool:
        """Do `work`; put what stands against it beside the form."""
        try:
            work()
        except ValidationError as error:
            for text in error.messages:
                form.add_error(None, text)
        return bool(form.errors)


class NameDelegate(DelegateAct):
    """Names a person who was chosen before."""

    form_class = DelegateForm
    button = _("Name by this letter")
    message = _("The letter is kept, and the person is named from its first day.")

    @cached_property
    def person(self) -> Person:
        """The person of this address."""
        return person_of(self.committee, self.kwargs["pk"])

    def get_title(self) -> str:
        """Whom."""
        return gettext("%(person)s for the association") % {"person": self.person.name}

    def get_initial(self) -> dict:
        """From today."""
        return {"role": Delegation.Role.DELEGATE, "since": timezone.localdate()}

    def do(self, form) -> str:
        """With the letter, which is kept from now on."""
        data = form.cleaned_data
        work = lambda: delegating.name(  # noqa: E731
            self.committee, self.person, **data, by=self.request.user
        )
        if not self.refused(form, work):
            uploading.settle(form)
        return self.get_back_url()


class EndDelegation(DelegateAct):
    """A last day."""

    form_class = EndDelegationForm
    button = _("End it")
    is_dangerous = True
    message = _("It ends on that day. The letter stays on record.")

    @cached_property
    def found(self) -> Delegation:
        """One of this committee that lasts."""
        rows = Delegation.objects.for_committee(self.committee).select_related("person")
        today = timezone.localdate()
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if found.until and found.until < today:
            raise Http404
        return found

    def get_title(self) -> str:
        """Whose."""
        return gettext("No longer: %(delegation)s") % {"delegation": self.found}

    def get_initial(self) -> dict:
        """Today, or the first day when that is still to come."""
        return {"until": max(self.found.since, timezone.localdate())}

    def do(self, form) -> str:
        """Write the day."""
        until = form.cleaned_data["until"]
        self.refused(form, lambda: delegating.end(self.found, on=until, by=self.request.user))
        return self.get_back_url()
