"""Merging cities with all that hangs on them, and the database exactly as before when undone."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.findable import refresh_committees
from committees.models import City, CityName, Committee
from relationships.checking import differences as faults
from relationships.deriving import derive
from relationships.models import Confirmation, Tie, TieEvent
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Refused
from sistercities.merging.planning import Plan
from sistercities.models import Merge
from tests import factories as make
from tests.mailfactories import CorrectionFactory, InquiryFactory, SideContactFactory
from tests.relationships.office.standing import differences, hashed, rows

pytestmark = pytest.mark.django_db
KIND = kinds.kind_of(City)
DAY = datetime.date(2025, 3, 1)


class Scene:
    """Two records of one city, made first and last, and cities between them by number, so that a
    tie turns round when it goes over."""

    def __init__(self) -> None:
        self.kept = make.CityFactory(name="Gómez Palacio", about_es="", official_site="")
        self.third, self.fourth = make.CityFactory(american=True), make.CityFactory(american=True)
        self.gone = make.CityFactory(
            name="Ciudad Gómez Palacio", about_es="Junto al Nazas", wikidata_id="Q51701"
        )
        make.CityNameFactory(city=self.kept, name="Gomitos")
        make.CityNameFactory(city=self.gone, name="Gomitos")
        make.CityNameFactory(city=self.gone, name="Gomez Palacio Durango")
        make.CityFactory(parent=self.gone)
        self.committee = make.CommitteeFactory(cities=[self.kept, self.gone])
        make.CommitteeFactory(cities=[self.gone])
        self.old = make.TieFactory(city_a=self.kept, city_b=self.third)
        self.twin = make.TieFactory(
            city_a=self.gone, city_b=self.third, summary_es="Desde 1969", kind="friendship_city"
        )
        self.single = make.TieFactory(city_a=self.gone, city_b=self.fourth)
        for tie in (self.old, self.twin, self.single):
            fill(tie)
        refresh_committees(Committee.objects.values_list("pk", flat=True))
        derive()


def fill(tie: Tie) -> None:
    """One row of everything, each said by the side of the city with the lower number, and an
    answer of either side on one day."""
    event = make.TieEventFactory(tie=tie, entered_by="a")
    make.EvidenceFactory(tie=tie, event=event, entered_by="a")
    make.StatementFactory(tie=tie, said_by="a")
    inquiry = InquiryFactory(tie=tie, side="a", to="asked@example.org")
    for side in "ab":
        make.ConfirmationFactory(tie=tie, side=side, answered_on=DAY, inquiry=inquiry)
    CorrectionFactory(tie=tie, inquiry=inquiry)
    SideContactFactory(tie=tie, side="a", email="city@example.org")
    exchange = make.ExchangeFactory(tie=tie, direction="a_to_b", entered_by="a")
    make.DonationFactory(tie=tie, given_by="a", exchange=exchange)
    make.ObjectionFactory(exchange=exchange, side="b")
    make.ProgrammeFactory(tie=tie)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def staff():
    return make.UserFactory(staff=True)


def merge(kept, gone, **more) -> Merge:
    more = {"by": None, "reason": "The same city twice", **more}
    return acting.merge(KIND, kept.pk, gone.pk, **more)


def test_undoing_leaves_the_database_exactly_as_it_was(scene, staff):
    before = rows()
    record = merge(scene.kept, scene.gone, by=staff)
    assert differences(before, rows()) != {}
    acting.undo(record, by=staff, reason="Two cities after all")
    assert differences(before, rows()) == {}
    assert hashed(before) == hashed(rows())


def test_nothing_contradicts_itself_after_merging_nor_after_undoing(scene):
    known = {str(fault) for fault in faults()}
    record = merge(scene.kept, scene.gone)
    assert {str(fault) for fault in faults()} - known == set()
    acting.undo(record, by=None, reason="Back")
    assert {str(fault) for fault in faults()} - known == set()


def test_ties_go_over_and_turn_round_with_all_their_sides(scene):
    merge(scene.kept, scene.gone)
    tie = Tie.objects.get(pk=scene.single.pk)
    assert (tie.city_a, tie.city_b) == (scene.kept, scene.fourth)
    exchange, donation = tie.exchanges.get(), tie.donations.get()
    assert (exchange.direction, exchange.entered_by) == ("b_to_a", "b")
    assert (donation.given_by, exchange.objections.get().side) == ("b", "a")
    assert tie.statements.get().said_by == tie.side_contacts.get().side == "b"
    assert sorted(tie.confirmations.values_list("side", flat=True)) == ["a", "b"]


def test_two_ties_with_the_same_third_city_become_one(scene):
    merge(scene.kept, scene.gone)
    old, twin = Tie.objects.get(pk=scene.old.pk), Tie.objects.get(pk=scene.twin.pk)
    assert (twin.review, twin.merged_into) == (Tie.Review.MERGED, old)
    assert (old.summary_es, old.kind) == ("Desde 1969", "sister_city")
    assert old.events.count() == 2
    assert sorted(old.exchanges.values_list("direction", flat=True)) == ["a_to_b", "b_to_a"]
    # Both sides had answered both on one day: one answer of each is enough.
    assert old.confirmations.count() == 2
    assert Confirmation.objects.filter(tie=twin).count() == 2


def test_names_go_over_as_aliases_and_identifiers_change_hands(scene):
    merge(scene.kept, scene.gone)
    kept, gone = City.objects.get(pk=scene.kept.pk), City.objects.get(pk=scene.gone.pk)
    kinds_of = dict(kept.names.values_list("name", "kind"))
    assert kinds_of["Ciudad Gómez Palacio"] == CityName.Kind.ALIAS
    assert kinds_of["Gómez Palacio"] == CityName.Kind.OFFICIAL
    assert (kept.wikidata_id, gone.wikidata_id) == ("Q51701", None)
    assert kept.about_es == "Junto al Nazas"
    assert (gone.merged_into, gone.is_listed, kept.tie_count) == (kept, False, 2)


def test_a_chosen_value_is_kept(scene):
    known = {str(fault) for fault in faults()}
    merge(scene.kept, scene.gone, choices={"name": "gone", "wikidata_id": "kept"})
    kept = City.objects.get(pk=scene.kept.pk)
    assert (kept.name, kept.sort_name) == ("Ciudad Gómez Palacio", "ciudad gomez palacio")
    assert kept.wikidata_id is None
    assert {str(fault) for fault in faults()} - known == set()


def test_cities_that_are_tied_to_each_other_are_not_merged():
    tie = make.TieFactory()
    with pytest.raises(Refused, match=f"número {tie.pk}"):
        merge(tie.city_a, tie.city_b)
    Tie.objects.filter(pk=tie.pk).update(review=Tie.Review.REJECTED)
    merge(tie.city_a, tie.city_b)


def test_what_was_merged_is_not_merged_again():
    one, two, three = (make.CityFactory() for _ in range(3))
    merge(one, two)
    for pair in ((two, three), (three, two), (one, one)):
        with pytest.raises(Refused):
            merge(*pair)


def test_old_addresses_lead_to_the_city_and_the_tie_that_stay_and_back(client, scene):
    paths = {
        f"/c/{scene.gone.pk}": f"/es/ciudades/{scene.kept.slug}/",
        f"/es/ciudades/{scene.gone.slug}/": f"/es/ciudades/{scene.kept.slug}/",
        f"/t/{scene.twin.pk}": Tie.objects.get(pk=scene.old.pk).get_absolute_url(),
    }
    record = merge(scene.kept, scene.gone)
    for path, leads_to in paths.items():
        assert client.get(path)["Location"].endswith(leads_to), path
    acting.undo(record, by=None, reason="Back")
    assert client.get(f"/es/ciudades/{scene.gone.slug}/").status_code == 200
    assert scene.gone.slug in client.get(f"/c/{scene.gone.pk}")["Location"]


def test_what_was_changed_since_stands_in_the_way_of_undoing(scene):
    record = merge(scene.kept, scene.gone)
    City.objects.filter(pk=scene.kept.pk).update(about_es="Anders")
    with pytest.raises(Refused, match=r"ciudad .es."):
        acting.undo(record, by=None, reason="Back")
    assert Merge.objects.get().undone_at is None


def test_what_was_changed_elsewhere_since_stays(scene):
    event = scene.single.events.get()
    record = merge(scene.kept, scene.gone)
    TieEvent.objects.filter(pk=event.pk).update(place="Lerdo")
    City.objects.filter(pk=scene.kept.pk).update(government="Ayuntamiento")
    acting.undo(record, by=None, reason="Back")
    event.refresh_from_db()
    scene.kept.refresh_from_db()
    assert (event.place, scene.kept.government) == ("Lerdo", "Ayuntamiento")


def test_a_new_row_between_what_stays_and_what_would_go_back_stands_in_the_way(scene):
    event = scene.twin.events.get()
    record = merge(scene.kept, scene.gone)
    make.EvidenceFactory(tie=scene.old, event=event)
    with pytest.raises(Refused, match="se agregó después"):
        acting.undo(record, by=None, reason="Back")


def test_a_merge_is_undone_once(scene):
    record = merge(scene.kept, scene.gone)
    acting.undo(record, by=None, reason="Back")
    with pytest.raises(Refused, match="ya lo deshizo"):
        acting.undo(record, by=None, reason="Again")


def test_every_moved_row_says_in_its_history_who_merged_and_why(scene, staff):
    event = scene.single.events.get()
    merge(scene.kept, scene.gone, by=staff)
    for row in (scene.gone, scene.single, scene.single.exchanges.get(), scene.kept):
        last = type(row).history.filter(id=row.pk).latest()
        assert (last.history_change_reason, last.history_user) == ("The same city twice", staff)
    assert event.history.count() == 2  # made, and turned round


def test_planning_asks_as_often_for_three_rows_as_for_one():
    def asked() -> int:
        one, other = City.objects.get(pk=kept.pk), City.objects.get(pk=gone.pk)
        with CaptureQueriesContext(connection) as queries:
            plan = Plan(KIND, one, other, {})
        assert plan.refusals == []
        return len(queries)

    kept, gone = make.CityFactory(), make.CityFactory()

    def more() -> None:
        third = make.CityFactory(american=True)
        for city in (kept, gone):
            fill(make.TieFactory(city_a=city, city_b=third))
        fill(make.TieFactory(city_a=gone, city_b=make.CityFactory(american=True)))

    more()
    once = asked()
    more()
    more()
    assert asked() == once
