"""What the national office decided about what desks sent, and telling those who sent it, once."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import override

from committees.deciding import Decision, decisions_of, said_by_the_office, write_decision
from committees.models import Committee
from committees.recipients import Recipient, readers_at_desk
from relationships.models import Donation, Exchange, Proposal, Tie, TieEdit
from relationships.reporting.acknowledging import Report, teller_of
from relationships.reporting.telling import desks_of
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending
from sistercities.models import OutgoingMail

__all__ = ["decisions_on", "said_by_the_office", "tell_decisions", "tell_edits", "tell_reports"]

PURPOSE = "proposal-decided"
EDIT, REPORT = "edit-decided", "report-decided"
REPORTS = {model._meta.model_name: model for model in (Exchange, Donation)}
Review = Tie.Review
TOLD = (Review.PUBLISHED, Review.CHANGES_REQUESTED, Review.REJECTED, Review.SUBMITTED)


def decisions_on(ties: Iterable[int]) -> dict[int, Decision]:
    """The change that gave each tie the review that it has, in one query."""
    return decisions_of(Tie, ties)


# Proposals of ties


def tell_decisions(ties: Iterable[int]) -> int:
    """Write to those who proposed these ties and to their coordinators; how many mails are new."""
    proposals = Proposal.objects.filter(tie__in=list(ties), tie__review__in=TOLD)
    proposals = list(proposals.select_related("tie__city_a", "tie__city_b", "committee", "sent_by"))
    decisions = decisions_on(one.tie_id for one in proposals)
    return sum(
        write_decision(
            readers_of(one),
            one.tie,
            decisions[one.tie_id],
            purpose=PURPOSE,
            about=f"proposal-{one.pk}",
            by_language=_links(lambda one=one: _page(one.committee, one.tie)),
            letter_name="proposal-decided",
            tie=one.tie,
            committee=one.committee.name,
        )
        for one in proposals
        if one.tie_id in decisions
    )


def readers_of(proposal: Proposal | TieEdit) -> list[Recipient]:
    """Who proposed it, as long as the desk is open to them, and the coordinators of today."""
    if proposal.committee is None:
        return []
    return readers_at_desk(proposal.committee, also=proposal.sent_by)


def _page(committee: Committee, tie: Tie) -> str:
    """The proposal at the desk; a refused one stands in the list only."""
    if tie.review == Review.REJECTED:
        return absolute(reverse("desk:ties", args=[committee.slug]) + "#refused")
    return absolute(reverse("desk:tie", args=[committee.slug, tie.pk]))


def _links(page) -> dict[str, dict[str, str]]:
    """The address of a page, by language."""
    links = {}
    for code in LANGUAGES:
        with override(code):
            links[code] = {"link": page()}
    return links


# Edits of ties


def tell_edits(edits: Iterable[TieEdit]) -> int:
    """Write to those who proposed these edits; how many mails are new."""
    edits = list(edits)
    decisions = decisions_of(TieEdit, [one.pk for one in edits])
    return sum(
        write_decision(
            readers_of(one),
            one.tie,
            decisions[one.pk],
            purpose=EDIT,
            about=f"edit-{one.pk}",
            by_language=_links(
                lambda one=one: absolute(
                    reverse("desk:tie-edit", args=[one.committee.slug, one.tie_id, one.pk])
                )
            ),
        )
        for one in edits
        if one.committee_id
    )


# Exchanges and donations


def tell_reports(reports: Iterable[Report]) -> int:
    """Write to the desks of the side that reported; how many mails are new."""
    new = 0
    for one in reports:
        name = one._meta.model_name
        decision = decisions_of(type(one), [one.pk])[one.pk]
        for desk in _desks(one):

            def page(desk=desk, one=one, name=name) -> str:
                if one.review == Review.REJECTED:
                    return absolute(reverse(f"desk:{name}s", args=[desk.slug]))
                return absolute(reverse(f"desk:{name}", args=[desk.slug, one.pk]))

            new += write_decision(
                readers_at_desk(desk),
                one,
                decision,
                purpose=REPORT,
                about=f"{name}-{one.pk}",
                by_language=_links(page),
            )
    return new


def _desks(report: Report) -> list[Committee]:
    teller = teller_of(report)
    return desks_of(report.tie, teller) if teller else []


# Asked again when a mail goes out


def _to(readers: list[Recipient], mail: OutgoingMail) -> tuple[str, str] | None:
    allowed = mail.to in {one.address for one in readers}
    return (mail.subject, mail.text) if allowed else None


@before_sending(PURPOSE)
def still_readable(mail: OutgoingMail) -> tuple[str, str] | None:
    """As it was written, to those who may open the page at this moment."""
    proposals = Proposal.objects.select_related("committee", "sent_by")
    found = proposals.filter(pk=mail.about.split("-")[1]).first()
    return _to(readers_of(found), mail) if found else None


@before_sending(EDIT)
def edit_still_readable(mail: OutgoingMail) -> tuple[str, str] | None:
    """The same of an edit."""
    edits = TieEdit.objects.select_related("committee", "sent_by")
    found = edits.filter(pk=mail.about.split("-")[1]).first()
    return _to(readers_of(found), mail) if found else None


@before_sending(REPORT)
def report_still_readable(mail: OutgoingMail) -> tuple[str, str] | None:
    """The same of an exchange or a donation."""
    name, number = mail.about.split("-")[:2]
    found = REPORTS[name].objects.select_related("tie__city_a", "tie__city_b").filter(pk=number)
    desks = _desks(found.get()) if found else []
    return _to([reader for desk in desks for reader in readers_at_desk(desk)], mail)
