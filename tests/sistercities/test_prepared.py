"""Queries written with the ORM once and asked many times."""

import datetime

import pytest
from django.db.models import Count, Q

from committees.models import City, OfficeTerm
from relationships.models import Donation, Exchange
from sistercities.partialdates import PartialDate
from sistercities.prepared import columns, prepared
from tests import factories as make

pytestmark = pytest.mark.django_db


@prepared
def cities_of(country: str, place: int):
    found = City.objects.filter(country=country).filter(Q(pk__gt=place) | Q(region=place))
    return found.order_by("pk").values(*columns(City, "region"))


@prepared
def terms_on(committee: int, day: datetime.date):
    return OfficeTerm.objects.filter(committee=committee).current(day).values("pk", "begins")


@prepared
def exchanges_until(day: str):
    return Exchange.objects.filter(begins__lte=day).order_by("pk").values("pk", "begins")


@prepared
def sums():
    return Donation.objects.order_by("tie").values("tie_id").annotate(n=Count("pk"))


def test_the_answer_is_the_same_as_the_orms():
    region = make.RegionFactory()
    rows = [make.CityFactory(region=region), make.CityFactory(), make.CityFactory(american=True)]
    for country, place in (("MX", 0), ("MX", rows[0].pk), ("US", 0), ("DE", 0)):
        found = City.objects.filter(country=country).filter(Q(pk__gt=place) | Q(region=place))
        wanted = list(found.select_related("region").order_by("pk"))
        answer = cities_of.objects(country=country, place=place)
        assert answer == wanted
        fields = [one.attname for one in City._meta.concrete_fields]
        for mine, orms in zip(answer, wanted, strict=True):
            assert [getattr(mine, f) for f in fields] == [getattr(orms, f) for f in fields]
            assert mine.region == orms.region


def test_a_question_is_one_query_and_its_objects_ask_no_more(django_assert_num_queries):
    region = make.RegionFactory(name="Durango")
    make.CityFactory(region=region), make.CityFactory()
    cities_of.objects(country="MX", place=0)
    with django_assert_num_queries(1):
        found = cities_of.objects(country="MX", place=0)
        assert [one.region and one.region.name for one in found] == ["Durango", None]


def test_dates_and_partial_dates_are_compared_as_columns_keep_them():
    term = make.OfficeTermFactory(
        begins=datetime.date(2020, 1, 1), ends=datetime.date(2020, 12, 31)
    )
    days = {
        datetime.date(2019, 12, 31): [],
        datetime.date(2020, 6, 1): [{"pk": term.pk, "begins": datetime.date(2020, 1, 1)}],
        datetime.date(2021, 1, 1): [],
    }
    for day, wanted in days.items():
        assert terms_on.dicts(committee=term.committee_id, day=day) == wanted
    exchange = make.ExchangeFactory(begins=PartialDate(2019, 6))
    assert exchanges_until.dicts(day="2019-06-30") == [
        {"pk": exchange.pk, "begins": PartialDate(2019, 6)}
    ]
    assert exchanges_until.dicts(day="2019-05-31") == []


def test_annotations_come_along():
    tie = make.DonationFactory().tie
    make.DonationFactory(tie=tie)
    assert sums.dicts() == [{"tie_id": tie.pk, "n": 2}]


@pytest.mark.parametrize("text", ["'; DROP TABLE x; --", "%s", "%(a)s", "9901-01-01", "\x00"[:0]])
def test_values_are_parameters_and_nothing_else(text):
    make.CityFactory()
    assert cities_of.objects(country=text, place=0) == []


def test_a_missing_or_unknown_argument_is_refused():
    with pytest.raises(TypeError, match="takes"):
        cities_of.objects(country="MX")
    with pytest.raises(TypeError, match="takes"):
        cities_of.objects(country="MX", place=0, other=1)


def test_an_argument_that_a_lookup_changes_is_refused():
    @prepared
    def wrong(name: str):
        return City.objects.filter(name__icontains=name).values("pk")

    with pytest.raises(ValueError, match="does not compare"):
        wrong.dicts(name="a")
