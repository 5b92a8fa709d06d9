"""Keeping the Wikidata numbers that a list gives to cities which have none."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from committees.models import City
from relationships.models import Comparison, LearntId
from sistercities.bulk import batches, update_rows
from sistercities.history import one_request
from sistercities.models import RegistryVersion
from sistercities.pouring import pour_history

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
    fields = City._meta.concrete_fields
    rows = []
    for city in cities:
        city.wikidata_id, city.changed_at = numbers[city.pk], now
        values = [field.get_prep_value(getattr(city, field.attname)) for field in fields]
        rows.append([*values, getattr(by, "pk", None)])
    update_rows(City, ["wikidata_id"], [(numbers[city.pk], city.pk) for city in cities])
    City.objects.filter(pk__in=numbers).update(changed_at=now)
    columns = [*(field.attname for field in fields), "history_user_id"]
    pour_history(City, columns, rows, reason=reason, type_="~")
    return len(cities)
