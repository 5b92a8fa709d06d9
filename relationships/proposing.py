"""A committee proposes a tie: one row for the pair, what happened, what proves it; once."""

import hashlib
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import City, Committee, Region
from relationships.deriving import derive
from relationships.models import (
    Evidence,
    Programme,
    Proposal,
    SideContact,
    Statement,
    Tie,
    TieEvent,
)
from relationships.models.tie import Side
from relationships.reporting.acknowledging import serves_both
from relationships.sistersearch import same_place
from relationships.witnessing import take_file
from sistercities.models import Attachment
from sistercities.partialdates import PartialDate

REASON = "Proposed by its committee"
FREE = (Tie.Review.DRAFT, Tie.Review.REJECTED)
"""A row for the pair that nobody shows or waits for: a proposal takes it up again."""


class AlreadyThere(Exception):
    """The pair has its tie: published, or with the office."""

    def __init__(self, tie: Tie) -> None:
        super().__init__(str(tie))
        self.tie = tie


class PlaceKnown(Exception):
    """Somebody added this very place in the meantime."""

    def __init__(self, city: City) -> None:
        super().__init__(str(city))
        self.city = city


@dataclass(frozen=True)
class NewCity:
    """A place that the registry does not know yet."""

    name: str
    country: str
    region: Region | None = None
    written_state: str = ""

    def on_record(self) -> City | None:
        """The place, when these words can mean nothing else. A state that we do not know may tell
        it from its namesake."""
        if self.written_state and self.region is None:
            return None
        return same_place(self.name, self.country, self.region)


@dataclass(frozen=True)
class Happened:
    """One step of the tie so far."""

    kind: str
    date: PartialDate | None = None


@dataclass
class Proposed:
    """What the steps of the form say."""

    own_city: City
    other: City | NewCity
    kind: str
    events: list[Happened] = field(default_factory=list)
    programme_year: int | None = None
    proof: Attachment | None = None
    proof_kind: str = Evidence.Kind.AGREEMENT
    proof_is_public: bool = False
    contact: str = ""
    contact_email: str = ""
    contact_language: str = "en"


def tie_between(one: City, other: City) -> Tie | None:
    """The pair's tie that stands in the way of a new proposal."""
    pair = sorted((one.pk, other.pk))
    tie = Tie.objects.with_cities().filter(city_a=pair[0], city_b=pair[1]).first()
    steps = 0
    while tie is not None and tie.merged_into_id and steps < 20:
        tie, steps = Tie.objects.with_cities().get(pk=tie.merged_into_id), steps + 1
    return None if tie is None or tie.review in FREE else tie


@transaction.atomic
def propose(committee: Committee, given: Proposed, *, by) -> Tie:
    """Everything in one transaction; AlreadyThere when the pair has its tie, PlaceKnown when the
    new place is not new any more. Proposals for the same city wait for one another."""
    cities = {given.own_city.pk, getattr(given.other, "pk", given.own_city.pk)}
    list(City.objects.select_for_update().filter(pk__in=cities).order_by("pk"))
    other = given.other if isinstance(given.other, City) else _made(given.other, committee)
    tie = _tie_for(given, other)
    side = Side.A if tie.city_a_id == given.own_city.pk else Side.B
    _tell(tie, side, given)
    _voice(tie, Side.values if serves_both(committee, tie) else [side], committee, given)
    proposal = Proposal.objects.filter(tie=tie).first() or Proposal(tie=tie)
    proposal.committee, proposal.sent_by, proposal.sent_at = committee, by, timezone.now()
    proposal.contact = given.contact
    proposal.save()
    if given.contact_email:
        SideContact.objects.get_or_create(
            tie=tie,
            side=Side.B if side == Side.A else Side.A,
            email=given.contact_email.lower(),
            defaults={
                "language": given.contact_language,
                "given_by": f"{committee.name[:150]}, {timezone.localdate().isoformat()}",
            },
        )
    if given.programme_year:
        Programme.objects.get_or_create(committee=committee, tie=tie, year=given.programme_year)
    derive([tie.pk])
    return tie


def _made(place: NewCity, committee: Committee) -> City:
    known = place.on_record()
    if known is not None:
        raise PlaceKnown(known)
    city = City(name=place.name, country=place.country, region=place.region)
    reason = f"Proposed by {committee.name}"
    if place.written_state and place.region is None:
        reason += f"; state as written: {place.written_state}"
    city._change_reason = reason[:200]
    city.save()
    return city


def _tie_for(given: Proposed, other: City) -> Tie:
    """The pair's row, new or taken up again; nobody else gets it in the meantime."""
    a, b = sorted((given.own_city, other), key=lambda city: city.pk)
    try:
        with transaction.atomic():
            return _submitted(Tie(city_a=a, city_b=b), given.kind)
    except IntegrityError:
        tie = Tie.objects.select_for_update().filter(city_a=a, city_b=b).first()
        if tie is None:
            raise
        if tie.review not in FREE:
            raise AlreadyThere(tie_between(a, b) or tie) from None
        return _submitted(tie, given.kind)


def _submitted(tie: Tie, kind: str) -> Tie:
    tie.kind, tie.review = kind, Tie.Review.SUBMITTED
    tie.reviewed_by = tie.reviewed_at = None
    tie._change_reason = REASON
    tie.save()
    return tie


def _tell(tie: Tie, side: str, given: Proposed) -> None:
    """What happened, and the document."""
    known = set(tie.events.values_list("kind", "date"))
    events = []
    for one in given.events:
        if (one.kind, one.date) not in known:
            event = TieEvent(tie=tie, kind=one.kind, date=one.date, entered_by=side)
            event._change_reason = REASON
            event.save()
            events.append(event)
    if given.proof is None:
        return
    proves = {
        Evidence.Kind.AGREEMENT: TieEvent.Kind.SIGNED,
        Evidence.Kind.COUNCIL_ACT: TieEvent.Kind.COUNCIL_APPROVAL,
    }.get(given.proof_kind)
    evidence = Evidence(
        tie=tie,
        event=next((event for event in events if event.kind == proves), None),
        kind=given.proof_kind,
        title=_title_of(given),
        is_public=given.proof_is_public,
        entered_by=side,
    )
    take_file(evidence, given.proof)
    evidence._change_reason = REASON
    evidence.save()


def _title_of(given: Proposed) -> str:
    if given.proof_kind == Evidence.Kind.COUNCIL_ACT:
        return _("Act of the council")
    return _("Signed agreement")


def _voice(tie: Tie, sides: list[str], committee: Committee, given: Proposed) -> None:
    """Each side that the committee speaks for says that the tie exists, in the proposal's words."""
    signed = next((one.date for one in given.events if one.kind == TieEvent.Kind.SIGNED), None)
    keys = {side: f"proposal {tie.pk} {side} {committee.pk}" for side in sides}
    prints = {side: hashlib.sha256(key.encode()).hexdigest() for side, key in keys.items()}
    known = Statement.objects.filter(fingerprint__in=prints.values())
    known = set(known.values_list("fingerprint", flat=True))
    for side, fingerprint in prints.items():
        if fingerprint not in known:
            Statement.objects.create(
                fingerprint=fingerprint,
                tie=tie,
                source=committee.name[:120],
                said_by=side,
                kind_text=str(Tie.Kind(given.kind).label)[:80],
                date_text=str(signed or ""),
                verbatim={one.kind: str(one.date or "") for one in given.events},
            )


@transaction.atomic
def send_again(tie: Tie, reason: str = "") -> None:
    """Changes were made: the office looks again. WrongState when it did not ask for any."""
    tie.send_again(reason or "Sent again by its committee")
    Proposal.objects.filter(tie=tie).update(sent_at=timezone.now())
