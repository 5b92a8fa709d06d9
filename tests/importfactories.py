"""Rows of background jobs, and of what imports remember."""

import factory

from relationships.models import ColumnMatch, PlaceAlias
from sistercities.models import Job
from tests.factories import CityFactory, Saved


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


MADE = {"job": JobFactory, "columnmatch": ColumnMatchFactory, "placealias": PlaceAliasFactory}
"""By the names of their models."""
