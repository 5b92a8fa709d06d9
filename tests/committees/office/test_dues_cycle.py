"""The dues of a year: charged before it begins, due on its first day, delinquent from February,
mended by a payment; standing, votes and the roll on any day."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from committees.dues import charging, paying
from committees.dues.roll import roll
from committees.models import Committee, Dues, DuesRate, Payment
from committees.models.affiliation import standing_of
from tests.duesfactories import (
    AffiliationFactory,
    AssociationFactory,
    DuesFactory,
    DuesRateFactory,
    PaymentFactory,
    the_rule,
)
from tests.factories import CityFactory, CommitteeFactory, UserFactory

pytestmark = pytest.mark.django_db
Day = datetime.date


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def association():
    return AssociationFactory()


@pytest.fixture
def treasurer():
    return UserFactory(staff=True)


def member(association, *, population=30_000, **columns):
    city = CityFactory(population=population)
    return AffiliationFactory(
        committee=CommitteeFactory(cities=[city]), association=association, **columns
    )


def table(*lines):
    """The dues table: (class, population, amount, year)."""
    for kind, population, amount, year in lines:
        DuesRateFactory(kind=kind, population_from=population, amount=amount, valid_from=year)


def standings(row, *days):
    return [standing_of(row.committee, day) for day in days]


def voters(day) -> set[int]:
    return set(Committee.objects.with_vote(day).values_list("pk", flat=True))


def test_the_cycle_of_the_dues_over_the_end_of_a_year(association, treasurer):
    table(("voting", 0, 1000, 2020), ("voting", 20_000, 1500, 2020), ("associate", 0, 500, 2020))
    town, city = member(association, population=8_000), member(association)
    friend = member(association, kind="associate")
    honoured = member(association, kind="honorary")
    everybody = (town, city, friend, honoured)
    for row in (town, city, friend):
        PaymentFactory(dues=DuesFactory(affiliation=row, year=2026))
    # December 2026: charged for 2027.
    plan = charging.plan(association, 2027)
    seen = {one.affiliation.pk: (one.rate.amount, one.due_on, one.last_day) for one in plan.charges}
    days = (Day(2027, 1, 1), Day(2027, 1, 31))
    assert seen == {
        town.pk: (Decimal(1000), *days),
        city.pk: (Decimal(1500), *days),
        friend.pk: (Decimal(500), *days),
    }
    assert [(one.affiliation, one.why) for one in plan.skipped] == [
        (honoured, "Honorary: pays nothing")
    ]
    charging.charge(association, 2027, by=treasurer, seen=plan.fingerprint)
    assert Dues.objects.filter(year=2027).count() == 3
    # Nobody is delinquent before February, everybody who owes is from its first day.
    for day in (Day(2026, 12, 31), Day(2027, 1, 1), Day(2027, 1, 31)):
        assert [standing_of(row.committee, day) for row in everybody] == ["good"] * 4
        assert voters(day) == {town.committee_id, city.committee_id}
    paid = {"currency": "MXN", "method": "transfer", "by": treasurer}
    dues = {one.affiliation_id: one for one in Dues.objects.filter(year=2027)}
    paying.record(dues[city.pk], amount=Decimal(1500), day=Day(2027, 1, 20), **paid)
    assert [standing_of(row.committee, Day(2027, 2, 1)) for row in everybody] == [
        *("delinquent", "good", "delinquent", "good")
    ]
    assert voters(Day(2027, 2, 1)) == {city.committee_id}
    # A part is not enough; the rest mends it from its day on, and not before.
    paying.record(dues[town.pk], amount=Decimal("333.33"), day=Day(2027, 2, 10), **paid)
    paying.record(dues[town.pk], amount=Decimal("666.67"), day=Day(2027, 3, 5), **paid)
    around = (Day(2027, 2, 10), Day(2027, 3, 4), Day(2027, 3, 5))
    assert standings(town, *around) == ["delinquent", "delinquent", "good"]
    before, after = roll(association, Day(2027, 3, 4)), roll(association, Day(2027, 3, 5))
    assert (before.votes, after.votes) == (1, 2)
    assert [count for _words, count in after.by_standing] == [3, 1, 0]
    assert voters(Day(2027, 3, 5)) == {town.committee_id, city.committee_id}
    # 2028 was not charged: the dues of 2027 count until the last day to pay those of 2028.
    assert standings(city, Day(2028, 1, 31), Day(2028, 2, 1)) == ["good", "unknown"]


def test_a_committee_has_one_vote_whatever_it_belonged_to_before(association):
    committee = CommitteeFactory()
    once = {"committee": committee, "association": association}
    AffiliationFactory(**once, since=Day(2010, 1, 1), until=Day(2020, 12, 31))
    now = AffiliationFactory(**once, since=Day(2021, 1, 1))
    for year in (2026, 2027):
        PaymentFactory(dues=DuesFactory(affiliation=now, year=year))
    on = Day(2027, 6, 1)
    assert Committee.objects.with_vote(on).filter(pk=committee.pk).count() == 1
    assert roll(association, on).votes == 1


def test_nobody_has_a_standing_outside_of_the_membership(association):
    row = AffiliationFactory(association=association, since=Day(2027, 1, 1), until=Day(2027, 6, 30))
    PaymentFactory(dues=DuesFactory(affiliation=row, year=2027))
    days = (Day(2026, 12, 31), Day(2027, 1, 1), Day(2027, 6, 30), Day(2027, 7, 1))
    assert standings(row, *days) == ["", "good", "good", ""]
    assert [row.committee_id in voters(day) for day in days] == [False, True, True, False]


def test_the_dues_of_another_association_do_not_count(association):
    state = AssociationFactory(level="state")
    row = AffiliationFactory(association=state)
    PaymentFactory(dues=DuesFactory(affiliation=row, year=2027))
    day = Day(2027, 5, 1)
    assert not Committee.objects.in_good_standing(day).exists()
    assert list(Committee.objects.in_good_standing(day, state)) == [row.committee]
    assert standing_of(row.committee, day, state) == "good"


def test_charging_again_charges_only_who_came_since(association, treasurer):
    table(("voting", 0, 1000, 2020))
    member(association)
    charging.charge(association, 2027, by=treasurer)
    late = member(association, since=Day(2027, 5, 10))
    plan = charging.charge(association, 2027, by=treasurer)
    assert [(one.affiliation, one.due_on, one.last_day) for one in plan.charges] == [
        (late, Day(2027, 5, 10), Day(2027, 6, 9))
    ]
    assert [one.is_charged for one in plan.skipped] == [True]
    assert standings(late, Day(2027, 6, 9), Day(2027, 6, 10)) == ["good", "delinquent"]
    assert {one.history.get().history_user for one in Dues.objects.all()} == {treasurer}


def test_a_plan_is_charged_as_it_was_seen_or_not_at_all(association, treasurer):
    table(("voting", 0, 1000, 2020))
    member(association)
    seen = charging.plan(association, 2027).fingerprint
    DuesRate.objects.update(amount=1200)
    with pytest.raises(charging.PlanChanged):
        charging.charge(association, 2027, by=treasurer, seen=seen)
    assert not Dues.objects.exists()


def test_who_is_not_charged_is_told_with_the_reason(association):
    table(("voting", 0, 1000, 2020), ("voting", 50_000, 2000, 2020), ("associate", 10, 500, 2028))
    unknown = member(association, population=0)
    associate = member(association, kind="associate")
    left = member(association, until=Day(2026, 12, 31))
    later = member(association, since=Day(2028, 1, 1))
    plan = charging.plan(association, 2027)
    assert {one.affiliation: one.why for one in plan.skipped} == {
        unknown: "The population of its city is not known",
        associate: "The dues table has no line for this class in 2027",
    }
    assert not {left, later} & {one.affiliation for one in plan.charges}


def test_the_lines_of_a_newer_year_replace_the_table_of_their_class(association):
    table(("voting", 0, 1000, 2020), ("voting", 50_000, 2000, 2020), ("voting", 0, 1100, 2028))
    row = member(association, population=90_000)
    amounts = [charging.plan(association, year).charges[0].rate.amount for year in (2027, 2028)]
    assert amounts == [2000, 1100]
    assert charging.plan(association, 2028).charges[0].affiliation == row


def test_the_days_are_a_setting(association):
    table(("voting", 0, 1000, 2020))
    member(association)
    the_rule(due_month=3, due_day=1, last_month=4, last_day=15)
    charge = charging.plan(association, 2027).charges[0]
    assert (charge.due_on, charge.last_day) == (Day(2027, 3, 1), Day(2027, 4, 15))
    with pytest.raises(ValidationError, match="Write days that every year has"):
        the_rule(due_month=2, due_day=30).full_clean()
    with pytest.raises(ValidationError, match="cannot come before"):
        the_rule(due_month=5, due_day=1).full_clean()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"currency": "USD"}, "These dues are in MXN"),
        ({"amount": Decimal("1500.01")}, "is owed. Record no more than that"),
        ({"amount": Decimal(0)}, "A payment is more than nothing"),
        ({"method": "barter"}, "not a valid choice"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_in_words(treasurer, given, sentence):
    right = {
        "amount": Decimal(1500),
        "currency": "MXN",
        "day": Day(2027, 1, 5),
        "method": "transfer",
    }
    with pytest.raises(ValidationError) as refused:
        paying.record(DuesFactory(), **right | given, by=treasurer)
    assert sentence in " ".join(refused.value.messages)
    assert not Payment.objects.exists()


def test_a_payment_is_taken_back_once_by_a_counter_entry_and_owed_again(treasurer):
    dues = DuesFactory(year=2027)
    payment = PaymentFactory(dues=dues, day=Day(2027, 1, 10))
    counter = paying.take_back(payment, reason="No funds", by=treasurer, day=Day(2027, 2, 20))
    assert (counter.amount, counter.takes_back, counter.reason) == (-1500, payment, "No funds")
    committee = dues.affiliation.committee
    assert [standing_of(committee, day) for day in (Day(2027, 2, 19), Day(2027, 2, 20))] == [
        *("good", "delinquent")
    ]
    for row in (payment, counter):
        with pytest.raises(ValidationError):
            paying.take_back(row, reason="Again", by=treasurer)
    assert Payment.objects.count() == 2


def test_waived_dues_are_not_owed_and_may_be_owed_again(treasurer):
    dues = DuesFactory(year=2027)
    committee, day = dues.affiliation.committee, Day(2027, 3, 1)
    assert standing_of(committee, day) == "delinquent"
    paying.waive(dues, reason="Flood", by=treasurer, on=Day(2027, 2, 15))
    assert standing_of(committee, day) == "good"
    assert standing_of(committee, Day(2027, 2, 14)) == "delinquent"
    with pytest.raises(ValidationError, match="waived"):
        paying.record(dues, amount=Decimal(1), currency="MXN", day=day, method="cash", by=treasurer)
    paying.take_waiver_back(dues, reason="Mistaken", by=treasurer)
    assert standing_of(committee, day) == "delinquent"
    reasons = dues.history.values_list("history_change_reason", flat=True)
    assert list(reasons)[:2] == ["Mistaken", "Flood"]


def test_the_database_itself_refuses_what_must_not_be(association):
    row = AffiliationFactory(association=association)
    same = {"committee": row.committee, "association": association}
    refused = (
        lambda: AffiliationFactory(**same, since=Day(2026, 1, 1)),
        lambda: AffiliationFactory(**same, since=Day(2019, 1, 1), until=Day(2020, 1, 1)),
        lambda: AffiliationFactory(committee=association, association=association),
        lambda: [DuesFactory(affiliation=row, year=2027) for _twice in "12"],
        lambda: PaymentFactory(dues=DuesFactory(affiliation=row, year=2028), amount=-5),
    )
    for work in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            work()


def test_the_roll_costs_the_same_whoever_belongs(association, django_assert_num_queries):
    for _one in range(3):
        DuesFactory(affiliation=member(association))
    with django_assert_num_queries(3):
        assert len(roll(association, Day(2027, 2, 1)).members) == 3
