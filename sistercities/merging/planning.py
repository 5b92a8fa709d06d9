"""What merging two objects would write: nothing is written here."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from sistercities.merging import kinds
from sistercities.merging.kinds import Kind, value_of
from sistercities.merging.unique import keys_with
from sistercities.merging.writes import STAMP, Columns, Write, grouped, plain
from sistercities.models import Duplicate, Reviewed

Model = type[models.Model]
Row = dict[str, Any]
GONE, KEPT = "gone", "kept"


class Adapt(Protocol):
    """What else changes in a row that moves; `columns` are those that it reads and writes."""

    columns: frozenset[str]

    def __call__(self, row: Row) -> dict[str, Any]:
        """The new values of these columns."""


class Plan:
    """The writes that make `gone` a part of `kept`, and what stands in the way.

    `choices` says of a field, by its name, whose value is kept; of others the proposed one is.
    """

    def __init__(
        self, kind: Kind, kept: models.Model, gone: models.Model, choices: dict[str, str] | None
    ) -> None:
        self.kind, self.kept, self.gone = kind, kept, gone
        self.writes: list[Write] = []
        self.refusals: list[str] = []
        self.moves: Counter[Model] = Counter()
        self.stays: Counter[Model] = Counter()
        self.joined: list[tuple[Model, int, int]] = []
        self.shown: set[tuple[str, int]] = set()
        self._moments = [plain(getattr(one, STAMP)) for one in (kept, gone)]
        self.now = timezone.now()
        self._choices = choices or {}
        self._refuse_circles()
        kind.obstacles(self)
        if not self.refusals:
            self._build()

    def _refuse_circles(self) -> None:
        for field in self.kind.model._meta.concrete_fields:
            points_to = field.related_model is self.kind.model and value_of(self.kept, field)
            if points_to == self.gone.pk:
                said = {"kept": self.kept, "gone": self.gone, "what": field.verbose_name}
                self.refuse(_("%(kept)s names %(gone)s as “%(what)s”: change that first.") % said)

    def _build(self) -> None:
        self.take_fields(self.kind, self.kept, self.gone, self._choices)
        self.kind.join(self)
        self.kind.special(self)
        self.end(self.kind.model, [self.gone], {self.gone.pk: self.kept.pk})

    def refuse(self, sentence: str) -> None:
        """Something stands in the way."""
        if sentence not in self.refusals:
            self.refusals.append(sentence)

    def change(self, model: Model, changes: Iterable[tuple[int, Columns]]) -> None:
        """Plan these changes; values that stay the same are none."""
        real = (
            (key, {name: pair for name, pair in columns.items() if pair[0] != pair[1]})
            for key, columns in changes
        )
        self.writes += grouped(model, ((key, columns) for key, columns in real if columns))

    # The two objects themselves

    def take_fields(
        self, kind: Kind, kept: models.Model, gone: models.Model, choices: dict[str, str]
    ) -> None:
        """The chosen values of the one that goes. What no two objects share changes hands."""
        taken, given, freed = {}, {}, {}
        for fields in kind.columns():
            chosen = choices.get(fields[0].name)
            takes = chosen == GONE if chosen else kind.prefer_gone(kept, gone, fields)
            if fields[0].related_model is kind.model and value_of(gone, fields[0]) == kept.pk:
                takes = False  # nothing names itself
            for field in fields if takes else ():
                old, new = plain(value_of(kept, field)), plain(value_of(gone, field))
                taken[field.attname] = (old, new)
                setattr(kept, field.attname, value_of(gone, field))
                if field.unique and old != new:
                    freed[field.attname] = (new, None)
                    given[field.attname] = (None, old)
        taken |= {
            name: (plain(getattr(kept, name)), plain(value))
            for name, value in kind.follow(kept).items()
        }
        if any(old != new for old, new in taken.values()):
            taken[STAMP] = (plain(kept.changed_at), plain(self.now))
        self.change(kind.model, [(gone.pk, freed)])
        self.change(kind.model, [(kept.pk, taken)])
        self.change(kind.model, [(gone.pk, given)])

    def end(self, model: Model, gone: Iterable[models.Model], pairs: dict[int, int]) -> None:
        """Objects that are part of others now, their addresses leading there; suggestions about
        them are dealt with."""
        changes = []
        for one in gone:
            columns = {
                "merged_into_id": (one.merged_into_id, pairs[one.pk]),
                STAMP: (plain(one.changed_at), plain(self.now)),
            }
            if isinstance(one, Reviewed):
                columns["review"] = (one.review, Reviewed.Review.MERGED.value)
            changes.append((one.pk, columns))
        self.change(model, changes)
        self.joined += [(model, one, other) for one, other in pairs.items()]
        named = models.Q(one__in=pairs) | models.Q(other__in=pairs)
        pending = Duplicate.objects.open().filter(named, model=model._meta.label_lower)
        done = {"decision": ("", Duplicate.Decision.MERGED.value)}
        self.change(Duplicate, [(key, done) for key in pending.values_list("pk", flat=True)])

    # What points to them

    def join(self, model: Model, pairs: dict[int, int], adapt: Adapt | None = None) -> None:
        """Let everything that points to a key of `pairs` point to its value. `adapt` gives what
        else changes in a row that moves."""
        for field in kinds.relations_of(model):
            rule = kinds.rule_of(field)
            if rule is not None:
                rule(self, field, pairs)
            else:
                self.move(field, pairs, adapt)
        for column in kinds.numbered_of(model):
            self._renumber(column, pairs)

    def move(
        self,
        field: models.ForeignKey,
        pairs: dict[int, int],
        adapt: Adapt | None = None,
        among: models.Q | None = None,
    ) -> None:
        """Move the rows of one relation (only those `among`). A row that would be there twice
        stays, and what points to it goes to the other one."""
        model, name = field.model, field.attname
        known = {one.attname: one for one in model._meta.concrete_fields}
        keys = keys_with(model, {name, *(adapt.columns if adapt else ())} & set(known))
        asked = {"pk", name, *(one for key in keys for one in key.reads)}
        asked |= set(adapt.columns if adapt else ()) & set(known)
        rows = model._base_manager.order_by("pk")
        moving = rows.filter(**{f"{name}__in": list(pairs)})
        moving = list((moving.filter(among) if among else moving).values(*asked))
        if not moving:
            return
        taken: dict[tuple, int] = {}
        if keys:
            for row in rows.filter(**{f"{name}__in": set(pairs.values())}).values(*asked):
                taken |= {(n, key.of(row)): row["pk"] for n, key in enumerate(keys)}
        self.show(model, (row["pk"] for row in moving))
        changes, twins = [], {}
        for row in moving:
            new = row | (adapt(row) if adapt else {}) | {name: pairs[row[name]]}
            held = [(n, key.of(new)) for n, key in enumerate(keys)]
            held = [one for one in held if one[1] is not None]
            twin = next((taken[one] for one in held if one in taken), None)
            if twin is not None:
                twins[row["pk"]] = twin
                continue
            taken |= dict.fromkeys(held, row["pk"])
            changes.append(
                (row["pk"], {one: (plain(row[one]), plain(new[one])) for one in row if one != "pk"})
            )
        self.change(model, changes)
        self.moves[model] += len(changes)
        self.twins(model, twins)

    def twins(self, model: Model, twins: dict[int, int]) -> None:
        """Rows that are there twice: the first stays behind, what points to it goes to the other
        one."""
        if not twins:
            return
        self.stays[model] += len(twins)
        extra = kinds.twin_rule_of(model)
        if extra is not None:
            extra(self, twins)
        self.join(model, twins)

    def _renumber(self, column: kinds.Numbered, pairs: dict[int, int]) -> None:
        texts = {column.written(old): column.written(new) for old, new in pairs.items()}
        rows = column.model._base_manager.filter(**{f"{column.column}__in": list(texts)})
        changes = [
            (key, {column.column: (value, texts[value])})
            for key, value in rows.order_by("pk").values_list("pk", column.column)
        ]
        self.change(column.model, changes)
        self.moves[column.model] += len(changes)

    # Of the whole

    def touched(self) -> kinds.Touched:
        """The numbers of all rows that would be written."""
        return touched_by(self.writes)

    def show(self, model: Model, keys: Iterable[int]) -> None:
        """Note that these rows hang on the one that goes."""
        self.shown |= {(model._meta.label_lower, key) for key in keys}

    @property
    def mark(self) -> str:
        """A fingerprint of both objects and of what hangs on the one that goes, whatever is
        chosen: the same as long as a preview is true."""
        seen = json.dumps([self._moments, sorted(self.shown)])
        return hashlib.sha256(seen.encode()).hexdigest()[:32]


def touched_by(writes: Iterable[Write]) -> kinds.Touched:
    """The numbers of the rows that these write, by model."""
    found: kinds.Touched = defaultdict(set)
    for write in writes:
        found[write.model].update(write.keys)
    return found
