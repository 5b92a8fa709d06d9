"""Keeping the Wikidata numbers that a list gives to cities which have none."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from committees.models import City
from relationships.models import Comparison, LearntId
from sistercities.bulk import batches
from sistercities.history import one_request
from sistercities.models import RegistryVersion

AT_ONCE = 500


def open_ids(comparison: Comparison) -> QuerySet[LearntId]:
    """Those that can still be kept: the city has none, and nobody else has the number."""
    taken = City.objects.filter(wikidata_id=OuterRef("wikidata_id"))
    return comparison.learnt_ids.filter(
        ~Exists(taken), city__wikidata_id=None, city__merged_into=None
    ).order_by("pk")


def keep(comparison: Comparison, reason: str, by: Any) -> int:
    """Write all of them into the cities, with history; how many."""
    count = 0
    with transaction.atomic(), one_request(f"wikidata-ids-{comparison.pk}"):
        found = dict(open_ids(comparison).values_list("city_id", "wikidata_id"))
        for some in batches(found.items(), AT_ONCE):
            count += _write(dict(some), reason, by)
        if count:
            RegistryVersion.move_on()
    return count


def _write(numbers: dict[int, str], reason: str, by: Any) -> int:
    cities = list(City.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    now = timezone.now()
    for city in cities:
        city.wikidata_id, city.changed_at = numbers[city.pk], now
    return bulk_update_with_history(
        cities,
        City,
        ["wikidata_id", "changed_at"],
        default_user=by,
        default_change_reason=reason,
    )
