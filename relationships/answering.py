"""A committee answers from its desk: is the tie alive? The same meaning as through a signed link.

"It has ended" is no answer here: its end is entered with date and document (`ending.py`).
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relationships.confirming import FOR_THE_OFFICE, MEANING, Given
from relationships.deriving import derive
from relationships.models import Confirmation, Correction, Inquiry, Tie

REASON = "Answered at the desk"


@transaction.atomic
def answer_at_desk(tie: Tie, sides: Iterable[str], given: Given) -> None:
    """Take the answer of today for these sides; a second one of the same day replaces the first."""
    wait_for_colleagues(tie)
    for side in sides:
        note_answer(tie, side, MEANING[given.answer], given, reason=REASON)
        if given.answer in FOR_THE_OFFICE:
            tell_the_office(tie, side, FOR_THE_OFFICE[given.answer], given.text, given)
    derive([tie.pk])


def wait_for_colleagues(tie: Tie) -> None:
    """Whoever answers about this tie at the same moment does so one after the other."""
    Tie.objects.select_for_update().get(pk=tie.pk)


def note_answer(tie: Tie, side: str, answer: str, given: Given, *, reason: str) -> Confirmation:
    """The answer itself, which closes the yearly question to this side. Nothing is derived yet;
    the caller holds the lock of the tie."""
    now = timezone.now()
    key = {"tie": tie, "side": side, "answered_on": timezone.localdate(now)}
    confirmation = Confirmation.objects.filter(**key).first()
    confirmation = confirmation or Confirmation(**key)
    confirmation.answer, confirmation.note = answer, given.text
    confirmation.answered_as, confirmation.answered_by = given.office[:120], given.name[:150]
    confirmation._change_reason = reason
    confirmation.save()
    asked = Inquiry.objects.filter(tie=tie, side=side, answered_at=None)
    asked.update(answered_at=now, answer=given.answer)
    return confirmation


def disagree(tie: Tie, side: str, given: Given) -> Confirmation:
    """The other side says that it ended, we say that it lives: disputed, until the office knows."""
    with transaction.atomic():
        wait_for_colleagues(tie)
        confirmation = note_answer(
            tie, side, Confirmation.Answer.ALIVE, given, reason="Disagreed with its end"
        )
        tell_the_office(tie, side, Correction.Kind.DISPUTE, given.text, given)
        derive([tie.pk])
    return confirmation


def tell_the_office(tie: Tie, side: str, kind: str, text: str, given: Given) -> Correction:
    """Something that only the national office decides, in the side's own words."""
    told_by = ", ".join(filter(None, [given.name, given.office]))[:250]
    return Correction.objects.create(tie=tie, side=side, kind=kind, text=text, told_by=told_by)


def speaker(user, committee, answer: str, text: str = "") -> Given:
    """An answer in the name of who is logged in: the name is for the office, the office public."""
    terms = committee.terms.current().filter(person__user=user).select_related("office")
    term = terms.order_by("office__rank").first()
    office = str(term.office) if term else _("Committee")
    return Given(answer=answer, text=text, name=user.name, office=office)
