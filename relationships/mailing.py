"""Who reads mail for ties, for a letter of the office to many: both sides, each by itself."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from relationships.campaign import sides_of
from relationships.models import Tie
from sistercities.bulk import batches
from sistercities.mailing import Row

AT_ONCE = 2000


def readers_of_ties(ties: QuerySet[Tie]) -> Iterator[Row]:
    """The committees of either city, or the contact that somebody gave us for it."""
    today = timezone.localdate()
    for batch in batches(ties.select_related("city_a", "city_b").iterator(AT_ONCE), AT_ONCE):
        sides = sides_of(batch, today, but_refused=None)
        for tie in batch:
            for side, city in (("a", tie.city_a), ("b", tie.city_b)):
                yield Row(f"{tie}: {city.name}", sides[tie.pk, side])
