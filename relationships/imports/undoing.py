"""Taking one import back whole, or saying what stands in the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.deriving import derive
from relationships.imports.committing import record_change
from relationships.imports.places import AT_ONCE
from relationships.imports.refusal import ImportRefused
from relationships.models import Evidence, ImportBatch, ImportRow, Statement, Tie, TieEvent
from sistercities.bulk import batches
from sistercities.history import one_request
from sistercities.models import Address, RegistryVersion
from sistercities.partialdates import PartialDate, PartialDateField
from sistercities.pouring import pour_history

SHOWN = 20

_WORDS = {
    "statements": gettext_lazy("other statements"),
    "events": gettext_lazy("other events"),
    "evidence": gettext_lazy("other evidence"),
}


LOOKED_AT = 1500
"""Ties up to which a preview looks for what stands in the way."""


@dataclass
class Preview:
    """What an undo would take away and put back, and what stands in its way: ties with words. Not
    looked for (None) where the import made more ties than a page can wait for."""

    ties: int
    statements: int
    evidence: int
    events: int
    changes: int
    obstacles: list[tuple[Tie, str]] | None = None
    more: int = 0


def preview(batch: ImportBatch) -> Preview:
    """What `undo` would do now."""
    created, _touched = _ties_of(batch)
    seen = Preview(
        len(created),
        *(model.objects.filter(batch=batch).count() for model in (Statement, Evidence, TieEvent)),
        changes=0,
    )
    changes = _changes_of(batch)
    seen.changes = len(changes)
    if len(created) + len(changes) <= LOOKED_AT:
        found = _obstacles(batch, created, changes)
        ties = Tie.objects.with_cities().filter(pk__in=sorted(found)[:SHOWN])
        seen.obstacles = [(tie, ", ".join(sorted(found[tie.pk]))) for tie in ties]
        seen.more = max(len(found) - SHOWN, 0)
    return seen


def undo(number: int) -> ImportBatch:
    """Undo a committed batch. ImportRefused, with the ties named, when something hangs on it."""
    with transaction.atomic(), one_request(f"undo-import-{number}"):
        batch = ImportBatch.objects.select_for_update().filter(pk=number).first()
        if batch is None:
            raise ImportRefused(_("There is no import %(number)d.") % {"number": number})
        if batch.state != ImportBatch.State.COMMITTED:
            raise ImportRefused(
                _("Import %(number)d is not committed: there is nothing to undo.")
                % {"number": number}
            )
        created, touched = _ties_of(batch)
        changes = _changes_of(batch)
        _refuse_obstacles(batch, created, changes)
        reason = f"undo import {number}"
        _restore(changes, reason)
        for model in (Statement, Evidence, TieEvent):
            rows = model.objects.filter(batch=batch)
            _record_end(model, rows, reason)
            rows._raw_delete(rows.db)
        _withdraw(sorted(created), reason)
        derive(sorted(touched - created))
        batch.state, batch.undone_at = ImportBatch.State.UNDONE, timezone.now()
        batch.save(update_fields=["state", "undone_at"])
        RegistryVersion.move_on()
    return batch


def _ties_of(batch: ImportBatch) -> tuple[set[int], set[int]]:
    """The ties that the batch created, and all that it touched."""
    rows = batch.rows.exclude(tie=None).order_by()
    touched = set(rows.values_list("tie_id", flat=True))
    created = rows.filter(verdict=ImportRow.Verdict.CREATED).values_list("tie_id", flat=True)
    return set(created), touched


def _changes_of(batch: ImportBatch) -> list[tuple[Any, dict, dict]]:
    """Objects that the batch changed but did not create: object, values written, values before."""
    rows = batch.rows.exclude(tie=None).exclude(verdict=ImportRow.Verdict.CREATED)
    kinds: list[tuple[int, dict]] = []
    first: dict[int, dict] = {}
    last: dict[int, dict] = {}
    for tie, plan in rows.order_by("number").values_list("tie_id", "plan").iterator(2000):
        if kind := plan.get("kind"):
            kinds.append((tie, kind))
        for event in plan.get("events", ()):
            if "event" in event:
                first.setdefault(event["event"], event["was"])
                last[event["event"]] = event
    ties = Tie.objects.in_bulk({tie for tie, _kind in kinds})
    events = TieEvent.objects.in_bulk(last)
    changes = [(ties[tie], {"kind": kind["is"]}, {"kind": kind["was"]}) for tie, kind in kinds]
    for number, event in last.items():
        changes.append((events[number], _dated(event), _dated(first[number])))
    return changes


def _dated(event: dict) -> dict:
    day = PartialDate.parse(event["date"]) if event["date"] else None
    return {"date": day, "date_text": event["text"]}


def _obstacles(
    batch: ImportBatch, created: set[int], changes: list[tuple[Any, dict, dict]]
) -> dict[int, set[str]]:
    """What people or other imports built on the batch since, in words, by tie."""
    found: dict[int, set[str]] = defaultdict(set)
    for some in batches(sorted(created), AT_ONCE):
        for relation in Tie._meta.related_objects:
            name, model = relation.get_accessor_name(), relation.related_model
            if model is ImportRow or not name:
                continue
            rows = model.objects.filter(**{f"{relation.field.name}__in": some}).order_by()
            if name in _WORDS:
                rows = rows.filter(~Q(batch=batch) | Q(batch=None))
            said = str(_WORDS.get(name, model._meta.verbose_name_plural))
            for tie in rows.values_list(relation.field.attname, flat=True).distinct():
                found[tie].add(said)
        for tie in _edited(Tie.history.filter(id__in=some), "id"):
            found[tie].add(_("changes made since"))
        for tie in _edited(TieEvent.history.filter(tie_id__in=some), "tie_id"):
            found[tie].add(_("changes made to its events since"))
    for changed, written, _before in changes:
        if any(getattr(changed, name) != value for name, value in written.items()):
            found[getattr(changed, "tie_id", changed.pk)].add(_("changes made since"))
    return found


def _refuse_obstacles(
    batch: ImportBatch, created: set[int], changes: list[tuple[Any, dict, dict]]
) -> None:
    found = _obstacles(batch, created, changes)
    if not found:
        return
    ties = Tie.objects.with_cities().filter(pk__in=sorted(found)[:SHOWN])
    lines = [f"  {tie.pk} {tie}: {', '.join(sorted(found[tie.pk]))}" for tie in ties]
    if len(found) > SHOWN:
        lines.append(_("  and %(count)d more") % {"count": len(found) - SHOWN})
    raise ImportRefused(
        "\n".join(
            [
                _("Import %(number)d cannot be undone; in the way stand:") % {"number": batch.pk},
                *lines,
            ]
        )
    )


def _edited(history: models.QuerySet, tie: str) -> set[int]:
    """Ties of objects that are no longer as they were made. What was changed and changed back, as
    by an import that was undone itself, is no change."""
    changed = history.filter(history_type="~").order_by().values_list("id", flat=True).distinct()
    stamps = {"changed_at", "history_id", "history_type", "history_date", "history_change_reason"}
    stamps |= {"history_user_id", "history_request_id"}
    columns = [f.attname for f in history.model._meta.concrete_fields if f.attname not in stamps]
    ties: dict[int, int] = {}
    first: dict[int, tuple] = {}
    last: dict[int, tuple] = {}
    for some in batches(sorted(changed), AT_ONCE):
        rows = history.model.objects.filter(id__in=some).order_by("history_id")
        for row in rows.values_list("id", tie, *columns):
            ties[row[0]] = row[1]
            first.setdefault(row[0], row[2:])
            last[row[0]] = row[2:]
    return {ties[number] for number, facts in last.items() if facts != first[number]}


def _restore(changes: Iterable[tuple[Any, dict, dict]], reason: str) -> None:
    for changed, _written, before in changes:
        for name, value in before.items():
            setattr(changed, name, value)
        type(changed).objects.filter(pk=changed.pk).update(changed_at=timezone.now(), **before)
        record_change(changed, reason)


def _record_end(model: type[models.Model], rows: models.QuerySet, reason: str) -> None:
    """History rows "deleted" for all rows of a query."""
    fields = model._meta.concrete_fields
    dates = [at for at, field in enumerate(fields) if isinstance(field, PartialDateField)]
    columns = [field.attname for field in fields]
    for some in batches(rows.order_by("pk").values_list(*columns).iterator(2000), 2000):
        found = [list(row) for row in some]
        for row in found:
            for at in dates:
                row[at] = fields[at].get_prep_value(row[at])
        pour_history(model, columns, found, reason=reason, type_="-")


def _withdraw(ties: list[int], reason: str) -> None:
    """Ties out of all counts, then out of the tables, and their addresses with them."""
    for some in batches(ties, AT_ONCE):
        Tie.objects.filter(pk__in=some).update(review=Tie.Review.DRAFT)
    derive(ties)
    for some in batches(ties, AT_ONCE):
        rows = Tie.objects.filter(pk__in=some)
        _record_end(Tie, rows, reason)
        ImportRow.objects.filter(tie__in=some).update(tie=None)
        Address.objects.filter(subject="tie", object_id__in=some).delete()
        rows._raw_delete(rows.db)
