"""Merging two records of one person, and two again."""

import datetime

import pytest
from django.utils import timezone

from committees.models import Consent, Invitation, Membership, Person
from committees.people.erasing import erase
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Refused
from sistercities.models import Merge
from tests import factories as make
from tests.mailfactories import OutgoingMailFactory
from tests.relationships.office.standing import differences, rows

pytestmark = pytest.mark.django_db
KIND = kinds.kind_of(Person)
Day = datetime.date


def merge(kept, gone, **more) -> Merge:
    more = {"by": None, "reason": "The same person twice", **more}
    return acting.merge(KIND, kept.pk, gone.pk, **more)


@pytest.fixture
def both() -> tuple[Person, Person]:
    """Somebody who was entered twice at one committee, and once at another."""
    kept = make.PersonFactory(name="Ana Ruiz", phone="")
    gone = make.PersonFactory(name="Ana Ruíz Díaz", phone="871", user=make.UserFactory())
    here, there = make.CommitteeFactory(), make.CommitteeFactory()
    inviter = make.UserFactory(staff=True)
    for person in (kept, gone):
        make.MembershipFactory(person=person, committee=here)
        make.ConsentFactory(person=person, committee=here)
        make.OfficeTermFactory(
            person=person, committee=here, office=make.OfficeFactory(is_exclusive=False)
        )
        Invitation.objects.create(
            person=person, committee=here, email=person.email, invited_by=inviter
        )
    make.MembershipFactory(person=gone, committee=there)
    make.JoinRequestFactory(committee=there, person=gone)
    OutgoingMailFactory(person_key=f"person-{gone.pk}")
    return kept, gone


def test_undoing_leaves_the_database_exactly_as_it_was(both):
    before = rows()
    record = merge(*both)
    assert differences(before, rows()) != {}
    acting.undo(record, by=None, reason="Mother and daughter")
    assert differences(before, rows()) == {}


def test_everything_of_the_person_goes_over_and_the_login_with_it(both):
    kept, gone = both
    user = gone.user
    merge(kept, gone)
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    assert (kept.user, gone.user, gone.merged_into) == (user, None, kept)
    assert (kept.name, kept.phone) == ("Ana Ruíz Díaz", "871")
    assert (kept.memberships.count(), kept.terms.count(), kept.join_requests.count()) == (2, 2, 1)
    assert Invitation.objects.open().filter(person=gone).count() == 0


def test_lists_of_people_show_the_person_once(both):
    kept, gone = both
    committee = Membership.objects.filter(person=kept).get().committee
    merge(kept, gone)
    assert list(Person.objects.for_committee(committee)) == [kept]
    people = [one.person for one in Membership.objects.for_committee(committee)]
    assert people == [kept]
    assert list(Person.objects.public()) == [kept]


def test_people_who_both_have_a_login_are_not_merged():
    one, other = (make.PersonFactory(user=make.UserFactory()) for _ in range(2))
    with pytest.raises(Refused, match=r"login|acceso"):
        merge(one, other)
    assert Merge.objects.count() == 0


def test_a_person_who_was_erased_is_not_merged():
    gone = make.PersonFactory(erased_at=timezone.now())
    with pytest.raises(Refused):
        merge(make.PersonFactory(), gone)


@pytest.mark.parametrize("withdrawn_by", ["kept", "gone"])
def test_the_last_word_about_a_consent_counts(withdrawn_by):
    committee = make.CommitteeFactory()
    people = {"kept": make.PersonFactory(), "gone": make.PersonFactory()}
    for name, person in people.items():
        ended = Day(2025, 5, 1) if name == withdrawn_by else None
        make.ConsentFactory(
            person=person, committee=committee, given_on=Day(2024, 1, 1), withdrawn_on=ended
        )
    merge(people["kept"], people["gone"])
    assert not Consent.objects.in_force().exists()


def test_erasing_the_person_empties_the_other_record_and_the_record_of_the_merge(both):
    kept, gone = both
    record = merge(kept, gone)
    erase(kept)
    gone.refresh_from_db()
    record.refresh_from_db()
    assert (gone.email, gone.phone, gone.erased_at is None) == ("", "", False)
    assert "Ana" not in str([record.writes, record.kept_name, record.gone_name])
    with pytest.raises(Refused):
        acting.undo(record, by=None, reason="Back")
