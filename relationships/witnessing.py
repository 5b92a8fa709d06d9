"""What the two committees of a tie add to its story and proof, and what each may put right.

A tie belongs to two committees. Adding is free to both and says who added it; what somebody added
is theirs to correct or to withdraw; what a document proves, and what the other side, the office or
an import entered, goes to the office as a proposal. The table is docs/decisions/0009; every cell of
it is tested.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Evidence, Tie, TieEvent
from relationships.models.tie import own_side
from sistercities.models import Attachment

Kind = TieEvent.Kind
ADDED_AT_ONCE = tuple(kind for kind in Kind if kind not in (Kind.SUSPENDED, Kind.ENDED))
"""A pause is for the office to enter; an end has pages of its own."""
PROOFS = (
    Evidence.Kind.AGREEMENT,
    Evidence.Kind.COUNCIL_ACT,
    Evidence.Kind.MINISTRY_REGISTER,
    Evidence.Kind.PRESS,
)
PURPOSE = "relationships.evidence"


def events_of(tie: Tie, side: str) -> QuerySet[TieEvent]:
    """The story, each event with `is_own` and `is_proven`."""
    proofs = Evidence.objects.filter(event=OuterRef("pk"))
    return tie.events.annotate(is_own=_own(side), is_proven=Exists(proofs))


def evidence_of(tie: Tie, side: str) -> QuerySet[Evidence]:
    """What this side may see of the proof, each with `is_own`: a private file is its own side's."""
    rows = tie.evidence.annotate(is_own=_own(side))
    return rows.filter(Q(file="") | Q(is_public=True) | Q(is_own=True))


def _own(side: str) -> Q:
    return Q(entered_by=side) & ~Q(entered_by="")


def own_events(tie: Tie, side: str) -> QuerySet[TieEvent]:
    """Events that this side may correct: its own, but for a pause or an end."""
    return events_of(tie, side).filter(is_own=True, kind__in=ADDED_AT_ONCE)


def withdrawable_events(tie: Tie, side: str) -> QuerySet[TieEvent]:
    """Own events that no document proves."""
    return own_events(tie, side).filter(is_proven=False)


def own_evidence(tie: Tie, side: str) -> QuerySet[Evidence]:
    """Evidence that this side may correct or withdraw; not that of an end, which stays with it."""
    rows = evidence_of(tie, side).filter(is_own=True)
    return rows.exclude(event__kind__in=(Kind.SUSPENDED, Kind.ENDED))


def event_in_words(event: TieEvent) -> str:
    """ "Agreement signed, May 14, 1969"."""
    date = event.date.in_words() if event.date else event.date_text
    return ", ".join(filter(None, [str(event.get_kind_display()), date]))


def take_file(evidence: Evidence, attachment: Attachment | None) -> None:
    """Hand a checked upload over to the evidence; for the caller to save."""
    if attachment is not None:
        attachment.hand_over(evidence)


@transaction.atomic
def withdraw_event(event: TieEvent, reason: str) -> None:
    """Take back an event of one's own; its history stays."""
    event._change_reason = reason
    event.delete()
    derive([event.tie_id])


@transaction.atomic
def withdraw_evidence(evidence: Evidence, reason: str) -> None:
    """Take back evidence of one's own with its file; its history stays."""
    evidence._change_reason = reason
    evidence.delete()


def may_see_upload(attachment: Attachment, user) -> bool:
    """A file that waits in a draft is seen by those who share the desk."""
    return Committee.objects.for_user(user).filter(pk=attachment.owner).exists()


def files_of(committee: int) -> tuple[int, int]:
    """How many files, and bytes, a committee's side has given as evidence."""
    owner = Committee.objects.filter(pk=committee).first()
    if owner is None:
        return 0, 0
    ties = Tie.objects.for_committee(owner)
    rows = Evidence.objects.filter(tie__in=ties).exclude(file="").exclude(entered_by="")
    sizes = rows.annotate(own_side=own_side(owner, "tie__")).values_list(
        "own_side", "entered_by", "file_size"
    )
    own = [size for side, entered_by, size in sizes if side == entered_by]
    return len(own), sum(own)
