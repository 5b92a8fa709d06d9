"""The invented world: the same for the same seed, sound, skewed, and never mixed with real ties."""

import io
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command

from committees.models import City, CityName, Committee, OfficeTerm, Person, Region
from relationships.checking import differences
from relationships.models import Donation, Exchange, Statement, Tie, TieEvent
from relationships.world.countries import COUNTRIES
from relationships.world.making import TooManyTies, make_world
from relationships.world.names import invent
from relationships.world.pairs import HUBS, MOST_TIES, pairs
from relationships.world.places import Land, shares
from sistercities.countries import country_codes
from tests.factories import TieFactory

TODAY = date(2026, 6, 1)


def numbered_lands(cities: int) -> list[Land]:
    """Countries with keys from 1 on, without tables."""
    lands, key = [], 0
    for country, number in zip(COUNTRIES, shares(cities), strict=True):
        land = Land(country)
        for _ in range(number):
            key += 1
            land.keys.append(key)
        lands += [land] if number else []
    return lands


def test_the_countries_are_real_and_each_is_there_once():
    codes = [country.code for country in COUNTRIES]
    assert len(codes) >= 60
    assert len(set(codes)) == len(codes)
    assert set(codes) - country_codes() == set()


@pytest.mark.parametrize("cities", [0, 1, 10, 65, 1000, 25_000])
def test_every_city_gets_a_country(cities):
    assert sum(shares(cities)) == cities
    assert min(shares(cities)) >= 0


def test_mexico_and_the_united_states_are_the_largest():
    counts = dict(zip((country.code for country in COUNTRIES), shares(25_000), strict=True))
    assert sorted(counts, key=counts.get)[-2:] == ["MX", "US"]


@pytest.mark.parametrize("style", sorted({country.style for country in COUNTRIES}))
def test_names_are_many_and_written_in_their_script(style):
    names = [invent(style, Random(at)) for at in range(2000)]
    latin = {name.latin for name in names}
    assert len(latin) > 400
    assert len(latin) < 2000  # homonyms happen
    assert {bool(name.own) for name in names} == {
        style in ("ru", "el", "ja", "zh", "ko", "ar", "hi")
    }


def test_pairs_are_distinct_ordered_and_as_many_as_asked():
    made = list(pairs(numbered_lands(1000), 4000, Random(1)))
    assert len(made) == len(set(made)) == 4000
    assert [pair for pair in made if pair[0] >= pair[1]] == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_largest_cities_have_as_many_ties_in_any_world(size):
    lands = numbered_lands(1000 * size)
    degree = Counter(key for pair in pairs(lands, 3000 * size, Random(2)) for key in pair)
    keys = {land.country.code: land.keys for land in lands}
    assert [degree[keys[code][rank]] for code, rank, _n in HUBS] == [n for _c, _r, n in HUBS]
    others = [n for _key, n in degree.most_common()[len(HUBS) :]]
    assert max(others) <= MOST_TIES


def test_few_cities_can_still_be_tied():
    assert len(set(pairs(numbered_lands(12), 33, Random(3)))) == 33


@pytest.mark.django_db
def test_more_ties_than_pairs_are_refused():
    with pytest.raises(TooManyTies):
        make_world(3, 3, 1)
    with pytest.raises(CommandError):
        call_command("make_world", "--cities=3", "--ties=3")
    assert City.objects.count() == 0


def told() -> list[tuple]:
    """What a world is, without primary keys and times."""
    ties = Tie.objects.order_by("slug").values_list(
        "slug", "kind", "review", "status", "since", "reciprocity", "city_a__name", "city_b__name"
    )
    return list(ties) + list(Committee.objects.order_by("slug").values_list("slug", "founded"))


@pytest.mark.django_db
def test_a_world_is_sound_and_full(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # no files of other tests
    made = make_world(120, 200, 7, today=TODAY)
    assert [str(one) for one in differences(today=TODAY)] == []
    assert (City.objects.count(), Tie.objects.count()) == (120, 200) == (made.cities, made.ties)
    assert Committee.objects.count() == made.committees == 5
    assert Committee.objects.filter(is_demo=True).count() == 5
    assert Person.objects.filter(is_demo=False).count() == 0
    assert OfficeTerm.objects.count() == Person.objects.count() == 15
    for model in (Region, TieEvent, Statement, Exchange, Donation):
        assert model.objects.count() > 0
        assert model.history.count() == model.objects.count()
    assert CityName.objects.exclude(language="").count() > 0
    statuses = set(Tie.objects.values_list("status", flat=True))
    assert {"active", "unconfirmed"} - statuses == set()


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_makes_the_same_world_and_another_seed_another():
    make_world(40, 50, 5, today=TODAY)
    first = told()
    call_command("flush", interactive=False, verbosity=0)
    make_world(40, 50, 5, today=TODAY)
    assert told() == first
    call_command("flush", interactive=False, verbosity=0)
    make_world(40, 50, 6, today=TODAY)
    assert told() != first


@pytest.mark.django_db
def test_a_registry_with_ties_is_left_alone_unless_forced():
    TieFactory()
    with pytest.raises(CommandError):
        call_command("make_world", "--cities=10", "--ties=5")
    assert (City.objects.count(), Tie.objects.count()) == (2, 1)
    out, err = io.StringIO(), io.StringIO()
    call_command("make_world", "--cities=10", "--ties=5", "--force", stdout=out, stderr=err)
    assert Tie.objects.count() == 6
    assert out.getvalue().startswith("10 cities, 5 ties, 3 committees and ")
    assert err.getvalue() == ""


@pytest.mark.django_db
def test_without_cities_there_are_no_bodies():
    made = make_world(0, 0, 1, today=TODAY)
    assert (made.cities, made.ties, made.committees) == (0, 0, 0)
    assert Committee.objects.count() == 0
