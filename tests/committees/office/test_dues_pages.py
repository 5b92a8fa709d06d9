"""The office's pages of dues: preview and charge, payments, receipts, waivers, the roll, queues."""

import datetime
import re
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.dues import charging
from committees.models import Dues, Payment
from sistercities.admin.groups import keep_in_step
from tests.committees.desk.forms import fields_of, send
from tests.duesfactories import (
    AffiliationFactory,
    ApplicationFactory,
    AssociationFactory,
    DelegationFactory,
    DuesFactory,
    DuesRateFactory,
    PaymentFactory,
)
from tests.factories import CityFactory, CommitteeFactory, UserFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Day = datetime.date


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def in_group(name: str) -> Client:
    keep_in_step()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def treasurer():
    return in_group("treasurer")


def page(name: str, *args) -> str:
    return reverse(f"admin:committees_{name}", args=args)


def read(response) -> str:
    """The words of a page."""
    assert response.status_code == 200, response.status_code
    text = re.sub(r"<[^>]+>", " ", response.content.decode().partition('id="content"')[2])
    return " ".join(text.replace("\xa0", " ").split())


def a_member(association, **columns):
    city = CityFactory(population=30_000)
    return AffiliationFactory(
        committee=CommitteeFactory(cities=[city]), association=association, **columns
    )


def preview(client, of, **more):
    asked = {"association": of.pk, "year": 2027} | more
    return client.get(page("dues_charge"), asked)


def test_a_year_is_charged_after_a_preview_and_a_second_press_changes_nothing(treasurer):
    DuesRateFactory(population_from=0, amount=1500)
    association = AssociationFactory()
    member, honoured = a_member(association), a_member(association, kind="honorary")
    shown = preview(treasurer, association)
    words = read(shown)
    assert f"{member.committee.name} Voting 30,000" in words
    assert f"{honoured.committee.name} Honorary Honorary: pays nothing" in words
    assert "1 committee: 1,500 MXN" in words
    assert not Dues.objects.exists()
    sent = fields_of(shown.content.decode())
    first = treasurer.post(page("dues_charge"), sent)
    again = treasurer.post(page("dues_charge"), sent)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url == page("dues_changelist") + "?year=2027"
    assert "of 2027 were charged to 1 committee." in str(treasurer.get(first.url).content)
    dues = Dues.objects.get()
    assert (dues.affiliation, dues.amount, dues.due_on) == (member, 1500, Day(2027, 1, 1))
    assert "Nobody is left to charge." in read(preview(treasurer, association))


def test_who_presses_after_somebody_else_charged_sees_the_plan_as_it_is_now(treasurer):
    DuesRateFactory(population_from=0)
    association = AssociationFactory()
    a_member(association)
    sent = fields_of(preview(treasurer, association).content.decode())
    late = a_member(association)
    answer = read(treasurer.post(page("dues_charge"), sent))
    assert "Something changed since the preview." in answer and late.committee.name in answer
    assert not Dues.objects.exists()
    without = {name: value for name, value in sent.items() if name != "seen"}
    assert "Look at the preview first." in read(treasurer.post(page("dues_charge"), without))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"year": "soon"}, "Write the year, such as 2027."),
        ({"year": "99999999999"}, "less than or equal to 2200"),
        ({"last_day": "2026-12-01"}, "cannot come before the day it is due"),
        ({"association": "999"}, "Select a valid choice"),
    ],
)
def test_a_preview_of_nonsense_says_what_is_wrong(treasurer, asked, sentence):
    answer = preview(treasurer, AssociationFactory(), **asked)
    assert sentence in read(answer) and answer.context["plan"] is None


def test_a_preview_costs_the_same_with_one_member_as_with_three(treasurer):
    association = AssociationFactory()
    DuesRateFactory(population_from=0)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert preview(treasurer, association).status_code == 200
        return len(queries)

    a_member(association)
    one = asked()
    a_member(association), a_member(association)
    assert asked() == one


def test_a_payment_is_recorded_prints_its_receipt_and_is_taken_back(treasurer):
    dues = DuesFactory()
    answer = send(treasurer, page("dues_pay", dues.pk), reference="SPEI 123", amount="1000.00")
    assert answer.url == page("dues_change", dues.pk)
    payment = Payment.objects.get()
    assert (payment.amount, payment.currency, payment.reference) == (1000, "MXN", "SPEI 123")
    receipt = read(treasurer.get(page("payment_receipt", payment.pk)))
    assert f"Receipt number {payment.pk}" in receipt and "1,000 MXN" in receipt
    assert dues.affiliation.committee.name in receipt and "void" not in receipt
    refused = send(treasurer, page("payment_takeback", payment.pk))
    assert "Write the reason." in read(refused)
    send(treasurer, page("payment_takeback", payment.pk), reason="Entered twice")
    assert sum(one.amount for one in Payment.objects.all()) == 0
    assert "the receipt is void" in read(treasurer.get(page("payment_receipt", payment.pk)))
    assert "taken back already" in read(
        send(treasurer, page("payment_takeback", payment.pk), reason="Again")
    )
    said = " ".join(LogEntry.objects.values_list("change_message", flat=True))
    assert "Payment recorded: 1,000" in said and "Entered twice" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "much"}, "Write the amount in figures"),
        ({"amount": "9" * 30}, "no more than 12 digits"),
        ({"amount": "-5"}, "A payment is more than nothing."),
        ({"amount": "NaN"}, "Write the amount in figures"),
        ({"currency": "usd"}, "These dues are in MXN"),
        ({"day": "2999-01-01"}, "This day is still to come."),
        ({"day": "yesterday"}, "Write the date as 2026-05-14."),
    ],
)
def test_a_payment_typed_wrong_says_why_and_keeps_what_was_typed(treasurer, typed, sentence):
    dues = DuesFactory()
    answer = send(treasurer, page("dues_pay", dues.pk), reference="KEPT", **typed)
    assert sentence in read(answer)
    assert 'value="KEPT"' in answer.content.decode()
    assert not Payment.objects.exists()


def test_dues_are_waived_and_owed_again_with_a_reason(treasurer):
    dues = DuesFactory()
    send(treasurer, page("dues_waive", dues.pk), reason="Hurricane")
    dues.refresh_from_db()
    assert (dues.waived_on, dues.waived_because) == (timezone.localdate(), "Hurricane")
    assert "Record a payment" not in read(treasurer.get(page("dues_change", dues.pk)))
    send(treasurer, page("dues_unwaive", dues.pk), reason="Mistaken")
    dues.refresh_from_db()
    assert dues.waived_on is None


def test_the_action_waives_and_says_what_it_skipped(treasurer):
    open_ones, paid = [DuesFactory(), DuesFactory()], PaymentFactory().dues
    sent = {
        "action": "waive",
        "_selected_action": [one.pk for one in (*open_ones, paid)],
        "change_reason": "Flood of 2026",
    }
    answer = treasurer.post(page("dues_changelist"), sent, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said == [f"Not waived: {paid}. These dues are paid.", "2 were waived."]
    assert Dues.objects.filter(waived_because="Flood of 2026").count() == 2
    answer = treasurer.post(page("dues_changelist"), sent | {"change_reason": ""}, follow=True)
    assert "write the reason first" in str(next(iter(answer.context["messages"])))


def test_dues_are_not_changed_below_what_was_paid_nor_in_their_currency(treasurer):
    payment = PaymentFactory()
    url = page("dues_change", payment.dues_id)
    form = treasurer.get(url).context["adminform"].form.__class__
    given = {
        "amount": "100",
        "currency": "USD",
        "due_on": "2026-01-01",
        "last_day": "2026-01-31",
        "change_reason": "x",
    }
    errors = form(given, instance=payment.dues).errors
    assert set(errors) == {"amount", "currency"}


def test_the_roll_shows_standing_votes_and_delegates_of_any_day(treasurer):
    association = AssociationFactory()
    good, bad = (AffiliationFactory(association=association) for _one in "12")
    PaymentFactory(dues=DuesFactory(affiliation=good, year=2027))
    DuesFactory(affiliation=bad, year=2027)
    delegate = DelegationFactory(committee=good.committee)
    asked = {"association": association.pk, "on": "2027-02-01"}
    answer = treasurer.get(page("affiliation_roll"), asked)
    words = read(answer)
    assert "In good standing: 1 · Delinquent: 1 · No dues known: 0 · Votes: 1" in words
    assert delegate.person.name in words and answer.context["roll"].votes == 1
    assert f"{bad.committee.name} Voting" in words
    early = read(treasurer.get(page("affiliation_roll"), asked | {"on": "2019-01-01"}))
    assert "No committee belonged to it on that day." in early
    assert (
        treasurer.get(page("affiliation_roll"), {"on": "x", "association": "0"}).status_code == 200
    )


ACTS = {
    "treasurer": {"dues_charge", "dues_pay", "dues_waive", "dues_unwaive", "payment_takeback"},
    "registrar": set(),
    "reviewer": set(),
}
SIGHTS = {"payment_receipt", "affiliation_roll"}
DECISIONS = {"application_accredit", "application_refuse", "application_withdraw"}


@pytest.mark.parametrize("group", ACTS)
def test_each_group_opens_the_pages_of_its_work_only(group):
    client = in_group(group)
    payment, application = PaymentFactory(), ApplicationFactory()
    numbers = {"dues": payment.dues_id, "payment": payment.pk, "application": application.pk}
    allowed = SIGHTS | ACTS[group] | (DECISIONS if group != "reviewer" else set())
    opened = set()
    for name in SIGHTS | ACTS["treasurer"] | DECISIONS:
        plain = name in ("dues_charge", "affiliation_roll")
        url = page(name) if plain else page(name, numbers[name.partition("_")[0]])
        status = client.get(url).status_code
        assert status in (200, 403), (name, status)
        if status == 200:
            opened.add(name)
        else:
            assert client.post(url, {"reason": "x"}).status_code == 403
        assert Client().get(url).status_code == 302
    assert opened == allowed


def test_dues_that_are_due_and_overdue_stand_in_two_queues_by_months(treasurer):
    today = timezone.localdate()

    def made(due: int, late: int):
        days = [today - datetime.timedelta(days=ago) for ago in (due, late)]
        return DuesFactory(due_on=days[0], last_day=days[1])

    due, long_due = made(0, -30), made(40, 0)
    late, long_late = made(60, 1), made(200, 150)
    PaymentFactory(dues=made(90, 60))
    made(-1, -31)
    asked = {
        "dues-due": [(due, "month"), (long_due, "quarter")],
        "dues-overdue": [(late, "month"), (long_late, "longer")],
    }
    lines = {one.queue.key: one for one in treasurer.get("/admin/").context["lines"]}
    for key, expected in asked.items():
        assert lines[key].count == len(expected)
        for row, age in expected:
            url = lines[key].queue.url(age)
            assert list(treasurer.get(url).context["cl"].result_list) == [row]


@pytest.mark.parametrize("number", [10**6, 2**63, 10**30])
def test_a_number_that_nobody_has_is_not_found(treasurer, number):
    for name in ("dues_pay", "payment_receipt", "application_refuse"):
        assert treasurer.get(page(name, number)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_charge_a_year_at_once_one_does():
    DuesRateFactory(population_from=0)
    association, by = AssociationFactory(), UserFactory()
    for _one in range(3):
        a_member(association)
    charged = at_once(2, lambda _n: len(charging.charge(association, 2027, by=by).charges))
    assert sorted(charged) == [0, 3]
    assert Dues.objects.count() == 3
    assert Dues.history.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_payments_at_once_no_more_than_is_owed_is_kept():
    from django.core.exceptions import ValidationError

    from committees.dues import paying

    dues, by = DuesFactory(), UserFactory()
    given = {"amount": Decimal(1000), "currency": "MXN", "day": Day(2026, 1, 5), "by": by}
    results = at_once(2, lambda _n: paying.record(dues, method="cash", **given))
    assert sorted(type(one) for one in results if isinstance(one, ValidationError)) == [
        ValidationError
    ]
    assert dues.paid_until() == 1000
