"""The axes of a tie as pure functions of what is known of it. No database here.

Rules: stage is the furthest step of its events unless the last word is a suspension or an end;
vitality is active up to 18 months after a confirmation or exchange, unconfirmed up to 36, then
dormant, unless the office set other numbers; a tie of which no sign of life was ever recorded is
unconfirmed, not dormant; both are what the design of the registry says. The five words that
visitors see follow from the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from relationships.models import Confirmation, Limits, Tie, TieEvent
from sistercities.partialdates import PartialDate

Kind = TieEvent.Kind
PROGRESS = {
    Kind.CONTACT: Tie.Stage.CONTACT,
    Kind.LETTER_OF_INTENT: Tie.Stage.LETTER_OF_INTENT,
    Kind.COUNCIL_APPROVAL: Tie.Stage.COUNCIL_APPROVAL,
    Kind.MINISTRY_OPINION: Tie.Stage.MINISTRY_OPINION,
    Kind.SIGNED: Tie.Stage.SIGNED,
    Kind.UPGRADED: Tie.Stage.SIGNED,
    Kind.RENEWED: Tie.Stage.SIGNED,
    Kind.REGISTERED: Tie.Stage.REGISTERED,
}
ORDER = list(Tie.Stage.values)
BEGINNINGS = (Kind.SIGNED, Kind.UPGRADED, Kind.REGISTERED)
TURNS = (*BEGINNINGS, Kind.RENEWED, Kind.SUSPENDED, Kind.ENDED)
LOOSE_KINDS = (Tie.Kind.CONTACT, Tie.Kind.PROJECT)

DESIGNED = Limits()


@dataclass(frozen=True)
class Event:
    """What counts of a TieEvent."""

    kind: str
    date: PartialDate | None = None
    number: int = 0


@dataclass(frozen=True)
class Answer:
    """What counts of a Confirmation."""

    side: str
    answer: str
    on: date


@dataclass
class Known:
    """All that the axes follow from. `exchanged` is the last day of the latest exchange."""

    kind: str
    override: str = ""
    events: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    exchanged: date | None = None
    said_by: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Axes:
    """The derived axes, named as the columns of Tie."""

    stage: str
    vitality: str
    reciprocity: str
    status: str
    since: PartialDate | None
    ended: PartialDate | None
    last_sign_of_life: date | None
    last_confirmed: date | None


def axes_of(known: Known, today: date, limits: Limits = DESIGNED) -> Axes:
    """All axes at once, on a day."""
    stage = stage_of(known.events)
    alive = [a.on for a in known.answers if a.answer == Confirmation.Answer.ALIVE]
    signs = [*alive, *([known.exchanged] if known.exchanged else [])]
    vitality = known.override or vitality_of(known, signs, today, limits)
    return Axes(
        stage=stage,
        vitality=vitality,
        reciprocity=reciprocity_of(known.said_by, known.answers),
        status=status_of(known.kind, stage, vitality),
        since=since_of(known),
        ended=_last(known.events, Kind.ENDED) if stage == Tie.Stage.ENDED else None,
        last_sign_of_life=max(signs, default=None),
        last_confirmed=max(alive, default=None),
    )


def in_time(events: Iterable[Event]) -> list[Event]:
    """Events as they came. Undated beginnings stand first; an undated end or pause last."""

    def when(event: Event) -> tuple[str, int]:
        last = event.kind in (Kind.SUSPENDED, Kind.ENDED)
        return str(event.date or ("9999" if last else "0000")), event.number

    return sorted(events, key=when)


def stage_of(events: Sequence[Event]) -> str:
    """The furthest step, or the pause or end that had the last word."""
    turns = [event.kind for event in in_time(events) if event.kind in TURNS]
    if turns and turns[-1] == Kind.ENDED:
        return Tie.Stage.ENDED
    if turns and turns[-1] == Kind.SUSPENDED:
        return Tie.Stage.SUSPENDED
    steps = [PROGRESS[event.kind] for event in events if event.kind in PROGRESS]
    return max(steps, key=ORDER.index, default=Tie.Stage.IDEA)


def since_of(known: Known) -> PartialDate | None:
    """The first dated signature or registration; for a contact or project its first contact."""
    dates = [e.date for e in known.events if e.date and e.kind in BEGINNINGS]
    if not dates and known.kind in LOOSE_KINDS:
        dates = [e.date for e in known.events if e.date and e.kind == Kind.CONTACT]
    return min(dates, default=None)


def _last(events: Iterable[Event], kind: str) -> PartialDate | None:
    dates = [event.date for event in events if event.kind == kind and event.date]
    return max(dates, default=None)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the 28th where a month is shorter."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, min(day.day, 28))


def vitality_of(known: Known, signs: list[date], today: date, limits: Limits = DESIGNED) -> str:
    """How recent the last sign of life is. A fresh signature is one; an old one is none."""
    agreed = [
        event.date.latest
        for event in known.events
        if event.date and event.kind in (*BEGINNINGS, Kind.RENEWED)
    ]
    fresh = [min(day, today) for day in agreed if day >= months_before(today, limits.active)]
    last = max([*signs, *fresh], default=None)
    sleeping = (Confirmation.Answer.DORMANT, Confirmation.Answer.ENDED)
    asleep = max((a.on for a in known.answers if a.answer in sleeping), default=None)
    if asleep and (last is None or asleep >= last):
        return Tie.Vitality.DORMANT
    if last is None:
        return Tie.Vitality.UNCONFIRMED
    if last >= months_before(today, limits.active):
        return Tie.Vitality.ACTIVE
    if last >= months_before(today, limits.unconfirmed):
        return Tie.Vitality.UNCONFIRMED
    return Tie.Vitality.DORMANT


def reciprocity_of(said_by: set[str], answers: Iterable[Answer]) -> str:
    """Which sides say that the tie exists. Disputed when a side's last word is that it does not,
    or when one says that it has ended and the other, since then, that it is alive."""
    last: dict[str, Answer] = {}
    for answer in sorted(answers, key=lambda a: a.on):
        last[answer.side] = answer
    unknown = Confirmation.Answer.UNKNOWN_TO_US
    if any(answer.answer == unknown for answer in last.values()):
        return Tie.Reciprocity.DISPUTED
    ended = [a.on for a in last.values() if a.answer == Confirmation.Answer.ENDED]
    alive = [a.on for a in last.values() if a.answer == Confirmation.Answer.ALIVE]
    if ended and alive and alive[0] >= ended[0]:
        return Tie.Reciprocity.DISPUTED
    sides = (said_by | set(last)) & {"a", "b"}
    if len(sides) == 2:
        return Tie.Reciprocity.MUTUAL
    if sides:
        return f"one_sided_{sides.pop()}"
    return Tie.Reciprocity.UNCLAIMED


def status_of(kind: str, stage: str, vitality: str) -> str:
    """The one word of five for visitors."""
    if stage == Tie.Stage.ENDED:
        return Tie.Status.ENDED
    if stage == Tie.Stage.SUSPENDED or vitality in (Tie.Vitality.DORMANT, Tie.Vitality.EMERITUS):
        return Tie.Status.DORMANT
    if stage not in (Tie.Stage.SIGNED, Tie.Stage.REGISTERED) and (
        kind not in LOOSE_KINDS or stage == Tie.Stage.IDEA
    ):
        return Tie.Status.PROPOSED
    return Tie.Status.ACTIVE if vitality == Tie.Vitality.ACTIVE else Tie.Status.UNCONFIRMED
