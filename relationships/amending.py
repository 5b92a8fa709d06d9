"""Facts of a published tie that a desk, or the office for a visitor, proposes to change.

A proposal keeps each new value beside the one that stood there (`TieEdit`). Accepting it writes
the values through every check of the tie and recomputes what follows from them, once. What was
changed in the meantime by somebody else is a conflict: the reviewer chooses for each fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relationships.axes import BEGINNINGS
from relationships.deriving import derive
from relationships.models import Tie, TieEdit, TieEvent
from sistercities.admin.registry import sentence_for
from sistercities.models.base import Reviewed, WrongState
from sistercities.partialdates import PartialDate

SAID = ("fields", "signatories", "term")
TEXTS = tuple(f"{name}_{code}" for name in SAID for code in ("es", "en"))
COLUMNS = ("kind", *TEXTS)
SIGNED = "signed"
"""The day of a signature that the story does not have yet."""
EVENT = "event-"
"""Before the number of an event whose date is meant."""
NOTHING = "–"
NOW, PROPOSED = "now", "proposed"
Values = dict[str, str]


@dataclass(frozen=True)
class Compared:
    """One fact in the words of the reader: when it was proposed, now, and as proposed."""

    key: str
    label: str
    before: str
    now: str
    proposed: str
    is_conflict: bool


def values_of(tie: Tie) -> Values:
    """The facts that may be proposed otherwise, as they stand in the registry."""
    values = {name: getattr(tie, name) or "" for name in COLUMNS}
    events = _events(tie)
    if not any(event.kind in BEGINNINGS for event in events):
        values[SIGNED] = ""
    return values | {f"{EVENT}{event.pk}": str(event.date or "") for event in events}


def _events(tie: Tie) -> list[TieEvent]:
    """The story in order, read once; what has no date stands first."""
    prefetch_related_objects([tie], "events")
    return sorted(tie.events.all(), key=lambda event: (str(event.date or ""), event.pk))


def labels_of(tie: Tie) -> dict[str, str]:
    """What each fact is called."""
    columns = {one.name: one for one in Tie._meta.fields}
    labels = {name: capfirst(str(columns[name].verbose_name)) for name in COLUMNS}
    labels[SIGNED] = _("Date: %(event)s") % {"event": TieEvent.Kind.SIGNED.label}
    for event in _events(tie):
        said = _("Date: %(event)s") % {"event": event.get_kind_display()}
        labels[f"{EVENT}{event.pk}"] = said
    return labels


def in_words(key: str, value: str) -> str:
    """A value for people."""
    if not value:
        return NOTHING
    if key == "kind":
        return str(dict(Tie.Kind.choices).get(value, value))
    if key in TEXTS:
        return value
    return PartialDate.parse(value).in_words()


def compared(edit: TieEdit) -> list[Compared]:
    """All that an edit proposes. A fact whose event was withdrawn since is a conflict too."""
    now, labels = values_of(edit.tie), labels_of(edit.tie)
    accepted = edit.is_public
    rows = []
    for key, wanted in edit.proposed.items():
        before, stands = edit.before.get(key, ""), now.get(key)
        rows.append(
            Compared(
                key=key,
                label=labels.get(key, _("An event that was withdrawn")),
                before=in_words(key, before),
                now=NOTHING if stands is None else in_words(key, stands),
                proposed=in_words(key, wanted),
                is_conflict=not accepted and stands not in (before, wanted),
            )
        )
    return rows


@transaction.atomic
def propose_edit(
    tie: Tie, wanted: Values, why: str, *, by, committee=None, side: str = ""
) -> TieEdit:
    """Keep what differs from the registry, for the office. ValidationError when nothing does."""
    edit = TieEdit(tie=tie, committee=committee, side=side, sent_by=by)
    return _sent(edit, wanted, why, "Proposed by its committee")


@transaction.atomic
def send_edit_again(edit: TieEdit, wanted: Values, why: str, *, by) -> TieEdit:
    """After the changes that the office asked for. WrongState when it did not ask for any."""
    asked = TieEdit.objects.select_for_update(of=("self",)).filter(
        pk=edit.pk, review=Reviewed.Review.CHANGES_REQUESTED
    )
    found = asked.select_related("tie", "committee").first()
    if found is None:
        raise WrongState(edit.get_review_display())
    found.sent_by, found.sent_at = by, timezone.now()
    return _sent(found, wanted, why, "Sent again by its committee")


def _sent(edit: TieEdit, wanted: Values, why: str, reason: str) -> TieEdit:
    now = values_of(edit.tie)
    edit.proposed = {key: text for key, text in wanted.items() if now.get(key, "") != text}
    if not edit.proposed:
        raise ValidationError(_("Nothing differs from what is in the registry."))
    edit.before = {key: now.get(key, "") for key in edit.proposed}
    edit.why, edit.review = why, Reviewed.Review.SUBMITTED
    edit._change_reason = reason
    edit.save()
    return edit


@transaction.atomic
def take_over(edit: TieEdit, *, by, reason: str, seen: str, choices: dict[str, str]) -> None:
    """Write the values into the tie in the reviewer's name, with the proposer's in the reason.

    `choices` says for each conflict whether what stands there now or what is proposed counts.
    ValidationError when one is missing, or when the tie would contradict itself.
    """
    tie = Tie.objects.select_for_update().get(pk=edit.tie_id)
    edit.tie = tie
    open_ones = [row for row in compared(edit) if row.is_conflict]
    if any(choices.get(row.key) not in (NOW, PROPOSED) for row in open_ones):
        names = ", ".join(row.label for row in open_ones)
        text = _("Changed since it was proposed: %(facts)s. Choose which value counts.")
        raise ValidationError(text % {"facts": names})
    Reviewed.publish(edit, by=by, reason=reason, seen=seen)
    dropped = {row.key for row in open_ones if choices[row.key] == NOW}
    values = {key: text for key, text in edit.proposed.items() if key not in dropped}
    who = edit.committee.name[:90] if edit.committee else _("a visitor")
    said = _("Edit %(number)s proposed by %(who)s, accepted") % {"number": edit.pk, "who": who}
    said = ": ".join(filter(None, [said, reason]))[:200]
    try:
        with transaction.atomic():
            _write(tie, values, by, said)
            _in_order(tie)
            derive([tie.pk])
    except IntegrityError as error:
        raise ValidationError(sentence_for(error, Tie)) from None


def _write(tie: Tie, values: Values, by, reason: str) -> None:
    columns = {name: text for name, text in values.items() if name in COLUMNS}
    for name, text in columns.items():
        setattr(tie, name, text)
    if columns:
        tie.full_clean()
        _save(tie, by, reason)
    events = {
        f"{EVENT}{one.pk}": one for one in TieEvent.objects.select_for_update().filter(tie=tie)
    }
    for key in sorted(values.keys() - columns):
        date = PartialDate.parse(values[key]) if values[key] else None
        new = TieEvent(tie=tie, kind=TieEvent.Kind.SIGNED) if key == SIGNED else None
        event = new or events.get(key)
        if event is None:
            raise ValidationError(_("An event was withdrawn since it was proposed."))
        event.date = date
        event.full_clean()
        _save(event, by, reason)


def _in_order(tie: Tie) -> None:
    """An end before every beginning would be taken for an earlier life of the tie: refuse it."""
    story = [event for event in TieEvent.objects.filter(tie=tie) if event.date]
    begun = [event.date for event in story if event.kind in BEGINNINGS]
    for event in story:
        if event.kind == TieEvent.Kind.ENDED and begun and event.date.is_before(min(begun)):
            raise ValidationError(_("A tie cannot end before it began."))


def _save(row, by, reason: str) -> None:
    row._change_reason, row._history_user = reason, by
    row.save()


def open_edits(tie: Tie, committee) -> Iterable[TieEdit]:
    """What a committee proposed for a tie and was not accepted, the newest first."""
    return tie.edits.filter(committee=committee).exclude(review=Reviewed.Review.PUBLISHED)[:10]
