"""One side answers through its signed link: the answer counts, the axes follow, the office reads.

Nothing is deleted by an answer. "It has ended" puts the tie to sleep until the office enters its
end; "we do not know this tie" opens a dispute; what has changed goes to the office word for word.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from relationships.campaign import PURPOSE, sides_of
from relationships.deriving import derive
from relationships.models import Confirmation, Correction, Inquiry, Tie
from sistercities import links

REASON = "Answered through the signed link of the yearly inquiry"
MEANING = {
    Inquiry.Answer.ALIVE: Confirmation.Answer.ALIVE,
    Inquiry.Answer.CHANGED: Confirmation.Answer.ALIVE,
    Inquiry.Answer.ENDED: Confirmation.Answer.ENDED,
    Inquiry.Answer.UNKNOWN: Confirmation.Answer.UNKNOWN_TO_US,
}
FOR_THE_OFFICE = {
    Inquiry.Answer.CHANGED: Correction.Kind.CHANGED,
    Inquiry.Answer.ENDED: Correction.Kind.ENDED,
    Inquiry.Answer.UNKNOWN: Correction.Kind.DISPUTE,
}


@dataclass(frozen=True)
class Given:
    """What was pressed and written. Name and office are for the national office only."""

    answer: str
    text: str = ""
    year: int | None = None
    name: str = ""
    office: str = ""


def inquiry_of(token: str) -> Inquiry:
    """The inquiry behind a link; LinkProblem when the link does not work.

    `used` when it was answered; `moved` when this reader does not answer for the side any more, or
    the tie is not asked about any more.
    """
    link = links.read(PURPOSE, token)
    inquiry = _inquiry(link)
    if inquiry.answered_at:
        raise links.LinkProblem(links.Reason.USED, link)
    tie = inquiry.tie
    readers = sides_of([tie], timezone.localdate())[tie.pk, inquiry.side]
    if not tie.is_public or tie.has_ended or inquiry.to not in {one.address for one in readers}:
        raise links.LinkProblem(links.Reason.MOVED, link)
    return inquiry


def answered_inquiry(token: str) -> Inquiry:
    """The inquiry behind a link that was used, to show what was answered."""
    return _inquiry(links.read(PURPOSE, token))


def _inquiry(link: links.Link) -> Inquiry:
    number = int(link.about) if link.about.isdecimal() else 0
    rows = Inquiry.objects.select_related("tie__city_a__region", "tie__city_b__region")
    inquiry = rows.filter(pk=number).first()
    if inquiry is None or not link.is_for(inquiry.to):
        raise links.LinkProblem(links.Reason.WRONG)
    return inquiry


@transaction.atomic
def answer(inquiry: Inquiry, given: Given) -> Confirmation:
    """Take the answer; LinkProblem (used) when another press was quicker."""
    now = timezone.now()
    Tie.objects.select_for_update().get(pk=inquiry.tie_id)  # colleagues answer one by one
    first = Inquiry.objects.filter(pk=inquiry.pk, answered_at=None)
    if not first.update(answered_at=now, answer=given.answer):
        raise links.LinkProblem(links.Reason.USED)
    inquiry.answered_at, inquiry.answer = now, given.answer
    today = timezone.localdate(now)
    key = {"tie": inquiry.tie, "side": inquiry.side, "answered_on": today}
    confirmation = Confirmation.objects.filter(**key).first()
    confirmation = confirmation or Confirmation(**key)
    confirmation.answer = MEANING[given.answer]
    confirmation.answered_as, confirmation.answered_by = given.office, given.name
    confirmation.note, confirmation.inquiry = given.text, inquiry
    confirmation._change_reason = REASON
    confirmation.save()
    if given.answer in FOR_THE_OFFICE:
        Correction.objects.create(
            tie=inquiry.tie,
            side=inquiry.side,
            kind=FOR_THE_OFFICE[given.answer],
            text=given.text,
            year=given.year,
            told_by=", ".join(filter(None, [given.name, given.office])),
            inquiry=inquiry,
        )
    derive([inquiry.tie_id])
    return confirmation
