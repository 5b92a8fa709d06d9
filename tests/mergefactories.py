"""Records of merges and suggestions of duplicates; as tests/factories.py."""

import factory

from sistercities.models import Duplicate, Merge
from tests.factories import CityFactory, Saved


class MergeFactory(Saved):
    """Two cities that were merged, of which nothing was written."""

    class Meta:
        model = Merge

    model = "committees.city"
    kept = factory.LazyFunction(lambda: CityFactory().pk)
    gone = factory.LazyFunction(lambda: CityFactory().pk)
    kept_name = factory.Sequence(lambda n: f"Ciudad que queda {n}")
    gone_name = factory.Sequence(lambda n: f"Ciudad que se va {n}")
    reason = "The same city twice"


class DuplicateFactory(Saved):
    """Two cities of which nobody knows whether they are one."""

    class Meta:
        model = Duplicate

    model = "committees.city"
    one = factory.LazyFunction(lambda: CityFactory().pk)
    other = factory.LazyFunction(lambda: CityFactory().pk)
    one_name = factory.Sequence(lambda n: f"Lerdo {n}")
    other_name = factory.Sequence(lambda n: f"Ciudad Lerdo {n}")
    score = 80
    reasons = [["near", {"km": 1}]]


MADE = {"merge": MergeFactory, "duplicate": DuplicateFactory}
