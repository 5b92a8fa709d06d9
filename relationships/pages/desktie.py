"""What the desk says of a committee's ties: the list, and one tie, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from committees.models import Committee, CommitteeCity
from relationships.amending import open_edits
from relationships.deciding import decisions_on, said_by_the_office
from relationships.freshness import freshness, latest_answers, reciprocity_in_words
from relationships.models import (
    Confirmation,
    Correction,
    Evidence,
    SideContact,
    Tie,
    TieEdit,
    TieEvent,
)
from relationships.models.tie import Side
from relationships.taking_back import end_to_take_back
from relationships.todo import CONFIRMED_FOR
from relationships.witnessing import ADDED_AT_ONCE, event_in_words, events_of, evidence_of
from sistercities.bilingual import Text, text_of
from sistercities.models import Draft

PROPOSAL = "tie-proposal"
SIGNED = (Tie.Stage.SIGNED, Tie.Stage.REGISTERED)
Kind = TieEvent.Kind


@dataclass(frozen=True)
class Missing:
    """Something that a good record has, and where to give it: a name of a page, or nothing."""

    text: str
    page: str = ""
    query: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    tie: Tie
    sister: str
    reciprocity: str
    last_answer: date | None
    is_due: bool
    lacks_agreement: bool


@dataclass
class TieLists:
    """The list in its parts."""

    published: list[Row] = field(default_factory=list)
    proposed: list[Row] = field(default_factory=list)
    ended: list[Row] = field(default_factory=list)
    refused: list[tuple[Tie, str]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    may_propose: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.published or self.proposed or self.ended or self.drafts or self.refused)


def desk_ties(committee: Committee, today: date) -> TieLists:
    """All that the desk lists."""
    answers = Confirmation.objects.filter(tie=OuterRef("pk"), side=OuterRef("own_side"))
    last = answers.order_by().values("tie").annotate(last=Max("answered_on")).values("last")
    agreement = Evidence.objects.filter(tie=OuterRef("pk"), kind=Evidence.Kind.AGREEMENT)
    shown = agreement.filter(Q(is_public=True) & ~Q(file="") | ~Q(url=""))
    ties = Tie.objects.for_committee(committee).with_side(committee).with_cities()
    found = ties.annotate(last_answer=Subquery(last), has_agreement=Exists(shown))
    lists = TieLists()
    for tie in found.order_by("sort_name", "pk"):
        row = _row(tie, today)
        if not tie.is_public:
            lists.proposed.append(row)
        elif tie.has_ended:
            lists.ended.append(row)
        else:
            lists.published.append(row)
    gone = Tie.objects.with_cities().filter(
        proposal__committee=committee, review=Tie.Review.REJECTED
    )
    refused = list(gone[:10])
    reasons = decisions_on(tie.pk for tie in refused) if refused else {}
    lists.refused = [(tie, reasons[tie.pk].reason if tie.pk in reasons else "") for tie in refused]
    lists.drafts = list(Draft.objects.of(committee.pk, PROPOSAL))
    lists.may_propose = CommitteeCity.objects.filter(committee=committee, until=None).exists()
    return lists


def _row(tie: Tie, today: date) -> Row:
    last = tie.last_answer
    in_force = tie.is_public and not tie.has_ended
    return Row(
        tie=tie,
        sister=sister_of(tie, tie.own_side),
        reciprocity=reciprocity_in_words(tie),
        last_answer=last,
        is_due=bool(in_force and tie.own_side and (not last or last + CONFIRMED_FOR < today)),
        lacks_agreement=in_force and tie.stage in SIGNED and not tie.has_agreement,
    )


def sister_of(tie: Tie, side: str) -> str:
    """The name of the city on the other side; both when nobody can tell which is ours."""
    return {Side.A: tie.city_b.name, Side.B: tie.city_a.name}.get(side) or str(tie)


@dataclass(frozen=True)
class EventRow:
    """An event with what we may do with it."""

    event: TieEvent
    entered_by: str
    may_correct: bool
    may_withdraw: bool

    @property
    def in_words(self) -> str:
        """What happened, and when."""
        return event_in_words(self.event)

    @property
    def note(self) -> Text:
        """In the reader's language, or else in the other one."""
        return text_of(self.event, "note")


@dataclass(frozen=True)
class ProofRow:
    """A piece of evidence with what we may do with it."""

    evidence: Evidence
    entered_by: str
    may_correct: bool

    @property
    def proves(self) -> str:
        """The event that it proves."""
        return event_in_words(self.evidence.event) if self.evidence.event else ""


class DeskTie:
    """One tie as its committee's desk shows it."""

    def __init__(self, tie: Tie, side: str, committee: Committee, today: date) -> None:
        self.tie, self.side, self.committee, self.today = tie, side, committee, today
        self.names = {Side.A.value: tie.city_a.name, Side.B.value: tie.city_b.name}
        self.answers = list(tie.confirmations.order_by("answered_on", "pk"))
        self._events = list(events_of(tie, side).order_by("date", "pk"))
        self._evidence = list(evidence_of(tie, side).select_related("event"))
        self.proposal = getattr(tie, "proposal", None)

    @property
    def sister(self) -> str:
        """The city on the other side."""
        return sister_of(self.tie, self.side)

    @property
    def is_ours(self) -> bool:
        """Whether we speak for one of its cities."""
        return bool(self.side)

    @property
    def is_our_proposal(self) -> bool:
        """Whether we proposed it and the office has not published it yet."""
        mine = self.proposal is not None and self.proposal.committee_id == self.committee.pk
        return mine and not self.tie.is_public

    @property
    def is_reopened(self) -> bool:
        """Whether the office asks us for changes."""
        return self.is_our_proposal and self.tie.review == Tie.Review.CHANGES_REQUESTED

    @cached_property
    def said_by_the_office(self) -> str:
        """Why it was sent back."""
        return said_by_the_office(self.tie) if self.is_reopened else ""

    @property
    def freshness(self) -> str:
        """Who confirmed it, and when."""
        return freshness(self.tie, self.answers, self.today)

    @property
    def axes(self) -> list[tuple[str, str]]:
        """The five axes in words."""
        tie = self.tie
        return [
            (_("Kind"), tie.get_kind_display()),
            (_("Stage"), tie.get_stage_display()),
            (_("Vitality"), tie.get_vitality_display()),
            (_("Who says so"), reciprocity_in_words(tie, self.answers)),
            (_("Review"), tie.get_review_display()),
        ]

    @property
    def last_words(self) -> list[tuple[str, Confirmation | None]]:
        """The last answer of each side, ours first."""
        latest = latest_answers(self.answers)
        sides = sorted(self.names, key=lambda side: side != self.side)
        return [(self.names[side], latest.get(side)) for side in sides]

    @property
    def may_disagree(self) -> bool:
        """Whether the other side entered the end and we have not said otherwise since."""
        ends = [row for row in self._events if row.kind == Kind.ENDED]
        if not (self.side and self.tie.has_ended and ends) or ends[-1].entered_by == self.side:
            return False
        ours = latest_answers(self.answers).get(self.side)
        disagrees = ours is not None and ours.answer == Confirmation.Answer.ALIVE
        return not (disagrees and ours.created_at > ends[-1].created_at)

    @cached_property
    def may_take_back(self) -> bool:
        """Whether our side entered the end and nobody has acted on it."""
        return end_to_take_back(self.tie, self.side, self.committee) is not None

    @property
    def events(self) -> list[EventRow]:
        """The story in order; what has no date stands first."""
        rows = sorted(self._events, key=lambda row: (row.date is not None, str(row.date or "")))
        own = [row.is_own and row.kind in ADDED_AT_ONCE for row in rows]
        return [
            EventRow(row, self._who(row.entered_by), mine, mine and not row.is_proven)
            for row, mine in zip(rows, own, strict=True)
        ]

    @property
    def evidence(self) -> list[ProofRow]:
        """The strongest first."""
        order = [kind.value for kind in Evidence.Kind]
        rows = sorted(self._evidence, key=lambda row: (order.index(row.kind), row.pk))
        stays = (Kind.ENDED, Kind.SUSPENDED)
        return [
            ProofRow(
                row,
                self._who(row.entered_by),
                row.is_own and (row.event is None or row.event.kind not in stays),
            )
            for row in rows
        ]

    def _who(self, entered_by: str) -> str:
        if entered_by and entered_by == self.side:
            return _("our side")
        return self.names.get(entered_by, _("the office or a list"))

    @cached_property
    def missing(self) -> list[Missing]:
        """What a careful reader would ask for."""
        kinds = {row.kind for row in self._events}
        proofs = {row.kind for row in self._evidence if row.url or row.file}
        lines = []
        if self.tie.stage in SIGNED and Evidence.Kind.AGREEMENT not in proofs:
            lines.append(Missing(_("The signed agreement"), "add-evidence", "?kind=agreement"))
        if Kind.COUNCIL_APPROVAL in kinds and Evidence.Kind.COUNCIL_ACT not in proofs:
            lines.append(Missing(_("The act of the council"), "add-evidence", "?kind=council_act"))
        if not any(row.date for row in self._events if row.kind == Kind.SIGNED):
            lines.append(Missing(_("The date of the signature"), "add-event"))
        if Kind.COUNCIL_APPROVAL not in kinds:
            lines.append(Missing(_("The council's approval"), "add-event"))
        if self.side and self.side not in latest_answers(self.answers) and self.tie.is_public:
            lines.append(Missing(_("Our own answer: is it alive?"), "confirm"))
        return [] if self.tie.has_ended else lines

    @cached_property
    def other_committees(self) -> list[Committee]:
        """The published committees of the city on the other side."""
        city = {Side.A: self.tie.city_b_id, Side.B: self.tie.city_a_id}.get(self.side)
        found = Committee.objects.public().filter(city_links__city=city, city_links__until=None)
        found = found.filter(Q(single_tie=None) | Q(single_tie__tie=self.tie))
        return list(found.exclude(pk=self.committee.pk).distinct())

    @cached_property
    def open_questions(self) -> list[Correction]:
        """What we told the office and it has not dealt with."""
        return list(self.tie.corrections.filter(side=self.side, done_at=None)[:10])

    @cached_property
    def edits(self) -> list[TieEdit]:
        """Changes that we proposed and that were not accepted."""
        return list(open_edits(self.tie, self.committee))

    @cached_property
    def contacts(self) -> list[str]:
        """Whom this committee named on the other side; private."""
        given = [self.proposal.contact] if self.is_our_contact and self.proposal.contact else []
        own = SideContact.history.filter(
            history_type="+", history_user__person__terms__committee=self.committee
        )
        other = self.tie.side_contacts.exclude(side=self.side).filter(stopped_on=None)
        return given + [_contact(one) for one in other.filter(pk__in=own.values("id"))]

    @property
    def is_our_contact(self) -> bool:
        """Whether we gave the contact of the other side."""
        return self.proposal is not None and self.proposal.committee_id == self.committee.pk


def _contact(contact: SideContact) -> str:
    """The address, and whether the office lets us write to it."""
    if contact.decision == SideContact.Decision.REFUSED:
        words = {"email": contact.email, "reason": contact.decision_reason}
        return _("%(email)s (the office does not write there: %(reason)s)") % words
    if not contact.decision:
        return _("%(email)s (waits for the office)") % {"email": contact.email}
    return contact.email
