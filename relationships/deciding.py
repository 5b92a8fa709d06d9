"""What the national office decided about a proposal, and telling those who proposed it, once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee
from committees.recipients import Recipient, readers_at_desk
from relationships.models import Proposal, Tie
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending, letter
from sistercities.models import OutgoingMail

PURPOSE = "proposal-decided"
Review = Tie.Review
TOLD = (Review.PUBLISHED, Review.CHANGES_REQUESTED, Review.REJECTED)


@dataclass(frozen=True)
class Decision:
    """What was decided last: the number of that change in the history, and its reason."""

    number: int
    review: str
    reason: str


def decisions_on(ties: Iterable[int]) -> dict[int, Decision]:
    """The change that gave each tie the review that it has, in one query."""
    found: dict[int, Decision] = {}
    rows = Tie.history.filter(id__in=list(ties)).order_by("history_id")
    for tie, number, review, why in rows.values_list(
        "id", "history_id", "review", "history_change_reason"
    ):
        if tie not in found or found[tie].review != review:
            found[tie] = Decision(number, review, why or "")
    return found


def said_by_the_office(tie: Tie) -> str:
    """Why the office sent a proposal back or refused it: the reason of that change."""
    decision = decisions_on([tie.pk]).get(tie.pk)
    return decision.reason if decision and decision.review == tie.review else ""


def tell_decisions(ties: Iterable[int]) -> int:
    """Write to those who proposed these ties and to their coordinators; how many mails are new.

    The number of the decision is part of what makes a mail unique: saved again, nothing is sent.
    """
    proposals = Proposal.objects.filter(tie__in=list(ties), tie__review__in=TOLD)
    proposals = list(proposals.select_related("tie__city_a", "tie__city_b", "committee", "sent_by"))
    decisions = decisions_on(one.tie_id for one in proposals)
    return sum(_tell(one, decisions[one.tie_id]) for one in proposals if one.tie_id in decisions)


def readers_of(proposal: Proposal) -> list[Recipient]:
    """Who proposed it, as long as the desk is open to them, and the coordinators of today."""
    return readers_at_desk(proposal.committee, also=proposal.sent_by)


def _tell(proposal: Proposal, decision: Decision) -> int:
    tie = proposal.tie
    facts = {
        "tie": tie,
        "committee": proposal.committee.name,
        "decision": tie.review,
        "reason": " ".join(decision.reason.split()),
    }
    links = {code: {"link": _page(proposal.committee, tie, code)} for code in LANGUAGES}
    new = 0
    for reader in readers_of(proposal):
        new += reader.write(
            letter("proposal-decided", reader.language, facts, links),
            purpose=PURPOSE,
            about=f"proposal-{proposal.pk}-decision-{decision.number}",
        )
    return new


def _page(committee: Committee, tie: Tie, language: str) -> str:
    """The proposal at the desk; a refused one stands in the list only."""
    with override(language):
        if tie.review == Review.REJECTED:
            return absolute(reverse("desk:ties", args=[committee.slug]) + "#refused")
        return absolute(reverse("desk:tie", args=[committee.slug, tie.pk]))


@before_sending(PURPOSE)
def still_readable(mail: OutgoingMail) -> tuple[str, str] | None:
    """As it was written, to those who may open the page at this moment."""
    number = mail.about.split("-")[1]
    proposal = Proposal.objects.select_related("committee", "sent_by").filter(pk=number).first()
    if proposal is None or mail.to not in {one.address for one in readers_of(proposal)}:
        return None
    return mail.subject, mail.text
