"""Membership of the association: one row of every kind, valid and plain."""

import datetime
from decimal import Decimal

import factory

from committees.models import (
    Affiliation,
    Application,
    Delegation,
    Dues,
    DuesRate,
    DuesRule,
    Payment,
)
from tests.factories import CommitteeFactory, PersonFactory, Saved


class AssociationFactory(CommitteeFactory):
    name = factory.Sequence(lambda n: f"Asociación {n}")
    level = "national"


class AffiliationFactory(Saved):
    class Meta:
        model = Affiliation

    committee = factory.SubFactory(CommitteeFactory)
    association = factory.SubFactory(AssociationFactory)
    since = datetime.date(2020, 1, 1)


class DuesRateFactory(Saved):
    class Meta:
        model = DuesRate

    kind = "voting"
    population_from = factory.Sequence(lambda n: n * 1000)
    amount = Decimal(1500)
    currency = "MXN"
    valid_from = 2020


class DuesFactory(Saved):
    """Of this year, due on 1 January."""

    class Meta:
        model = Dues

    affiliation = factory.SubFactory(AffiliationFactory)
    year = factory.LazyFunction(lambda: datetime.date.today().year)
    amount = Decimal(1500)
    currency = "MXN"
    due_on = factory.LazyAttribute(lambda row: datetime.date(row.year, 1, 1))
    last_day = factory.LazyAttribute(lambda row: row.due_on + datetime.timedelta(days=30))


class PaymentFactory(Saved):
    """All of it, on the day when it was due."""

    class Meta:
        model = Payment

    dues = factory.SubFactory(DuesFactory)
    amount = factory.LazyAttribute(lambda row: row.dues.amount)
    currency = factory.LazyAttribute(lambda row: row.dues.currency)
    day = factory.LazyAttribute(lambda row: row.dues.due_on)


class DelegationFactory(Saved):
    class Meta:
        model = Delegation

    committee = factory.SubFactory(CommitteeFactory)
    person = factory.SubFactory(PersonFactory)
    since = datetime.date(2026, 1, 1)


class ApplicationFactory(Saved):
    class Meta:
        model = Application

    city_name = factory.Sequence(lambda n: f"Ciudad nueva {n}")
    country = "MX"
    name = "Lucía Prueba"
    email = factory.Sequence(lambda n: f"city{n}@example.org")
    why = "Nos escriben de Texas."
    language = "es"
    wording_version = "2026-1"


def the_rule(**columns) -> DuesRule:
    """The one row with the days of the dues."""
    return DuesRule.objects.update_or_create(pk=1, defaults=columns)[0]


MADE = {
    "affiliation": AffiliationFactory,
    "application": ApplicationFactory,
    "delegation": DelegationFactory,
    "dues": DuesFactory,
    "duesrate": DuesRateFactory,
    "duesrule": the_rule,
    "payment": PaymentFactory,
}
"""By model: one row, as tests/test_admin.py wants it."""


class DuesRuleFactory(Saved):
    class Meta:
        model = DuesRule
