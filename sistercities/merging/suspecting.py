"""Probable duplicates: found by each kind, kept with score and reasons, decided by the office."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from sistercities.bulk import batches
from sistercities.merging.kinds import Kind
from sistercities.merging.likeness import Likeness, Pair
from sistercities.models import Duplicate

AT_ONCE = 500
Found = dict[Pair, Likeness]


def suspect(kind: Kind, since: datetime.datetime | None = None) -> int:
    """Look for probable duplicates of a kind, among all or with those that changed `since`; how
    many wait now. What the office decided stays; what does not look alike any more goes."""
    among = None
    if since is not None:
        changed = kind.model._base_manager.filter(changed_at__gte=since)
        among = set(changed.values_list("pk", flat=True))
    found = {
        (min(pair), max(pair)): likeness for pair, likeness in kind.suspects(among) if likeness
    }
    with transaction.atomic():
        _keep(kind, found, among)
    return Duplicate.objects.open().filter(model=kind.model._meta.label_lower).count()


def _keep(kind: Kind, found: Found, among: set[int] | None) -> None:
    pairs = Duplicate.objects.filter(model=kind.model._meta.label_lower)
    known = {(pair.one, pair.other): pair for pair in pairs.iterator()}
    stale = [
        pair.pk
        for numbers, pair in known.items()
        if not pair.decision and numbers not in found and (among is None or among & set(numbers))
    ]
    for some in batches(stale, AT_ONCE):
        Duplicate.objects.filter(pk__in=some).delete()
    names = _names(kind, {number for pair in found for number in pair})
    changed, new = [], []
    for (one, other), (score, reasons) in found.items():
        pair = known.get((one, other))
        if pair is None:
            pair = Duplicate(
                model=kind.model._meta.label_lower, one=one, other=other, found_at=timezone.now()
            )
            new.append(pair)
        elif pair.decision or (pair.score, pair.reasons) == (score, reasons):
            continue
        else:
            changed.append(pair)
        pair.score, pair.reasons = score, reasons
        pair.one_name, pair.other_name = names[one], names[other]
    Duplicate.objects.bulk_create(new, batch_size=AT_ONCE)
    columns = ["score", "reasons", "one_name", "other_name"]
    Duplicate.objects.bulk_update(changed, columns, batch_size=AT_ONCE)


def _names(kind: Kind, numbers: Iterable[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for some in batches(sorted(numbers), AT_ONCE):
        rows = kind.rows().filter(pk__in=some)
        names |= {row.pk: str(row)[:250] for row in rows}
    return names
