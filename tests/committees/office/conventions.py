"""A convention that opens today, and committees of the association with their people."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from committees.conventions import checking_in
from committees.models import Affiliation, Committee, Convention, Delegation, Person, Registration
from sistercities.partialdates import PartialDate
from tests.duesfactories import (
    AffiliationFactory,
    DelegationFactory,
    DuesFactory,
    PaymentFactory,
)
from tests.factories import PersonFactory, UserFactory
from tests.page_factories import ConventionFactory, RegistrationFactory

DAY = datetime.timedelta(days=1)


def opening_today(**columns) -> Convention:
    """A convention of two days."""
    today = timezone.localdate()
    columns.setdefault("registration_until", today)
    return ConventionFactory(
        begins=PartialDate.of(today), ends=PartialDate.of(today + DAY), **columns
    )


@dataclass
class Member:
    """A committee of the association with its letters."""

    committee: Committee
    affiliation: Affiliation
    delegate: Person
    alternate: Person

    def registered(self, convention: Convention, capacity: str, **columns) -> Registration:
        """The delegate or the alternate, or somebody else."""
        person = {"delegate": self.delegate, "alternate": self.alternate}.get(capacity)
        if person:
            columns = {"person": person, "name": person.name, "email": person.email} | columns
        return RegistrationFactory(
            convention=convention, committee=self.committee, capacity=capacity, **columns
        )

    def came(self, convention: Convention, capacity: str, **columns) -> Registration:
        """The same, checked in."""
        row = self.registered(convention, capacity, **columns)
        checking_in.check_in(row, by=UserFactory())
        return row


def member(name: str = "", *, paid: bool = True, named: bool = True, **columns) -> Member:
    """A voting committee that paid this year's dues, or owes those of last year."""
    more = {"committee__name": name} if name else {}
    affiliation = AffiliationFactory(**more, **columns)
    year = timezone.localdate().year
    PaymentFactory(dues=DuesFactory(affiliation=affiliation, year=year))
    if not paid:
        DuesFactory(affiliation=affiliation, year=year - 1)
    delegate, alternate = PersonFactory(), PersonFactory()
    if named:
        letter = {"committee": affiliation.committee}
        DelegationFactory(person=delegate, role=Delegation.Role.DELEGATE, **letter)
        DelegationFactory(person=alternate, role=Delegation.Role.ALTERNATE, **letter)
    return Member(affiliation.committee, affiliation, delegate, alternate)
