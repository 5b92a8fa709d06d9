"""Which city a row means, by every kind of hint that lists give; and when it stays open."""

import pytest

from committees.models import City
from relationships.imports.ends import End
from relationships.imports.names import readings
from relationships.imports.resolving import Resolver
from relationships.imports.surroundings import spelt_alike
from tests import factories as make


def resolve(**end) -> tuple[int | None, str, str]:
    """GeoNames id, reason and warning."""
    (found,) = Resolver().resolve([End(**end)])
    city = City.objects.filter(pk=found.city).first()
    return city and city.geonames_id, found.reason, found.warning


@pytest.mark.parametrize(
    ("end", "number"),
    [
        (dict(name="gomez palacio", country="MX"), 4005775),
        (dict(name="Guadalajara", country="ES"), 3121070),
        (dict(name="Varsovia", country="PL"), 756135),
        (dict(name="京都", country="JP"), 1857910),
        (dict(name="Jelenia Góra (Hirschberg)", country="PL"), 3097257),
        (dict(name="Hirschberg", country="PL"), 3097257),
        (dict(name="Ulm, Germany"), 2820256),
        (dict(name="Stadt Ulm", country="DE"), 2820256),
        (dict(name="Ulm/Donau", country="DE", latitude=48.4, longitude=10.0), 2820256),
        (dict(name="Ulm (Donau)", country="DE"), 2820256),
        (dict(name="Springfield, IL", country="US"), 4250542),
        (dict(name="Springfield", country="US", region="Missouri"), 4409896),
        (dict(name="Springfield", country="US", latitude=39.7, longitude=-89.6), 4250542),
        (dict(name="Neustadt", country="DE", population=15000), 2864034),
        (dict(name="Neustadt in Holstein", country="DE"), 2864034),
        (dict(name="Perth", latitude=-31.9, longitude=115.9), 2063523),
        (dict(name="Kyoto"), 1857910),
        (dict(name="Whatever", country="DE", geonames=2820256), 2820256),
        (dict(name="", geonames=2820256), 2820256),
    ],
)
def test_a_city_is_found_by(places, end, number):
    assert resolve(**end) == (number, "", resolve(**end)[2])


def test_homonyms_stay_open_and_are_listed(places):
    assert resolve(name="Springfield", country="US") == (
        None,
        "Springfield may be: Springfield (US, 37.2 -93.3, GeoNames 4409896); "
        "Springfield (US, 39.8 -89.6, GeoNames 4250542).",
        "",
    )


def test_a_namesake_ten_times_larger_is_meant(places):
    make.CityFactory(name="Ulm", country="DE", population=9000, latitude=53.0, longitude=9.0)
    assert resolve(name="Ulm", country="DE")[0] == 2820256
    City.objects.filter(name="Ulm", population=9000).update(population=19000)
    assert resolve(name="Ulm", country="DE")[0] is None


def test_the_only_place_of_a_name_in_its_country_beats_coordinates_abroad(places):
    assert resolve(name="Linz", country="AT", latitude=-31.9, longitude=115.9) == (
        2772400,
        "",
        "The coordinates given lie in Australia and are not believed.",
    )


def test_a_town_far_from_the_coordinates_inside_its_country_stays_open(places):
    assert resolve(name="Staufen", country="DE", latitude=54.1, longitude=10.8) == (
        None,
        "The only known Staufen (DE, 47.9 7.7, GeoNames 2829001) is 724 km from the "
        "coordinates given.",
        "",
    )


def test_a_well_known_city_far_from_the_coordinates_is_taken_with_a_warning(places):
    assert resolve(name="Ulm", country="DE", latitude=54.1, longitude=10.8) == (
        2820256,
        "",
        "The coordinates given are 636 km from Ulm.",
    )


def test_a_tail_left_out_is_forgiven_at_the_coordinates(places):
    end = dict(name="Staufen im Breisgau", country="DE", latitude=47.88, longitude=7.73)
    assert resolve(**end) == (2829001, "", "Taken for Staufen, at the coordinates given.")


def test_a_place_across_the_border_is_taken_where_it_lies(places):
    assert resolve(name="Linz", country="DE", latitude=48.3, longitude=14.3)[0] is None
    make.CityFactory(name="Grenzdorf", country="DE", latitude=48.35, longitude=14.1)
    assert resolve(name="Linz", country="DE", latitude=48.3, longitude=14.3) == (
        2772400,
        "",
        "By its coordinates Linz lies in Austria.",
    )


@pytest.mark.parametrize(("true", "given"), [("MQ", "FR"), ("EH", "MA"), ("MA", "EH")])
def test_a_place_overseas_or_disputed_goes_under_either_country(places, true, given):
    make.CityFactory(name="Xyz", country=true, geonames_id=5, latitude=14.0, longitude=-61.0)
    assert resolve(name="Xyz", country=given, latitude=14.0, longitude=-61.0)[0] == 5


def test_a_list_that_mistakes_two_countries_again_and_again_is_understood(places):
    ends = []
    for n in range(10):
        at = {"latitude": 59.0 + n / 9, "longitude": 16.0}
        make.CityFactory(name=f"Stad {n}", country="SE", **at)
        ends.append(End(name=f"Stad {n}", country="DK", **at))
    assert [found.city is None for found in Resolver().resolve(ends)] == [False] * 10
    assert [found.city is None for found in Resolver().resolve(ends[:9])] == [True] * 9


def test_what_stands_in_brackets_is_never_taken_for_the_place_itself(places):
    assert resolve(name="Mitte (Ulm)", country="DE", latitude=48.4, longitude=10.0)[0] is None


def test_a_borough_is_found_beside_its_city(places):
    make.CityFactory(
        name="Mitte",
        country="DE",
        geonames_id=5,
        place_type="borough",
        population=9000,
        latitude=48.41,
        longitude=10.0,
    )
    assert resolve(name="Mitte (Ulm)", country="DE")[0] == 5
    assert resolve(name="Ulm – Mitte", country="DE")[0] == 5
    assert resolve(name="Mitte (Linz)", country="DE")[0] is None


def test_an_id_that_fits_neither_name_nor_place_is_not_trusted(places):
    found = resolve(name="Ulm", country="DE", geonames=1857910)
    assert found == (
        2820256,
        "",
        "GeoNames 1857910 is Kyoto (JP, 35.0 135.8, GeoNames 1857910), which fits neither name "
        "nor place.",
    )


def test_an_entity_is_known_only_by_a_wikidata_id_that_the_registry_has(places):
    City.objects.filter(geonames_id=2820256).update(wikidata_id="Q3012")
    assert resolve(name="", wikidata="Q3012")[0] == 2820256
    assert resolve(name="", wikidata="Q1")[0] is None


@pytest.mark.parametrize("name", ["Landkreis Ulm", "Ulm (Kreis)", "Ulm County", "Samtgemeinde Ulm"])
def test_a_county_is_not_its_town(places, name):
    assert resolve(name=name, country="DE")[0] is None


def test_a_county_that_the_registry_has_is_found(places):
    county = make.CityFactory(name="Ulm", country="DE", place_type="county", geonames_id=7)
    assert county.place_type == "county"
    assert resolve(name="Landkreis Ulm", country="DE")[0] == 7


def test_a_merged_city_gives_way_to_the_one_that_stands(places):
    old = make.CityFactory(name="Ulma", country="DE", merged_into=places[2820256])
    assert old.merged_into_id == places[2820256].pk
    assert resolve(name="Ulma", country="DE")[0] == 2820256


def test_an_unknown_country_and_an_unknown_name_are_told(places):
    assert resolve(name="Ulm", country_text="Freedonia")[1] == (
        "Ulm may be: Ulm (DE, 48.4 10.0, GeoNames 2820256)."
    )
    assert resolve(name="Xyz", country="DE")[1] == "No place called Xyz is known in Germany."
    assert resolve(name="Xyz")[1] == "No place called Xyz is known."


def test_names_are_read_from_the_most_literal_on():
    assert [(r.folded, r.strength) for r in readings("St. Georgen a.d. Gusen (Perg)")] == [
        ("st georgen a d gusen perg", 0),
        ("st georgen an der gusen perg", 0),
        ("saint georgen an der gusen perg", 0),
        ("sankt georgen an der gusen perg", 0),
        ("sint georgen an der gusen perg", 0),
        ("szent georgen an der gusen perg", 0),
        ("st georgen a d gusen", 1),
        ("st georgen an der gusen", 1),
        ("saint georgen an der gusen", 1),
        ("sankt georgen an der gusen", 1),
        ("sint georgen an der gusen", 1),
        ("szent georgen an der gusen", 1),
        ("perg", 4),
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("purbach am neusiedlersee", "purbach am neusiedler see", True),
        ("staufen im breisgau", "staufen", True),
        ("six foues les plages", "six fours les plages", True),
        ("oberursel", "niederursel", False),
        ("roth", "rath", False),
        ("Bourgoin-Jallieu", "Bourgoin", True),
        ("Leinefelde", "Leinefelde-Worbis", True),
        ("Bad Kötzting", "Kötzting", True),
        ("Prague 1", "Prague", False),
        ("Redland", "Redland Bay", False),
        ("Berlin – Friedrichshain-Kreuzberg", "Berlin", False),
    ],
)
def test_spellings_that_mean_one_place(one, other, alike):
    assert spelt_alike(one, other) is alike
