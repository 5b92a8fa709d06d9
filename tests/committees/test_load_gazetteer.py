"""The gazetteer goes into the tables once, however often it is loaded."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from committees.gazetteer import reading
from committees.gazetteer.loading import load
from committees.gazetteer.naming import name_of, other_names, whole_of
from committees.gazetteer.reading import Gazetteer, Place, level_for
from committees.gazetteer.regions import known_regions
from committees.models import City, CityName, Region
from relationships.deriving import derive
from relationships.models import Tie
from sistercities.models import Address, RegistryVersion
from sistercities.models.address import slug_of
from tests.factories import CityFactory, RegionFactory

GOMEZ, BERLIN, MITTE, SPRINGFIELD, LITTLE = 4005775, 2950159, 6545310, 11, 12


def record(number, name, country, region, people, at, names=()):
    return {
        "geonameid": number,
        "name": name,
        "latitude": at[0],
        "longitude": at[1],
        "countrycode": country,
        "population": people,
        "timezone": "UTC",
        "admin1code": region,
        "alternatenames": list(names),
    }


@pytest.fixture
def world(monkeypatch, tmp_path):
    """A gazetteer of five places; change it and call it to write it down."""
    records = [
        record(MITTE, "Mitte", "DE", "16", 102338, (52.52, 13.404)),
        record(GOMEZ, "Gómez Palacio", "MX", "10", 257352, (25.57, -103.5), ["Gomez Palacio"]),
        record(BERLIN, "Berlin", "DE", "16", 3426354, (52.52, 13.41), ["BER", "Berlín", "Q64"]),
        record(SPRINGFIELD, "Springfield", "AU", "04", 6705, (-27.65, 152.9)),
        record(LITTLE, "Springfield", "AU", "02", 1200, (-33.4, 151.3)),
    ]

    def write():
        text = json.dumps({str(one["geonameid"]): one for one in records})
        (tmp_path / "cities.json").write_text(text, encoding="utf-8")

    monkeypatch.setattr(reading, "data_file", lambda level: tmp_path / "cities.json")
    write.records = {one["geonameid"]: one for one in records}
    write()
    return write


def place(name, *names, number=1, region="FR.11"):
    return Place(number, name, region[:2], region, 1.0, 2.0, 5000, names)


def city(number) -> City:
    return City.objects.get(geonames_id=number)


def test_the_smallest_sufficient_file_is_read():
    assert [level_for(n) for n in (20000, 15000, 14999, 1000, 999, 0)] == [
        15000,
        15000,
        5000,
        1000,
        500,
        500,
    ]


def test_places_come_largest_first_and_only_those_asked_for(world):
    assert [place.geonames_id for place in Gazetteer(4000, {"DE", "AU"})] == [
        BERLIN,
        MITTE,
        SPRINGFIELD,
    ]


def test_seats_that_a_level_lists_below_its_own_number_come_too(world):
    assert [place.geonames_id for place in Gazetteer(5000, {"AU"})] == [SPRINGFIELD, LITTLE]


def test_codes_and_ids_are_no_names_and_accents_win():
    kept = other_names(
        place(
            "Guadalajara", "GDL", "Q9022", "Guadalaxara", "Gvadalahara", "GUADALAJARA", "", "ZZZZ"
        )
    )
    assert kept == {"guadalaxara": "Guadalaxara", "gvadalahara": "Gvadalahara"}
    assert other_names(place("Sevilla", "Seville", "Sevílle", "x" * 201)) == {"seville": "Sevílle"}


def test_mexico_city_has_its_own_name_and_keeps_the_english_one():
    capital = place("Mexico City", number=3530597, region="MX.09")
    assert name_of(capital) == "Ciudad de México"
    assert other_names(capital) == {"mexico city": "Mexico City"}


@pytest.mark.parametrize(
    ("one", "whole"),
    [
        (place("Paris"), None),
        (place("Paris 10e Arrondissement"), 2988507),
        (place("Lyon 03", region="FR.84"), 2996944),
        (place("Budapest XI. kerület", region="HU.05"), 3054643),
        (place("Seen (Kreis 3)", region="CH.ZH"), 0),
        (place("Brooklyn", number=5110302, region="US.NY"), 5128581),
        (place("Berlin", number=BERLIN, region="DE.16"), None),
        (place("Pankow", region="DE.16"), BERLIN),
        (place("Iztapalapa", region="MX.09"), 3530597),
    ],
)
def test_boroughs_are_told_by_region_or_name(one, whole):
    assert whole_of(one) == whole


def test_every_region_has_a_code_of_its_own_that_fits():
    regions = known_regions().values()
    codes = [region.code for region in regions]
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) == 10
    assert [region for region in regions if not region.name or len(region.name) > 120] == []


@pytest.mark.parametrize(
    ("geonames", "code", "name", "name_es", "abbreviation"),
    [
        ("MX.10", "MX-DUR", "Durango", "", "Dgo."),
        ("MX.09", "MX-CMX", "Ciudad de México", "", "CDMX"),
        ("US.CA", "US-CA", "California", "", "CA"),
        ("US.NY", "US-NY", "New York", "Nueva York", "NY"),
        ("CA.10", "CA-QC", "Quebec", "", "QC"),
        ("DE.02", "DE-BY", "Bayern", "Baviera", ""),
        ("JP.22", "JP-26", "Kyoto", "Kioto", ""),
        ("PL.77", "PL-77", "Lesser Poland", "", ""),
        ("CO.09", "CO-09", "Cauca", "", ""),
    ],
)
def test_regions_are_named_as_their_country_does(geonames, code, name, name_es, abbreviation):
    known = known_regions()[geonames]
    assert known[2:] == (code, abbreviation, name, name_es)


@pytest.mark.parametrize(("country", "regions"), [("MX", 32), ("US", 51), ("CA", 13), ("JP", 47)])
def test_own_regions_are_complete(country, regions):
    assert sum(known.country == country for known in known_regions().values()) == regions


@pytest.mark.django_db
def test_a_loaded_place_is_what_a_saved_city_would_be(world):
    load(1000)
    loaded = city(GOMEZ)
    assert (loaded.name, loaded.slug, loaded.sort_name, loaded.country) == (
        "Gómez Palacio",
        "gomez-palacio-dgo-mx",
        "gomez palacio",
        "MX",
    )
    assert (loaded.population, loaded.latitude, loaded.longitude) == (257352, 25.57, -103.5)
    assert loaded.region == Region.objects.get(code="MX-DUR")
    assert loaded.is_listed is False
    names = loaded.names.values_list("name", "kind", "folded")
    assert list(names) == [("Gómez Palacio", "official", "gomez palacio")]
    assert Address.owner("city", "gomez-palacio-dgo-mx") == loaded.pk
    before = City.objects.values().get(pk=loaded.pk)
    loaded.save()
    del before["changed_at"]
    after = City.objects.values().get(pk=loaded.pk)
    assert {name: after[name] for name in before} == before


@pytest.mark.django_db
def test_history_says_that_it_came_from_the_gazetteer(world):
    load(1000)
    records = City.history.values_list("history_type", "history_change_reason", "name")
    assert set(records.filter(id=city(BERLIN).pk)) == {("+", "gazetteer", "Berlin")}
    assert len(set(City.history.values_list("history_request_id", flat=True))) == 1
    assert City.history.count() == City.objects.count() == 5
    assert Region.history.filter(history_change_reason="gazetteer").count() == 4


@pytest.mark.django_db
def test_parts_of_a_city_belong_to_it_and_homonyms_are_told_apart(world):
    load(1000)
    assert (city(MITTE).place_type, city(MITTE).parent) == ("borough", city(BERLIN))
    assert city(SPRINGFIELD).slug == "springfield-au"
    assert city(LITTLE).slug == f"springfield-{slug_of('New South Wales')}-au"


@pytest.mark.django_db
def test_a_slug_of_another_city_is_never_taken(world):
    old = CityFactory(name="Gómez Palacio", slug="gomez-palacio-dgo-mx", latitude=1, longitude=1)
    load(1000)
    assert city(GOMEZ).slug == "gomez-palacio-dgo-mx-2"
    assert Address.owner("city", "gomez-palacio-dgo-mx") == old.pk


@pytest.mark.django_db
def test_the_second_run_changes_nothing(world):
    first = load(1000)
    assert (first.created, first.changed, first.same, first.regions) == (5, 0, 0, 4)
    rows = list(City.objects.order_by("pk").values())
    version, history = RegistryVersion.now(), City.history.count()
    names = CityName.objects.count()
    again = load(1000)
    assert (again.created, again.changed, again.same, again.names) == (0, 0, 5, 0)
    assert list(City.objects.order_by("pk").values()) == rows
    assert (RegistryVersion.now(), City.history.count()) == (version, history)
    assert CityName.objects.count() == names


@pytest.mark.django_db
def test_corrected_facts_arrive_and_are_in_the_history(world):
    load(1000)
    world.records[GOMEZ].update(population=300000, latitude=25.6)
    world.records[GOMEZ]["alternatenames"].append("La Perla de la Laguna")
    world()
    done = load(1000)
    assert (done.changed, done.same, done.names, done.moved) == (1, 4, 1, [city(GOMEZ).pk])
    assert (city(GOMEZ).population, city(GOMEZ).latitude) == (300000, 25.6)
    last = city(GOMEZ).history.first()
    assert (last.history_type, last.population, last.history_change_reason) == (
        "~",
        300000,
        "gazetteer",
    )
    assert load(1000).changed == 0


@pytest.mark.django_db
def test_what_people_wrote_stands(world):
    load(1000)
    edited = city(GOMEZ)
    edited.name, edited.latitude, edited.about_es = "Gómez Palacio, Dgo.", 25.5, "Hermosa."
    edited.save()
    edited.names.get(folded="gomez palacio").delete()
    world.records[GOMEZ].update(population=300000, latitude=25.6)
    world.records[GOMEZ]["alternatenames"].append("Gómez")
    world()
    load(1000)
    world.records[GOMEZ].update(latitude=25.7)
    world()
    load(1000)
    now = city(GOMEZ)
    assert (now.name, now.latitude, now.about_es) == ("Gómez Palacio, Dgo.", 25.5, "Hermosa.")
    assert now.population == 300000  # nobody had touched that
    assert set(now.names.values_list("name", flat=True)) == {"Gómez Palacio, Dgo.", "Gómez"}


@pytest.mark.django_db
def test_a_name_that_somebody_removed_stays_away(world):
    load(1000)
    world.records[BERLIN]["alternatenames"].append("Spree-Athen")
    world()
    load(1000)
    city(BERLIN).names.get(name="Spree-Athen").delete()
    assert load(1000).names == 0


@pytest.mark.django_db
def test_a_counted_population_is_not_replaced(world):
    load(1000)
    counted = city(GOMEZ)
    counted.population_year = 2020
    counted.save()
    world.records[GOMEZ]["population"] = 5_000_000
    world()
    load(1000)
    assert city(GOMEZ).population == 257352


@pytest.mark.django_db
def test_a_city_made_by_hand_is_recognised(world):
    near = CityFactory(name="gomez palacio", latitude=25.6, longitude=-103.45, population=7)
    far = CityFactory(name="Berlin", country="DE", latitude=48.0, longitude=8.0)
    RegionFactory(code="MX-DUR", name="Durango")
    done = load(1000)
    assert (done.created, done.changed, done.same) == (4, 1, 0)
    near.refresh_from_db()
    assert (near.geonames_id, near.name, near.population) == (GOMEZ, "gomez palacio", 7)
    assert city(BERLIN).pk != far.pk
    assert Region.objects.get(code="MX-DUR").geonames_code == "MX.10"
    world.records[GOMEZ]["population"] = 300000
    world()
    load(1000)
    near.refresh_from_db()
    assert near.population == 7


@pytest.mark.django_db
def test_a_merged_city_does_not_come_back(world):
    load(1000)
    City.objects.filter(geonames_id=MITTE).update(merged_into=city(BERLIN))
    world.records[MITTE]["population"] = 1_000_000
    world()
    assert load(1000).created == 0
    assert city(MITTE).population == 102338


@pytest.mark.django_db
def test_ties_of_a_city_that_moved_get_their_new_distance(world):
    load(1000)
    tie = Tie.objects.create(city_a=city(BERLIN), city_b=city(GOMEZ), review="published")
    derive([tie.pk])
    tie.refresh_from_db()
    before = tie.distance_km
    world.records[GOMEZ].update(latitude=19.4)
    world()
    call_command("load_gazetteer", "--min-population=1000", stdout=io.StringIO())
    tie.refresh_from_db()
    assert tie.distance_km != before
    assert derive([tie.pk]) == 0


@pytest.mark.django_db
def test_a_failure_leaves_nothing_behind(world):
    world.records[LITTLE]["latitude"] = 95.0  # refused by the database in the last batch
    world()
    with pytest.raises(Exception, match="city_latitude_range"):
        load(1000)
    assert City.objects.count() == 0


@pytest.mark.django_db
def test_the_command_prints_counts_and_is_quiet_in_a_pipe(world):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_gazetteer", "--countries=mx, de", stdout=out, stderr=err)
    assert out.getvalue().startswith(
        "3 places: 3 created, 0 changed, 0 same; 3 names and 2 regions new; "
    )
    assert err.getvalue() == ""


@pytest.mark.parametrize("argument", ["--countries=MX,QQ", "--min-population=-1"])
def test_the_command_refuses_what_makes_no_sense(argument):
    with pytest.raises(CommandError):
        call_command("load_gazetteer", argument)


@pytest.mark.django_db
def test_the_real_package_has_the_cities_of_our_first_tie():
    load(15000, {"MX", "US"})
    assert Address.owner("city", "gomez-palacio-dgo-mx") == city(GOMEZ).pk
    south = City.objects.get(slug="south-el-monte-ca-us")
    assert (south.region.code, south.geonames_id) == ("US-CA", 5397376)
