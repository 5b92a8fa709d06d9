"""Two states of one object side by side, in words: what a reviewer compares."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.models import ModelChange

from sistercities.admin.pasts import NOTHING, ReadableChanges
from sistercities.models import Reviewed

Review = Reviewed.Review
NEVER_SHOWN = {"review", "reviewed_by", "reviewed_at", "created_at", "changed_at"}
Related = tuple[type[models.Model], str]


@dataclass(frozen=True)
class Fact:
    """One line of the comparison, in words; `before` is None where nothing stands against it."""

    label: str
    after: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the two values differ."""
        return self.before is not None and self.before != self.after


@dataclass(frozen=True)
class Line:
    """A sentence with or without an address: a piece of evidence, an event, a likely duplicate."""

    text: str
    url: str = ""


@dataclass
class Section:
    """Lines under a heading; without lines, `empty` is said."""

    title: str
    lines: list[Line] = field(default_factory=list)
    empty: str = ""


def facts_of(
    obj: models.Model, names: Iterable[str], before: models.Model | None = None
) -> list[Fact]:
    """Columns in words, against those of an earlier version; what is empty in both is left out.
    A column without a history is not compared."""
    facts = []
    for name in names:
        then = NOTHING if before is None else None
        if before is not None and hasattr(before, name):
            then = in_words(obj, name, before)
        after = in_words(obj, name, obj)
        if after != NOTHING or then not in (NOTHING, None):
            label = capfirst(str(obj._meta.get_field(name).verbose_name))
            facts.append(Fact(label, after, None if before is None else then or after))
    return facts


def last_public(obj: Reviewed) -> models.Model | None:
    """How it was when everyone saw it last."""
    rows = type(obj).history.filter(id=obj.pk, review=Review.PUBLISHED)
    return rows.order_by("-history_id").first()


def changed_since(
    obj: Reviewed, names: Iterable[str], related: Iterable[Related], moment: datetime.datetime
) -> list[Fact]:
    """What differs from a moment in the past, in the object and in the rows that belong to it."""
    earlier = type(obj).history.filter(id=obj.pk, history_date__lte=moment)
    before = earlier.order_by("-history_id").first()
    found = [one for one in facts_of(obj, names, before) if one.is_changed]
    acts = {"+": _("added"), "~": _("changed"), "-": _("withdrawn")}
    for model, column in related:
        rows = model.history.filter(**{column: obj.pk, "history_date__gt": moment})
        label = capfirst(str(model._meta.verbose_name))
        for row in rows.order_by("history_id"):
            found.append(Fact(label, f"{row.instance}: {acts[row.history_type]}"))
    return found


def in_words(obj: models.Model, name: str, row: models.Model) -> str:
    """A column of an object, or of an earlier version `row` of it, as people read it."""
    value = getattr(row, name)
    words = ReadableChanges(type(obj), row).prepare_delta_change_value(
        ModelChange(name, None, value), value
    )
    return str(words)


def decided_in_words(obj: Reviewed) -> str:
    """Who decided last, what, and when."""
    if obj.reviewed_at is None:
        return _("Nobody has decided about this yet.")
    said = {"who": obj.reviewed_by, "review": obj.get_review_display()}
    said["when"] = date_format(timezone.localtime(obj.reviewed_at), "SHORT_DATETIME_FORMAT")
    return _("%(who)s decided on %(when)s: %(review)s.") % said
