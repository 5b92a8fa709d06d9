"""A tie ends well: who decided it, when, by which document, and what everyone may read.

One side ends it; the other side is told and may disagree. The tie stays for ever as a part of the
record.
"""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, override

from committees.models import Committee
from relationships.answering import note_answer
from relationships.confirming import Given
from relationships.deriving import derive
from relationships.models import Confirmation, Evidence, Tie, TieEvent
from relationships.models.tie import Side
from relationships.reporting.acknowledging import serves_both
from relationships.telling import tell_the_other_side
from relationships.witnessing import take_file
from sistercities.context import absolute
from sistercities.mail import LANGUAGES
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
    tell_the_other_side(event, side, committee, PURPOSE, facts={}, words=_said(event))
    return event


def _said(event: TieEvent) -> dict[str, dict[str, str]]:
    """When and in which words it ended, by language."""
    said = {}
    for code in LANGUAGES:
        with override(code):
            said[code] = {
                "desk": absolute(reverse("desk:mine")),
                "when": event.date.in_words(code),
                "wording": getattr(event, f"note_{code}") or event.note_es or event.note_en,
            }
    return said
