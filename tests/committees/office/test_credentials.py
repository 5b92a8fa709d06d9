"""Who votes at a convention: one vote for each committee in good standing, by letter."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from committees.conventions import checking_in
from committees.conventions.credentials import Vote, close, first_day, list_of, read, set_aside
from committees.models import Credential, Credentials, Registration
from committees.people.erasing import NAME, erase
from sistercities.models.base import WrongState
from sistercities.partialdates import PartialDate
from tests.committees.office.conventions import DAY, member, opening_today
from tests.duesfactories import AffiliationFactory, PaymentFactory
from tests.factories import CommitteeFactory, PersonFactory, UserFactory
from tests.page_factories import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def convention():
    return opening_today()


def today():
    return timezone.localdate()


def only_line(convention, day=None):
    (line,) = list_of(convention, day or today()).lines
    return line


def test_the_delegate_votes_and_the_alternate_only_while_the_delegate_is_away(convention):
    durango = member()
    assert only_line(convention).vote == Vote.ABSENT
    durango.came(convention, "alternate")
    assert (only_line(convention).vote, only_line(convention).voter.person) == (
        Vote.ALTERNATE,
        durango.alternate,
    )
    delegate = durango.came(convention, "delegate")
    line = only_line(convention)
    assert (line.vote, line.voter.person) == (Vote.DELEGATE, durango.delegate)
    assert list_of(convention, today()).votes == 1
    checking_in.take_back(delegate, by=UserFactory(), reason="Left")
    assert only_line(convention).vote == Vote.ALTERNATE


def test_who_is_registered_and_not_there_has_no_vote(convention):
    durango = member()
    durango.registered(convention, "delegate")
    assert (only_line(convention).vote, list_of(convention, today()).votes) == (Vote.ABSENT, 0)


def test_a_committee_that_owes_has_no_vote_until_it_has_paid(convention):
    owing = member(paid=False)
    owing.came(convention, "delegate")
    line = only_line(convention)
    assert (line.vote, line.is_in_good_standing, line.has_vote) == (Vote.OWING, False, False)
    PaymentFactory(dues=owing.affiliation.dues.earliest("year"), day=today())
    assert only_line(convention).vote == Vote.DELEGATE


def test_without_a_letter_nobody_votes_whatever_they_are_registered_as(convention):
    unnamed = member(named=False)
    unnamed.came(convention, "delegate")
    assert only_line(convention).vote == Vote.UNNAMED


def test_a_class_without_a_vote_has_none_and_is_no_part_of_the_quorum(convention):
    honorary = member(kind="honorary")
    honorary.came(convention, "delegate")
    found = list_of(convention, today())
    assert (found.lines[0].vote, found.quorum, found.votes) == (Vote.VOICE, 0, 0)
    assert not found.has_quorum


def test_somebody_else_does_not_vote_in_the_delegates_place(convention):
    durango = member()
    other = PersonFactory(name="Somebody Else")
    durango.came(convention, "delegate", person=other, name=other.name, email=other.email)
    assert only_line(convention).vote == Vote.ABSENT


def test_a_name_without_a_record_is_compared_with_the_letter(convention):
    durango = member()
    durango.delegate.name = "Ana Núñez"
    durango.delegate.save()
    durango.came(convention, "delegate", person=None, name="ana nunez", email="")
    assert only_line(convention).vote == Vote.DELEGATE


def test_a_delegate_of_another_committee_does_not_count(convention):
    durango, laguna = member("Durango"), member("Laguna")
    RegistrationFactory(
        convention=convention, committee=laguna.committee, person=durango.delegate, name="X"
    )
    checking_in.check_in(Registration.objects.get(), by=UserFactory())
    assert [line.vote for line in list_of(convention, today()).lines] == [Vote.ABSENT] * 2


def test_a_committee_at_no_association_and_one_of_another_are_not_in_the_list():
    national = AffiliationFactory().association
    convention = opening_today(association=national)
    member("Of another")
    CommitteeFactory(name="Of none")
    assert [line.committee.name for line in list_of(convention, today()).lines] == [
        national.affiliates.get().committee.name
    ]


def test_a_day_counts_who_had_come_by_its_end(convention):
    durango = member()
    row = durango.came(convention, "delegate")
    Registration.objects.filter(pk=row.pk).update(attended_at=timezone.now() + DAY)
    assert only_line(convention).vote == Vote.ABSENT
    assert only_line(convention, today() + DAY).vote == Vote.DELEGATE


def test_a_quorum_is_more_than_the_share_of_those_in_good_standing(convention):
    members = [member() for _number in range(3)]
    member(paid=False)
    found = list_of(convention, today())
    assert (found.quorum, found.with_vote, found.in_good_standing) == (2, 3, 3)
    members[0].came(convention, "delegate")
    assert not list_of(convention, today()).has_quorum
    members[1].came(convention, "alternate")
    assert list_of(convention, today()).has_quorum


@pytest.mark.parametrize(
    ("percent", "needed"), [(50, [0, 1, 2, 2, 3, 51]), (100, [0, 1, 2, 3, 4, 100])]
)
def test_the_quorum_in_numbers(convention, percent, needed):
    convention.quorum_percent = percent
    assert [convention.quorum_of(number) for number in (0, 1, 2, 3, 4, 100)] == needed


def test_two_delegates_of_one_committee_are_refused_by_the_form_and_by_the_database(convention):
    durango = member()
    durango.registered(convention, "delegate")
    second = Registration(
        convention=convention, committee=durango.committee, name="Another", capacity="delegate"
    )
    with pytest.raises(ValidationError, match="has a delegate at this convention already"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    Registration.objects.update(state=Registration.State.WITHDRAWN)
    second.save()


def test_a_closed_list_stays_whatever_happens_afterwards(convention):
    durango, owing = member("Durango"), member("Owing", paid=False)
    row = durango.came(convention, "delegate")
    name = durango.delegate.name
    clerk = UserFactory()
    closed = close(convention, today(), by=clerk)
    checking_in.take_back(row, by=clerk, reason="Left early")
    PaymentFactory(dues=owing.affiliation.dues.earliest("year"), day=today())
    durango.delegate.name = "Another Name"
    durango.delegate.save()
    member("Newcomer")
    found = list_of(convention, today())
    assert (found.closed, found.closed.closed_by, found.votes, found.quorum) == (
        *(closed, clerk, 1, 1),
    )
    assert [(one.committee.name, one.vote, one.delegate.name) for one in found.lines] == [
        ("Durango", Vote.DELEGATE, name),
        ("Owing", Vote.OWING, owing.delegate.name),
    ]
    assert len(list_of(convention, today() + DAY).lines) == 3


def test_a_day_is_closed_once_and_again_after_it_was_set_aside(convention):
    clerk = UserFactory()
    first = close(convention, today(), by=clerk)
    with pytest.raises(WrongState):
        close(convention, today(), by=clerk)
    set_aside(first, by=clerk, reason="Too early")
    with pytest.raises(WrongState):
        set_aside(first, by=clerk, reason="Again")
    member().came(convention, "delegate")
    second = close(convention, today(), by=clerk)
    assert (read(first).votes, read(second).votes) == (0, 1)
    assert list(Credentials.objects.filter(set_aside_at=None)) == [second]


def test_a_day_to_come_is_reckoned_with_the_dues_of_today_and_not_closed(convention):
    AffiliationFactory(kind="honorary")
    member()
    far = opening_today()
    far.begins = far.ends = PartialDate(today().year + 2)
    far.save()
    assert list_of(far, first_day(far)).in_good_standing == 2
    with pytest.raises(WrongState, match="not come yet"):
        close(far, first_day(far), by=UserFactory())


def test_the_database_holds_one_vote_and_none_for_who_owes(convention):
    durango = member()
    closed = close(convention, today(), by=UserFactory())
    row = {"credentials": closed, "committee": durango.committee, "is_in_good_standing": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(**row, vote=Vote.DELEGATE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.update(is_in_good_standing=False, vote=Vote.DELEGATE)


def test_somebody_who_was_erased_is_not_named_in_a_closed_list(convention):
    durango = member()
    durango.came(convention, "delegate")
    close(convention, today(), by=UserFactory())
    name, alternate = durango.delegate.name, durango.alternate.name
    erase(durango.delegate)
    line = only_line(convention)
    assert (line.vote, line.delegate.name, line.alternate.name) == (Vote.DELEGATE, NAME, alternate)
    assert not Registration.objects.filter(name=name).exists()
    assert not Registration.objects.exclude(sort_name="").exists()


def test_the_list_asks_as_often_with_three_committees_as_with_one(convention):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list_of(convention, today())
        return len(queries)

    member().came(convention, "delegate")
    one = asked()
    for _number in range(2):
        member().came(convention, "alternate")
    assert asked() == one
    close(convention, today(), by=UserFactory())
    assert asked() <= 3
