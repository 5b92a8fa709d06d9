"""A tie ends well: who decided it, when, by which document, and what everyone may read.

One side ends it; the other side is told and may disagree. The tie stays for ever as a part of the
record.
"""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from committees.models import Committee
from committees.recipients import recipients_of
from relationships.answering import note_answer
from relationships.campaign import sides_of
from relationships.confirming import Given
from relationships.deriving import derive
from relationships.models import Confirmation, Evidence, Tie, TieEvent
from relationships.models.tie import Side
from relationships.reporting.acknowledging import serves_both
from relationships.witnessing import take_file
from sistercities.context import absolute
from sistercities.mail import letter, queue
from sistercities.models import Attachment
from sistercities.models.base import WrongState
from sistercities.partialdates import PartialDate

PURPOSE = "tie-ended"
REASON = "Ended by its committee"


@dataclass(frozen=True)
class End:
    """What the page asks."""

    date: PartialDate
    decided_by: str
    wording: str
    document_title: str = ""
    document: Attachment | None = None
    is_public: bool = False


@transaction.atomic
def end(tie: Tie, side: str, committee: Committee, given: End, speaker: Given) -> TieEvent:
    """Write the end with note and document; WrongState when it has ended already."""
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.has_ended or not tie.is_public:
        raise WrongState(tie.get_stage_display())
    language = (get_language() or "es")[:2]
    event = TieEvent(tie=tie, kind=TieEvent.Kind.ENDED, date=given.date, entered_by=side)
    setattr(event, f"note_{language}", given.wording)
    event.private_note = given.decided_by
    event._change_reason = REASON
    event.save()
    if given.document is not None:
        evidence = Evidence(
            tie=tie,
            event=event,
            kind=Evidence.Kind.COUNCIL_ACT,
            title=given.document_title,
            date=given.date,
            is_public=given.is_public,
            entered_by=side,
        )
        take_file(evidence, given.document)
        evidence._change_reason = REASON
        evidence.save()
    for one in Side.values if serves_both(committee, tie) else [side]:
        note_answer(tie, one, Confirmation.Answer.ENDED, speaker, reason=REASON)
    derive([tie.pk])
    _tell_the_other_side(tie, side, committee, event)
    return event


def _tell_the_other_side(tie: Tie, side: str, committee: Committee, event: TieEvent) -> None:
    """One mail to each reader of the other side, in their language, through the outbox."""
    other = Side.B.value if side == Side.A else Side.A.value
    tie = Tie.objects.with_cities().get(pk=tie.pk)
    links = {}
    for language in ("es", "en"):
        with override(language):
            links[language] = {
                "link": absolute(tie.get_absolute_url()),
                "desk": absolute(reverse("desk:mine")),
                "when": event.date.in_words(language),
                "wording": getattr(event, f"note_{language}") or event.note_es or event.note_en,
            }
    facts = {"tie": tie, "committee": committee}
    own = {reader.address for reader in recipients_of([committee])[committee.pk]}
    for reader in sides_of([tie], timezone.localdate())[tie.pk, other]:
        if reader.address in own:  # a committee of both cities knows
            continue
        subject, text = letter("tie-ended", reader.language, facts, links)
        queue(
            purpose=PURPOSE,
            about=f"tie-{tie.pk}-event-{event.pk}",
            to=reader.address,
            language=reader.language,
            subject=subject,
            text=text,
            person_key=reader.person_key,
        )
