"""An end that was entered by mistake is taken back by the side that entered it.

Only while nobody has built on it: once the other side has answered, the office has touched the
tie, or something else has happened to it, the end is for the office (docs/decisions/0011).
"""

from django.db import transaction
from django.db.models import Q

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Confirmation, Evidence, Inquiry, Tie, TieEvent
from relationships.models.tie import Side
from relationships.reporting.acknowledging import serves_both
from relationships.telling import tell_the_other_side
from relationships.witnessing import withdraw_event, withdraw_evidence
from sistercities.models.base import WrongState

PURPOSE = "tie-end-taken-back"
TURNS = (TieEvent.Kind.ENDED, TieEvent.Kind.SUSPENDED, TieEvent.Kind.RENEWED)


def end_to_take_back(tie: Tie, side: str, committee: Committee) -> TieEvent | None:
    """The end that this side entered and may still take back. A committee of both cities stands
    in nobody's way but its own."""
    if not side or not tie.is_public or not tie.has_ended:
        return None
    ends = tie.events.filter(kind=TieEvent.Kind.ENDED).order_by("created_at", "pk")
    event = ends.last()
    if (
        event is None
        or event.entered_by != side
        or _was_acted_on(tie, event, side, serves_both(committee, tie))
    ):
        return None
    return event


def _was_acted_on(tie: Tie, event: TieEvent, side: str, is_both: bool) -> bool:
    """Whether anybody else has done something since that stands on this end."""
    since = event.created_at
    later = tie.events.filter(kind__in=TURNS, created_at__gte=since).exclude(pk=event.pk)
    sides = Side.values if is_both else [side]
    answers = tie.confirmations.exclude(side__in=sides).filter(
        Q(created_at__gte=since) | Q(changed_at__gte=since)
    )
    told = tie.corrections.exclude(side__in=sides).filter(told_at__gte=since)
    if later.exists() or answers.exists() or told.exists():
        return True
    of_the_tie = {
        Tie: Q(id=tie.pk),
        TieEvent: Q(id=event.pk),
        Evidence: Q(event_id=event.pk),
        Confirmation: Q(tie_id=tie.pk),
    }
    return any(
        model.history.filter(rows, history_date__gte=since, history_user__is_staff=True).exists()
        for model, rows in of_the_tie.items()
    )


@transaction.atomic
def take_back(tie: Tie, side: str, committee: Committee, reason: str) -> None:
    """Withdraw the end with its document and our answer; WrongState when it is too late for that.

    What stood before stands again, the history keeps it all, and the other side is told."""
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    event = end_to_take_back(tie, side, committee)
    if event is None:
        raise WrongState(tie.get_stage_display())
    for evidence in event.evidence.all():
        withdraw_evidence(evidence, reason)
    since = event.created_at
    for one in Side.values if serves_both(committee, tie) else [side]:
        _answer_as_before(tie, one, since, reason)
    facts = {"reason": " ".join(reason.split())}
    tell_the_other_side(event, side, committee, PURPOSE, facts=facts, words={})
    withdraw_event(event, reason)
    derive([tie.pk])


def _answer_as_before(tie: Tie, side: str, since, reason: str) -> None:
    """Our answer "it has ended" goes; one that it replaced on the same day comes back. The yearly
    question that it closed is open again."""
    ended = Confirmation.Answer.ENDED
    for ours in tie.confirmations.filter(side=side, answer=ended, changed_at__gte=since):
        ours._change_reason = reason
        before = ours.history.filter(history_date__lt=since).order_by("history_id").last()
        if before is None:
            ours.delete()
            continue
        for name in ("answer", "answered_as", "answered_by", "note", "inquiry_id"):
            setattr(ours, name, getattr(before, name))
        ours.save()
    closed = Inquiry.objects.filter(tie=tie, side=side, answered_at__gte=since)
    closed.filter(answer=Inquiry.Answer.ENDED).update(answered_at=None, answer="")
