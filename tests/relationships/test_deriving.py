"""The one function that writes derived columns, the lists' counts and the search names."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.models import City
from relationships.deriving import derive
from relationships.facets import CITIES_TOGETHER, TIES_TOGETHER
from relationships.models import Tie, TieEvent
from sistercities import tallies
from sistercities.models import Address, RegistryVersion
from sistercities.search import find
from tests.factories import (
    CityFactory,
    ConfirmationFactory,
    RegionFactory,
    TieEventFactory,
    TieFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def tie():
    durango = RegionFactory(code="MX-DUR", name="Durango", abbreviation="Dgo.")
    california = RegionFactory(code="US-CA", country="US", name="California", abbreviation="CA")
    tie = TieFactory(
        city_a=CityFactory(
            name="Gómez Palacio", region=durango, latitude=25.56985, longitude=-103.49588
        ),
        city_b=CityFactory(
            name="South El Monte",
            region=california,
            country="US",
            latitude=34.05195,
            longitude=-118.04673,
        ),
    )
    TieEventFactory(tie=tie, kind=TieEvent.Kind.SIGNED, date="1969-11-24")
    derive([tie.pk], today=TODAY)
    tie.refresh_from_db()
    return tie


def fresh(listing, together):
    rows = {"ties": Tie, "cities": City}[listing].objects.values_list("counted_as", flat=True)
    return Counter(tallies.counted(rows, together))


def assert_tallies_are_true():
    assert tallies.stored("ties") == fresh("ties", TIES_TOGETHER)
    assert tallies.stored("cities") == fresh("cities", CITIES_TOGETHER)


def test_a_tie_gets_its_columns(tie):
    assert {name: str(getattr(tie, name)) for name in Tie.DERIVED} == {
        "stage": "signed",
        "vitality": "unconfirmed",
        "reciprocity": "unclaimed",
        "status": "unconfirmed",
        "since": "1969-11-24",
        "ended": "None",
        "oldest_first": "1969",
        "newest_first": "-1969",
        "anniversary": "11-24",
        "last_sign_of_life": "None",
        "last_confirmed": "None",
        "distance_km": "1688",
        "country_pair": "MX-US",
        "sort_name": "gomez palacio south el monte",
        "slug": "gomez-palacio_south-el-monte",
        "counted_as": "country=MX,US;pair=MX-US;state=MX-DUR,US-CA;kind=sister_city;"
        "status=unconfirmed;decade=1960;voice=unclaimed",
    }


def test_both_languages_addresses_belong_to_the_tie_for_ever(tie):
    assert Address.owner("tie", "gomez-palacio-y-south-el-monte") == tie.pk
    assert Address.owner("tie", "gomez-palacio-and-south-el-monte") == tie.pk


def test_deriving_again_changes_nothing(tie):
    version = RegistryVersion.now()
    assert derive(today=TODAY) == 0
    assert RegistryVersion.now() == version


def test_a_confirmation_moves_status_counts_and_version(tie):
    version = RegistryVersion.now()
    ConfirmationFactory(tie=tie, side="a", answered_on=date(2026, 10, 1))
    assert derive([tie.pk], today=TODAY) == 1
    tie.refresh_from_db()
    assert (tie.status, tie.reciprocity) == ("active", "one_sided_a")
    assert tallies.counts("ties")["status"] == {"active": 1}
    assert RegistryVersion.now() > version
    assert_tallies_are_true()


def test_a_tie_taken_back_is_not_counted_and_its_cities_leave_the_list(tie):
    Tie.objects.update(review=Tie.Review.REJECTED)
    derive([tie.pk], today=TODAY)
    assert tallies.counts("ties") == {"": {"": 0}}
    assert list(City.objects.listed()) == []
    assert find("gomez palacio") == []
    assert_tallies_are_true()


def test_counts_under_a_filter_are_those_of_the_filtered_rows(tie):
    other = TieFactory(city_a=tie.city_a, city_b=CityFactory(name="Kyoto", country="JP"))
    TieEventFactory(tie=other, date="1980")
    derive(today=TODAY)
    assert tallies.counts("ties")["country"] == {"MX": 2, "US": 1, "JP": 1}
    by_pair = tallies.counts("ties", "pair", "JP-MX")
    assert by_pair[""][""] == 1
    assert by_pair["decade"] == {"1980": 1}
    assert tallies.counts("ties", "country", "MX")["country"] == {"US": 1, "JP": 1}
    assert_tallies_are_true()


def test_ended_ties_are_not_counted_among_a_citys_ties_but_keep_it_listed(tie):
    TieEventFactory(tie=tie, kind=TieEvent.Kind.ENDED, date="2004")
    derive([tie.pk], today=TODAY)
    city = City.objects.get(name="Gómez Palacio")
    assert (city.tie_count, city.is_listed, city.first_tie_year) == (0, True, 1969)


def test_ties_of_cities_with_equal_names_get_addresses_of_their_own(tie):
    twin = TieFactory(
        city_a=CityFactory(name="Gómez Palacio", country="AR"),
        city_b=CityFactory(name="South El Monte", country="CL"),
    )
    derive(today=TODAY)
    twin.refresh_from_db()
    assert twin.slug == "gomez-palacio-ar_south-el-monte-cl"


@pytest.mark.parametrize("ties", [1, 3])
def test_deriving_costs_the_same_queries_for_one_and_three(ties, django_assert_max_num_queries):
    made = [TieFactory() for _ in range(ties)]
    with django_assert_max_num_queries(45):
        derive([tie.pk for tie in made], today=TODAY)


def test_many_changes_refresh_the_databases_statistics(tie, monkeypatch):
    monkeypatch.setattr("relationships.deriving.MANY", 0)
    Tie.objects.update(status="", counted_as="")
    with CaptureQueriesContext(connection) as asked:
        derive([tie.pk], today=TODAY)
    assert sum(query["sql"].startswith("ANALYZE") for query in asked) == 1
