"""The desk's section about the association: standing, dues, receipts, delegates named by letter."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from committees import delegating
from committees.models import Delegation
from committees.models.delegation import delegates_of
from committees.todo import todos
from tests.committees.desk.forms import send
from tests.committees.desk.people import Desk
from tests.duesfactories import AffiliationFactory, DelegationFactory, DuesFactory, PaymentFactory
from tests.factories import CommitteeFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with override("en"):
        yield


@pytest.fixture
def desk():
    return Desk()


def a_letter() -> SimpleUploadedFile:
    return SimpleUploadedFile("carta.pdf", b"%PDF-1.4 letter", "application/pdf")


def in_english(desk, name: str, *numbers) -> str:
    response = desk.client.get(desk.url(name, *numbers))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_a_viewer_reads_class_standing_dues_and_payments():
    desk = Desk("viewer")
    today = timezone.localdate()
    row = AffiliationFactory(committee=desk.committee)
    due = {"due_on": today - 60 * DAY, "last_day": today - 30 * DAY}
    dues = DuesFactory(affiliation=row, year=today.year, **due)
    payment = PaymentFactory(dues=dues, amount=500, reference="SPEI 9")
    text = in_english(desk, "membership")
    for words in ("Voting", "Delinquent", "1,500 MXN", "1,000 MXN", "overdue", "SPEI 9"):
        assert words in text
    assert row.association.name in text and "it has no vote until" in text
    assert desk.url("receipt", payment.pk) in text
    assert "Name by letter" not in text
    receipt = in_english(desk, "receipt", payment.pk)
    assert "500 MXN" in receipt and desk.committee.name in receipt


def test_a_committee_outside_of_the_association_is_told_how_to_come_in(desk):
    assert "does not belong to an association yet" in in_english(desk, "membership")


def test_the_page_costs_the_same_with_one_year_as_with_three(desk):
    row = AffiliationFactory(committee=desk.committee)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            in_english(desk, "membership")
        return len(queries)

    PaymentFactory(dues=DuesFactory(affiliation=row, year=2024))
    DelegationFactory(committee=desk.committee)
    one = asked()
    for year in (2025, 2026):
        PaymentFactory(dues=DuesFactory(affiliation=row, year=year))
    DelegationFactory(committee=desk.committee, role="alternate")
    assert asked() == one


def test_the_receipt_and_the_delegates_of_another_committee_are_not_found(desk):
    payment, other = PaymentFactory(), DelegationFactory()
    for name, number in (
        ("receipt", payment.pk),
        ("receipt", 10**30),
        ("delegate-end", other.pk),
        ("delegate-add", other.person_id),
    ):
        assert desk.get(name, number).status_code == 404


def test_the_to_do_list_says_what_is_due_and_what_is_overdue(desk):
    today = datetime.date(2027, 1, 10)
    row = AffiliationFactory(committee=desk.committee)
    DelegationFactory(committee=desk.committee)
    dues = DuesFactory(affiliation=row, year=2027)

    def lines(day) -> list[tuple]:
        found = [one for one in todos(desk.committee, day, "viewer") if "2027" in one.text]
        return [(one.text.replace("\xa0", " "), one.due) for one in found]

    assert lines(datetime.date(2026, 12, 31)) == []
    last = datetime.date(2027, 1, 31)
    assert lines(today) == [("Pay the dues of 2027 to the association: 1,500 MXN", last)]
    overdue = "Pay the overdue dues of 2027: the committee has no vote until then"
    assert lines(datetime.date(2027, 2, 1)) == [(overdue, last)]
    PaymentFactory(dues=dues, day=today)
    assert lines(datetime.date(2027, 2, 1)) == []


def test_a_committee_with_a_vote_is_asked_to_name_its_delegate_by_its_coordinator(desk):
    AffiliationFactory(committee=desk.committee)
    text = "Name the committee's delegate to the association by letter"
    today = timezone.localdate()
    assert text in [one.text for one in todos(desk.committee, today, "coordinator")]
    assert text not in [one.text for one in todos(desk.committee, today, "editor")]
    DelegationFactory(committee=desk.committee)
    assert text not in [one.text for one in todos(desk.committee, today, "coordinator")]


def test_the_coordinator_names_a_delegate_by_a_letter_that_outsiders_do_not_read(desk):
    person = MembershipFactory(committee=desk.committee).person
    found = desk.get("people-choose", **{"for": "delegate"}).content.decode()
    assert desk.url("delegate-add", person.pk) in found
    refused = send(desk.client, desk.url("delegate-add", person.pk))
    assert "Choose a file." in refused.content.decode()
    answer = send(desk.client, desk.url("delegate-add", person.pk), letter=a_letter())
    assert answer.url == desk.url("membership")
    named = delegates_of(desk.committee)
    assert named["delegate"].person == person and "alternate" not in named
    letter = named["delegate"].letter
    assert letter.kept_at and not letter.is_public
    stranger, clerk, keeper = Client(), Client(), Client()
    clerk.force_login(UserFactory(is_staff=True))
    keeper.force_login(UserFactory(staff=True))
    statuses = []
    for client in (desk.client, keeper, Desk().client, stranger, clerk):
        response = client.get(letter.get_absolute_url())
        statuses.append(response.status_code)
        if response.streaming:
            list(response.streaming_content)  # closes the file
    assert statuses == [200, 200, 404, 404, 404]


def test_editors_and_viewers_name_nobody():
    for role in ("viewer", "editor"):
        desk = Desk(role)
        person = MembershipFactory(committee=desk.committee).person
        row = DelegationFactory(committee=desk.committee)
        assert desk.get("delegate-add", person.pk).status_code == 403
        assert desk.get("delegate-end", row.pk).status_code == 403


def test_a_new_letter_ends_the_one_before_and_leaves_the_other_role_alone():
    committee, by = CommitteeFactory(), UserFactory()
    first, second, third = (MembershipFactory(committee=committee).person for _one in "123")
    name = lambda person, role, day: delegating.name(  # noqa: E731
        committee, person, role, since=datetime.date(2026, day, 1), by=by
    )
    name(first, "delegate", 1), name(second, "alternate", 1), name(third, "delegate", 6)
    on = {
        month: {
            role: one.person
            for role, one in delegates_of(committee, datetime.date(2026, month, 1)).items()
        }
        for month in (5, 6)
    }
    assert on == {
        5: {"delegate": first, "alternate": second},
        6: {"delegate": third, "alternate": second},
    }
    assert Delegation.objects.get(person=first).until == datetime.date(2026, 5, 31)
    with pytest.raises(ValidationError, match="is named for some of these days"):
        name(first, "delegate", 2)
    with pytest.raises(ValidationError, match="are two people"):
        name(third, "alternate", 7)


def test_the_database_itself_keeps_one_delegate_at_a_time():
    row = DelegationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        DelegationFactory(committee=row.committee, since=row.since + 30 * DAY)
    DelegationFactory(committee=row.committee, role="alternate")


def test_a_delegate_ends_on_a_day_and_stays_on_record(desk):
    row = DelegationFactory(committee=desk.committee)
    early = send(desk.client, desk.url("delegate-end", row.pk), until="2020-01-01")
    assert "The last day cannot come before the first." in early.content.decode()
    send(desk.client, desk.url("delegate-end", row.pk), until=str(timezone.localdate() - DAY))
    assert delegates_of(desk.committee) == {}
    assert "Former delegates" in in_english(desk, "membership")
    assert desk.get("delegate-end", row.pk).status_code == 404
