"""Merging committees with one row of everything at each, and the database exactly as before when
undone."""

import datetime

import pytest
from django.utils import timezone

from committees.findable import refresh_committees
from committees.models import Committee, Membership, OfficeTerm
from relationships.checking import differences as faults
from relationships.models import TieCommittee
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Refused
from sistercities.models import Attachment, Draft, Merge
from tests import factories as make
from tests.relationships.office.standing import differences, rows
from tests.site.rights.houses import House

pytestmark = pytest.mark.django_db
KIND = kinds.kind_of(Committee)
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


def merge(kept, gone, **more) -> Merge:
    more = {"by": None, "reason": "The same committee twice", **more}
    return acting.merge(KIND, kept.pk, gone.pk, **more)


@pytest.fixture
def houses() -> tuple[House, House]:
    """A and B, both of the same city, with one person who belongs to both."""
    a, b = House("A"), House("B")
    make.CommitteeCityFactory(committee=b.committee, city=a.city)
    person = make.PersonFactory()
    for house, year in ((a, 2015), (b, 2009)):
        since = datetime.date(year, 1, 1)
        make.MembershipFactory(person=person, committee=house.committee, since=since)
        make.ConsentFactory(person=person, committee=house.committee)
        make.ProgrammeFactory(committee=house.committee, year=1999)
    refresh_committees([a.committee.pk, b.committee.pk])
    return a, b


def test_undoing_leaves_the_database_exactly_as_it_was(houses):
    a, b = houses
    before, known = rows(), set(faults())
    record = merge(a.committee, b.committee)
    assert set(faults()) - known == set()
    assert differences(before, rows()) != {}
    acting.undo(record, by=None, reason="Two committees after all")
    assert differences(before, rows()) == {}


def test_everything_of_the_committee_goes_over(houses):
    a, b = houses
    kept, gone = a.committee, b.committee
    before = {name: getattr(gone, name).count() for name in ("news", "photos", "threads", "terms")}
    ours = {name: getattr(kept, name).count() for name in before}
    merge(kept, gone)
    gone = Committee.objects.get(pk=gone.pk)
    assert (gone.review, gone.merged_into) == (Committee.Review.MERGED, kept)
    for name, count in before.items():
        assert getattr(gone, name).count() == 0, name
        assert getattr(kept, name).count() == ours[name] + count, name
    for model in (Draft, Attachment):
        assert not model.objects.filter(owner=gone.pk).exists()
    assert set(kept.cities.all()) == {a.city, b.city}


def test_who_belonged_to_both_belongs_once_since_the_earlier_day(houses):
    a, b = houses
    merge(a.committee, b.committee)
    both = Membership.objects.get(committee=a.committee, since=datetime.date(2009, 1, 1))
    assert both.until is None
    other = Membership.objects.get(committee=b.committee)
    assert (other.person, other.until) == (both.person, YESTERDAY)


def test_two_holders_of_an_exclusive_office_on_one_day_stand_in_the_way():
    office = make.OfficeFactory(is_exclusive=True)
    one, other = (make.OfficeTermFactory(office=office) for _ in range(2))
    with pytest.raises(Refused, match=str(one.person)):
        merge(one.committee, other.committee)
    OfficeTerm.objects.filter(pk=other.pk).update(ends=datetime.date(2020, 6, 1))
    OfficeTerm.objects.filter(pk=one.pk).update(begins=datetime.date(2020, 6, 2))
    merge(one.committee, other.committee)
    assert one.committee.terms.count() == 2


def test_one_person_in_one_office_of_both_holds_it_once():
    office, person = make.OfficeFactory(is_exclusive=True), make.PersonFactory()
    one, other = (make.OfficeTermFactory(office=office, person=person) for _ in range(2))
    merge(one.committee, other.committee)
    other.refresh_from_db()
    assert one.committee.terms.get() == one
    assert other.ends == YESTERDAY


def test_a_committee_that_nobody_sees_does_not_take_over_one_that_everybody_sees():
    draft = make.CommitteeFactory(review=Committee.Review.DRAFT)
    public = make.CommitteeFactory()
    with pytest.raises(Refused, match=draft.name):
        merge(draft, public)
    merge(public, draft)


def test_the_committee_of_a_single_tie_does_not_take_over_the_ties_of_a_city():
    single = make.TieCommitteeFactory().committee
    with pytest.raises(Refused, match=single.name):
        merge(single, make.CommitteeFactory())
    general = make.CommitteeFactory()
    merge(general, single)
    assert not TieCommittee.objects.filter(committee=general).exists()


def test_the_old_address_leads_to_the_committee_that_stays(client):
    kept, gone = make.CommitteeFactory(), make.CommitteeFactory()
    record = merge(kept, gone)
    assert kept.slug in client.get(f"/es/comites/{gone.slug}/")["Location"]
    assert kept.slug in client.get(f"/c/{gone.slug}")["Location"]
    acting.undo(record, by=None, reason="Back")
    assert client.get(f"/es/comites/{gone.slug}/").status_code == 200
