"""Who changed what of a tie, when and why, for one of its two committees.

Names of persons are for their own committee; of everybody else the reader learns the role.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from committees.models import Committee, OfficeTerm
from relationships.models import Confirmation, Evidence, Tie, TieEvent
from sistercities.partialdates import PartialDate

MOST = 200
"""Changes that are read of each kind of object, the latest ones."""
SHOWN = {
    Tie: ("kind", "review", "vitality_override"),
    TieEvent: ("kind", "date", "place", "note_es", "note_en"),
    Evidence: ("kind", "title", "date", "url", "is_public"),
    Confirmation: ("answer", "answered_on"),
}

OURS = frozenset(
    {
        gettext_noop("Added at the desk"),
        gettext_noop("Answered at the desk"),
        gettext_noop("Answered through the signed link of the yearly inquiry"),
        gettext_noop("Corrected at the desk"),
        gettext_noop("Corrected before it was sent again"),
        gettext_noop("Demo registry"),
        gettext_noop("Disagreed with its end"),
        gettext_noop("Ended by its committee"),
        gettext_noop("Proposed by its committee"),
        gettext_noop("Sent again by its committee"),
    }
)
"""Reasons that the registry itself writes down; all others are somebody's own words."""


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One act on one object."""

    when: datetime
    what: str
    act: str
    who: str
    why: str
    differences: tuple[Difference, ...] = ()


def changes_of(tie: Tie, committee: Committee, side: str = "") -> list[Change]:
    """The newest first."""
    rows = [row for model in SHOWN for row in _rows(model, tie, side)]
    names = _names({row.history_user for _before, row in rows if row.history_user}, tie, committee)
    changes = []
    for before, row in rows:
        differences = tuple(_differences(before, row)) if before is not None else ()
        if row.history_type == "~" and not differences:
            continue
        changes.append(
            Change(
                when=row.history_date,
                what=_what(row),
                act=_act(row.history_type),
                who=_who(row.history_user, names),
                why=_why(row.history_change_reason or ""),
                differences=differences,
            )
        )
    return sorted(changes, key=lambda change: change.when, reverse=True)


def _rows(model: type[Model], tie: Tie, side: str) -> list[tuple]:
    """Each history row with the one before it of the same object."""
    history = model.history.filter(**({"id": tie.pk} if model is Tie else {"tie_id": tie.pk}))
    if model is Evidence:
        others = ~Q(entered_by=side) | Q(entered_by="")
        history = history.exclude(others & ~Q(file="") & Q(is_public=False))
    rows = list(history.select_related("history_user").order_by("-history_id")[:MOST])[::-1]
    last: dict[int, object] = {}
    pairs = []
    for row in rows:
        pairs.append((last.get(row.id), row))
        last[row.id] = row
    return pairs


def _differences(before, after) -> Iterator[Difference]:
    model = after.instance_type
    for name in SHOWN[model]:
        old, new = getattr(before, name), getattr(after, name)
        if (old or "") != (new or ""):
            label = str(model._meta.get_field(name).verbose_name)
            yield Difference(label, _in_words(before, name, old), _in_words(after, name, new))


def _in_words(row, name: str, value) -> str:
    if isinstance(value, PartialDate):
        return value.in_words()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    field = row.instance_type._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value or ""))


def _what(row) -> str:
    model = row.instance_type
    if model is Tie:
        return _("The tie")
    if model is Evidence:
        return _("Evidence: %(title)s") % {"title": row.title}
    if model is Confirmation:
        return _("Answer: %(answer)s") % {"answer": row.get_answer_display()}
    date = f" ({row.date.in_words()})" if row.date else ""
    return _("Event: %(kind)s") % {"kind": row.get_kind_display()} + date


def _act(kind: str) -> str:
    return {"+": _("added"), "~": _("changed"), "-": _("withdrawn")}[kind]


def _why(reason: str) -> str:
    return _(reason) if reason in OURS else reason


def _names(users: set, tie: Tie, committee: Committee) -> dict[int, str]:
    """What each user is called here: own people by name and office, others by committee."""
    terms = OfficeTerm.objects.filter(person__user__in=users).select_related(
        "office", "committee", "person__user"
    )
    names: dict[int, str] = {}
    for term in terms.order_by("office__rank", "pk"):
        user = term.person.user
        if term.committee_id == committee.pk:
            words = {"name": user.name or term.person.name, "office": term.office}
            names[user.pk] = _("%(name)s, %(office)s") % words
        else:
            names.setdefault(user.pk, term.committee.name)
    return names


def _who(user, names: dict[int, str]) -> str:
    if user is None:
        return _("The registry")
    if user.pk in names:
        return names[user.pk]
    return _("The national office") if user.is_staff else _("Somebody")
