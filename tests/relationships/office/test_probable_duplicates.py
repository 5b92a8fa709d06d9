"""What may be in the registry twice: found, scored, explained, decided."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.models import City, Committee, Person
from relationships.models import Tie
from sistercities.merging import acting, kinds
from sistercities.merging.likeness import CROWD, Blocks, sentence_of
from sistercities.merging.suspecting import suspect
from sistercities.models import Duplicate
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client) -> Client:
    client.force_login(make.UserFactory(staff=True))
    return client


def found(model, since=None) -> dict[tuple[int, int], list[str]]:
    """The pairs that wait, each with the codes of its reasons."""
    suspect(kinds.kind_of(model), since)
    pairs = Duplicate.objects.open().filter(model=model._meta.label_lower)
    return {(pair.one, pair.other): [code for code, _ in pair.reasons] for pair in pairs}


def lerdo(**more) -> City:
    return make.CityFactory(**({"name": "Lerdo", "latitude": 25.53, "longitude": -103.52} | more))


def test_cities_of_one_name_close_to_each_other_are_suspected():
    one, other = lerdo(), lerdo(name="Lérdo", latitude=25.54)
    assert found(City) == {(one.pk, other.pk): ["same_name", "near"]}


def test_so_is_a_city_that_another_one_is_also_called_like():
    one, other = lerdo(), lerdo(name="Ciudad Lerdo")
    make.CityNameFactory(city=one, name="Ciudad Lerdo")
    assert found(City) == {(one.pk, other.pk): ["other_name", "near"]}


def test_the_nearest_names_are_found_without_a_common_name():
    one, other = lerdo(name="Gómez Palacio"), lerdo(name="Gómes Palacio", latitude=25.50)
    lerdo(name="Torreón")
    assert found(City) == {(one.pk, other.pk): ["like_name", "near"]}


@pytest.mark.parametrize(
    "differs",
    [
        {"latitude": 28.0},
        {"country": "US"},
        {"name": "Torreón"},
        {"geonames_id": 2},
        {"place_type": "state"},
    ],
)
def test_what_is_far_or_called_otherwise_or_known_to_be_another_is_not(differs):
    lerdo(geonames_id=1)
    lerdo(**differs)
    assert found(City) == {}


def test_a_part_of_a_place_and_a_merged_record_are_not_suspected():
    city = lerdo()
    lerdo(parent=city)
    City.objects.filter(pk=lerdo().pk).update(merged_into=city)
    assert found(City) == {}


def test_committees_with_like_names_of_one_city_are_suspected():
    city = make.CityFactory()
    one = make.CommitteeFactory(name="Comité de Ciudades Hermanas de Lerdo", cities=[city])
    other = make.CommitteeFactory(name="Comité Ciudades Hermanas Lerdo", cities=[city])
    make.CommitteeFactory(name="Amigos de Lerdo", cities=[city])
    assert found(Committee) == {(one.pk, other.pk): ["like_name", "same_city"]}


def test_people_with_one_address_or_one_name_in_one_committee_are_suspected():
    one = make.PersonFactory(name="Ana Ruiz", email="ana@example.org")
    other = make.PersonFactory(name="A. Ruiz", email="ANA@example.org")
    committee = make.CommitteeFactory()
    twins = [make.PersonFactory(name="Luz Mora", email="") for _ in range(2)]
    for person in twins:
        make.MembershipFactory(person=person, committee=committee)
    make.PersonFactory(name="Luz Mora", email="")  # elsewhere
    assert found(Person) == {
        (one.pk, other.pk): ["like_name", "same_email"],
        (twins[0].pk, twins[1].pk): ["same_name"],
    }


def test_two_logins_are_two_people():
    for _ in range(2):
        make.PersonFactory(name="Ana", phone="871 123 4567", user=make.UserFactory())
    assert found(Person) == {}


def test_ties_of_one_city_with_two_that_may_be_the_same_are_suspected():
    one, other = lerdo(), lerdo()
    third = make.CityFactory(american=True)
    ties = [make.TieFactory(city_a=city, city_b=third) for city in (one, other)]
    make.TieFactory(city_a=one)
    suspect(kinds.kind_of(City))
    assert found(Tie) == {(ties[0].pk, ties[1].pk): ["cities_alike"]}


def test_what_was_decided_is_not_suggested_again_and_what_changed_goes(office):
    one, other = lerdo(), lerdo()
    third = lerdo(name="Torreón Jardín")
    fourth = lerdo(name="Torreón Jardin")
    assert len(found(City)) == 2
    pair = Duplicate.objects.get(one=one.pk, other=other.pk)
    url = reverse("admin:sistercities_duplicate_changelist")
    sent = {"action": "not_the_same", "_selected_action": [pair.pk], "change_reason": "Two towns"}
    office.post(url, sent | {"change_reason": ""})
    assert Duplicate.objects.open().count() == 2
    office.post(url, sent)
    City.objects.filter(pk=fourth.pk).update(latitude=0)
    assert found(City) == {}
    pair.refresh_from_db()
    assert (pair.decision, pair.decision_reason) == ("different", "Two towns")
    assert not Duplicate.objects.filter(one=third.pk).exists()


def test_looking_at_what_changed_lately_leaves_the_rest_alone():
    one, other = lerdo(), lerdo()
    City.objects.update(changed_at=timezone.now() - datetime.timedelta(days=9))
    third = lerdo(latitude=25.52)
    lately = timezone.now() - datetime.timedelta(days=1)
    pairs = {(one.pk, third.pk), (other.pk, third.pk)}
    assert set(found(City, lately)) == pairs
    assert set(found(City)) == pairs | {(one.pk, other.pk)}


def test_merging_deals_with_the_suggestion_and_undoing_brings_it_back():
    one, other = lerdo(), lerdo()
    found(City)
    record = acting.merge(kinds.kind_of(City), one.pk, other.pk, by=None, reason="Same")
    assert not Duplicate.objects.open().exists()
    assert found(City) == {}
    acting.undo(record, by=None, reason="Back")
    assert Duplicate.objects.open().count() == 1


def test_a_crowd_under_one_key_is_not_compared():
    blocks = Blocks()
    for number in range(CROWD + 1):
        blocks.put(number, "crowd")
    blocks.put(1, "two")
    blocks.put(2, "two")
    assert list(blocks.pairs()) == [(1, 2)]
    assert list(blocks.pairs({3})) == []


def test_the_list_says_why_and_leads_to_the_comparison(office):
    one, other = lerdo(), lerdo()
    found(City)
    html = office.get(reverse("admin:sistercities_duplicate_changelist")).content.decode()
    assert f"/admin/committees/city/{one.pk}/merge/?with={other.pk}" in html
    assert sentence_of(["near", {"km": 0}]) in html


def test_the_command_looks_for_every_kind(capsys):
    lerdo(), lerdo()
    make.TieFactory()
    call_command("find_duplicates", "--days", "2")
    said = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    assert said == {"person": "0", "committee": "0", "city": "1", "tie": "0"}
