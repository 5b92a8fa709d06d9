"""Merging two objects, and taking a merge back: each in one transaction, both exactly."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sistercities.bulk import batches
from sistercities.history import one_request
from sistercities.merging import kinds
from sistercities.merging.kinds import Kind, Refused, Touched
from sistercities.merging.planning import Plan, touched_by
from sistercities.merging.writes import STAMP, Write, final, plain
from sistercities.models import Merge, RegistryVersion, User

AT_ONCE = 500
NAMED = 20
LONGEST_NAME = 250


def merge(
    kind: Kind,
    kept: int,
    gone: int,
    *,
    by: User | None,
    reason: str,
    choices: dict[str, str] | None = None,
    mark: str = "",
) -> Merge:
    """Make one object a part of another, by their numbers. Refused says what stands in the way;
    also when it is not what was seen (`mark`, of the plan) any more."""
    with transaction.atomic(), one_request():
        both = _locked(kind, kept, gone)
        names = {number: str(one)[:LONGEST_NAME] for number, one in both.items()}
        plan = Plan(kind, both[kept], both[gone], choices)
        if plan.refusals:
            raise Refused(plan.refusals)
        if mark and mark != plan.mark:
            raise Refused(_("Something changed while you were reading. Look at it again."))
        _check(both[kept])
        record = Merge.objects.create(
            model=kind.model._meta.label_lower,
            kept=kept,
            gone=gone,
            kept_name=names[kept],
            gone_name=names[gone],
            by=by,
            reason=reason,
            writes=[write.as_json() for write in plan.writes],
            joined=[[one._meta.label_lower, old, new] for one, old, new in plan.joined],
        )
        for write in plan.writes:
            write.forwards()
        _finish(kind, plan.touched(), by, reason)
    return record


def undo(record: Merge, *, by: User | None, reason: str) -> None:
    """Write the old values again. Refused names what was changed since and would be lost."""
    with transaction.atomic(), one_request(f"undo-merge-{record.pk}"):
        now = timezone.now()
        pending = Merge.objects.filter(pk=record.pk, undone_at=None)
        if not pending.update(undone_at=now, undone_by=by, undo_reason=reason):
            raise Refused(_("Somebody else has taken this back already."))
        record.refresh_from_db()
        if not record.writes:
            raise Refused(_("What was written is not known any more: it cannot be taken back."))
        writes = [Write.read(one) for one in record.writes]
        if found := what_stands_in_the_way(record, writes):
            rest = len(found) - NAMED
            more = [_("and %(count)s more") % {"count": rest}] if rest > 0 else []
            raise Refused([*found[:NAMED], *more])
        for write in reversed(writes):
            write.backwards()
        _finish(kinds.kind_of(record.kind), touched_by(writes), by, reason)


def what_stands_in_the_way(record: Merge, writes: Iterable[Write]) -> list[str]:
    """What was changed since the merge so that the old values would overwrite it."""
    found: list[str] = []
    changed = final(writes)
    for model, rows in changed.items():
        known: dict[int, dict] = {}
        names = sorted({name for columns in rows.values() for name in columns} - {STAMP})
        for some in batches(sorted(rows), AT_ONCE):
            stored = model._base_manager.filter(pk__in=some).values("pk", *names)
            known |= {row["pk"]: row for row in stored}
        for key, columns in rows.items():
            if key not in known:
                found.append(_("%(what)s %(number)s is gone.") % _told(model, key))
                continue
            for name, (_before, after) in columns.items():
                if name != STAMP and plain(known[key][name]) != after:
                    told = _told(model, key) | {"field": _called(model, name)}
                    found.append(
                        _("%(what)s %(number)s: “%(field)s” was changed since the merge.") % told
                    )
    return found + _hanging_on_both(record, changed)


def _hanging_on_both(record: Merge, changed: dict) -> Iterable[str]:
    """New rows that name what stays and something that would go back: they would be torn."""
    found, stays = [], defaultdict(set)
    for label, _gone, kept in record.joined:
        stays[apps.get_model(label)].add(kept)
    for target, kept in stays.items():
        for moved, rows in changed.items():
            for child, to_moved, to_target in () if moved is target else _between(moved, target):
                torn = {f"{to_target}__in": kept, f"{to_moved}__in": list(rows)}
                new = child._base_manager.filter(**torn).exclude(
                    pk__in=list(changed.get(child, ()))
                )
                for key in new.order_by("pk").values_list("pk", flat=True)[:NAMED]:
                    found.append(
                        _("%(what)s %(number)s was added since the merge.") % _told(child, key)
                    )
    return found


def _between(moved: type[models.Model], target: type[models.Model]):
    """Models with a foreign key to both, and the two columns."""
    for to_moved in kinds.relations_of(moved):
        for field in to_moved.model._meta.concrete_fields:
            if field.related_model is target and field is not to_moved:
                yield to_moved.model, to_moved.attname, field.attname


def _told(model: type[models.Model], key: int) -> dict:
    return {"what": str(model._meta.verbose_name).capitalize(), "number": key}


def _called(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _locked(kind: Kind, kept: int, gone: int) -> dict[int, models.Model]:
    """Both objects, for us alone: whoever merges one of them meanwhile waits and is told."""
    if kept == gone:
        raise Refused(_("Choose two different ones."))
    rows = kind.rows().select_for_update(of=("self",)).filter(pk__in=(kept, gone))
    both = {one.pk: one for one in rows.order_by("pk")}
    if len(both) < 2:
        raise Refused(_("One of the two is not there."))
    for one in both.values():
        if not kind.stands(one):
            raise Refused(_("%(name)s is not a record of its own any more.") % {"name": one})
    return both


def _check(kept: models.Model) -> None:
    """The rules of one row; what two rows must not share, the database says."""
    refused = []
    for constraint in kept._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            try:
                constraint.validate(type(kept), kept)
            except ValidationError as error:
                refused += error.messages
    if refused:
        raise Refused(refused)


def _finish(kind: Kind, touched: Touched, by: User | None, reason: str) -> None:
    """History for every row that was written, then what follows."""
    for model, keys in touched.items():
        if not hasattr(model, "history"):
            continue
        for some in batches(sorted(keys), AT_ONCE):
            rows = list(model._base_manager.filter(pk__in=some))
            model.history.bulk_history_create(
                rows, update=True, default_user=by, default_change_reason=reason
            )
    kind.after(touched)
    RegistryVersion.move_on()


def merges_of(one: models.Model) -> models.QuerySet[Merge]:
    """The merges that an object was part of."""
    mine = Q(kept=one.pk) | Q(gone=one.pk)
    return Merge.objects.filter(mine, model=one._meta.label_lower)
