"""Writing derived columns anew where a check found them wrong. Nothing else is ever changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from committees.findable import refresh_cities, refresh_committees, refresh_regions
from committees.models import OfficeTerm
from relationships.checking.derived import FOLDED, folded_as_it_should_be, fresh_tallies
from relationships.checking.difference import Difference, name_of
from relationships.deriving import derive, derive_cities
from relationships.models import Tie
from sistercities import tallies
from sistercities.bulk import batches, update_rows
from sistercities.models import RegistryVersion, SearchName

AT_ONCE = 2000


def mend(differences: Iterable[Difference], today: date) -> None:
    """Repair what the fixable ones name, and what follows from it, in one transaction."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for subject, number in {(one.subject, one.number) for one in differences if one.fixable}:
        if number is not None:
            numbers[subject].add(number)
    with transaction.atomic():
        _fold_anew(numbers)
        for exclusive in (True, False):
            wrong = OfficeTerm.objects.filter(
                pk__in=numbers["officeterm"], office__is_exclusive=exclusive
            )
            wrong.update(is_exclusive=exclusive)
        cities = numbers["city"]
        for batch in batches(sorted(cities), AT_ONCE):
            for side in ("city_a", "city_b"):
                ties = Tie.objects.filter(**{f"{side}__in": batch}).order_by()
                numbers["tie"].update(ties.values_list("pk", flat=True))
        derive(sorted(numbers["tie"]), today=today)
        derive_cities(sorted(cities))
        for listing, fresh in list(fresh_tallies()):
            if tallies.stored(listing) != fresh:
                tallies.rebuild(listing, fresh)
        for subject, refresh in (
            ("city", refresh_cities),
            ("region", refresh_regions),
            ("committee", refresh_committees),
        ):
            for batch in batches(sorted(numbers[subject]), AT_ONCE):
                SearchName.objects.filter(subject=subject, object_id__in=batch).delete()
            refresh(numbers[subject])
        RegistryVersion.move_on()


def _fold_anew(numbers: dict[str, set[int]]) -> None:
    for model, column, sources in FOLDED:
        for batch in batches(sorted(numbers[name_of(model)]), AT_ONCE):
            rows = model._base_manager.filter(pk__in=batch).values_list("pk", *sources)
            update_rows(
                model,
                [column],
                [(folded_as_it_should_be(model, column, texts), pk) for pk, *texts in rows],
            )
