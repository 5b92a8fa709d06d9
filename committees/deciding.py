"""What the national office decided about something that it reviews, and telling who sent it, once.

Every floor says who is told about its objects and where they read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee
from committees.recipients import Recipient, readers_at_desk
from committees.rights import NO_DESK
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending, letter
from sistercities.models import OutgoingMail, Reviewed

PURPOSE = "committee-decided"
LETTER = "review-decided"


@dataclass(frozen=True)
class Decision:
    """What was decided last: the number of that change in the history, and its reason."""

    number: int
    review: str
    reason: str


def decisions_of(model: type[Model], numbers: Iterable[int]) -> dict[int, Decision]:
    """The change that gave each object the review that it has, in one query."""
    found: dict[int, Decision] = {}
    rows = model.history.filter(id__in=list(numbers)).order_by("history_id")
    for pk, number, review, why in rows.values_list(
        "id", "history_id", "review", "history_change_reason"
    ):
        if pk not in found or found[pk].review != review:
            found[pk] = Decision(number, review, why or "")
    return found


def said_by_the_office(thing: Reviewed) -> str:
    """Why the office sent it back or refused it: the reason of that change."""
    decision = decisions_of(type(thing), [thing.pk]).get(thing.pk)
    return decision.reason if decision and decision.review == thing.review else ""


def write_decision(
    readers: Iterable[Recipient],
    thing,
    decision: Decision,
    *,
    purpose: str,
    about: str,
    by_language: dict[str, dict],
    letter_name: str = LETTER,
    **facts,
) -> int:
    """One mail to each reader about one decision; how many are new. The number of the decision is
    part of what makes a mail unique: saved again, nothing is sent."""
    facts = {
        "thing": str(thing),
        "decision": decision.review,
        "reason": " ".join(decision.reason.split()),
    } | facts
    return sum(
        reader.write(
            letter(letter_name, reader.language, facts, by_language),
            purpose=purpose,
            about=f"{about}-decision-{decision.number}",
        )
        for reader in readers
    )


def tell_committees(committees: Iterable[Committee]) -> int:
    """Tell those at the desks of committees what was decided about these."""
    committees = list(committees)
    decisions = decisions_of(Committee, [one.pk for one in committees])
    new = 0
    for one in committees:
        links = {code: {"link": _desk_of(one, code)} for code in LANGUAGES}
        new += write_decision(
            _readers(one),
            one,
            decisions[one.pk],
            purpose=PURPOSE,
            about=f"committee-{one.pk}",
            by_language=links,
        )
    return new


def _desk_of(committee: Committee, language: str) -> str:
    """Where it is read; a committee that was refused has no desk."""
    if committee.review in NO_DESK:
        return ""
    with override(language):
        return absolute(reverse("desk:home", args=[committee.slug]))


def _readers(committee: Committee) -> list[Recipient]:
    """Those in office today; also of a committee whose desk was closed by the decision itself."""
    return readers_at_desk(committee, also_closed=True)


@before_sending(PURPOSE)
def still_in_office(mail: OutgoingMail) -> tuple[str, str] | None:
    """As it was written, to those who coordinate the committee at this moment."""
    committee = Committee.objects.filter(pk=mail.about.split("-")[1]).first()
    if committee is None or mail.to not in {one.address for one in _readers(committee)}:
        return None
    return mail.subject, mail.text
