"""Rows of background jobs, of what imports remember, and of compared lists."""

import datetime

import factory
from django.utils import timezone

from relationships.models import ColumnMatch, Comparison, PlaceAlias
from sistercities.models import Job
from tests.factories import CityFactory, ImportBatchFactory, Saved


class JobFactory(Saved):
    class Meta:
        model = Job

    kind = "import-plan"
    about = factory.Sequence(lambda n: f"import-{n}")
    language = "es"


class ColumnMatchFactory(Saved):
    class Meta:
        model = ColumnMatch

    source = "A list"
    column = factory.Sequence(lambda n: f"Column {n}")
    field = "city_a"


class PlaceAliasFactory(Saved):
    class Meta:
        model = PlaceAlias

    source = "A list"
    words = factory.Sequence(lambda n: f"springfield|US|{n}")
    written = "Springfield, US"
    city = factory.SubFactory(CityFactory)


class ComparisonFactory(Saved):
    class Meta:
        model = Comparison

    batch = factory.SubFactory(ImportBatchFactory, is_compared=True)
    name = "Wikidata"
    taken_on = datetime.date(2026, 5, 14)
    compared_at = factory.LazyFunction(timezone.now)


MADE = {
    "job": JobFactory,
    "columnmatch": ColumnMatchFactory,
    "placealias": PlaceAliasFactory,
    "comparison": ComparisonFactory,
}
"""By the names of their models."""
