"""The verdict on each row: what it adds to a tie, repeats or contradicts, and what is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from relationships.imports.dates import ReadDate
from relationships.imports.kinds import RANK
from relationships.imports.known import KnownEvent, KnownTie, Pair
from relationships.imports.rows import Row
from relationships.models import ImportRow, Tie, TieEvent
from sistercities.partialdates import PartialDate

Verdict = ImportRow.Verdict
Begin = TieEvent.Kind


def beginning_of(kind: str) -> str:
    """The event that a row's date is the date of."""
    return Begin.CONTACT if kind == Tie.Kind.CONTACT else Begin.SIGNED


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may be the same day: one is as precise or says less."""
    if one.about or other.about:
        return one.year == other.year
    short, long = sorted((str(one), str(other)), key=len)
    return long.startswith(short)


@dataclass(slots=True)
class Winner:
    """What a whole file says of one pair, whatever the order of its rows."""

    kind: str = ""
    dates: dict[str, PartialDate] = field(default_factory=dict)

    def hear(self, kind: str, date: PartialDate | None) -> None:
        """The closest kind wins; the earliest year, and within it the most precise date."""
        if kind and (not self.kind or RANK[kind] > RANK[self.kind]):
            self.kind = kind
        if date:
            event = beginning_of(kind) if kind else ""
            known = self.dates.get(event)
            if known is None or preferred(date) < preferred(known):
                self.dates[event] = date

    def date_of(self, event: str, kind: str) -> PartialDate | None:
        """The date of a beginning of a tie of this kind; a row without a kind means the tie's."""
        dates = [self.dates.get(event)]
        if beginning_of(kind) == event:
            dates.append(self.dates.get(""))
        return min((date for date in dates if date), key=preferred, default=None)


def preferred(date: PartialDate) -> tuple:
    """Sorts the earliest year first, and within it the most precise date."""
    return date.year, date.about, -len(str(date)), str(date)


@dataclass(slots=True)
class Judgement:
    """A verdict with its reason and what is to be written for the row."""

    verdict: str
    reason: str = ""
    plan: dict[str, Any] = field(default_factory=dict)


class Judge:
    """Judges rows one after the other; each is known to the next."""

    def __init__(self, known: dict[Pair, KnownTie], winners: dict[Pair, Winner]) -> None:
        self._known, self._winners = known, winners
        self._seen: dict[str, int] = {}

    def judge(
        self,
        row: Row,
        pair: Pair,
        flipped: bool,
        kind: str,
        begun: ReadDate,
        ended: ReadDate,
        warnings: Iterable[str],
        kept_already: bool,
        fingerprint: str,
    ) -> Judgement:
        """The verdict. `flipped`: the row names the city with the higher number first."""
        told = (kind, row.date_text, row.ended_text)
        if row.is_ours and pair in self._known and self._known[pair].is_told(*told):
            return Judgement(Verdict.SAME, _("As the registry has it."))
        if kept_already:
            return Judgement(Verdict.SAME, _("This row was taken in before."))
        if fingerprint in self._seen:
            first = self._seen[fingerprint]
            return Judgement(Verdict.SAME, _("The same as row %(row)d.") % {"row": first})
        self._seen[fingerprint] = row.number
        known = self._known.setdefault(pair, KnownTie())
        winner = self._winners.get(pair) or Winner()
        side = {"a": "b", "b": "a"}.get(row.said_by, "") if flipped else row.said_by
        plan: dict[str, Any] = {
            "fingerprint": fingerprint,
            "source": row.source,
            "source_ref": row.source_ref,
            "said_by": side,
            "kind_text": row.kind_text,
            "date_text": begun.text or ended.text,
        }
        new = known.tie is None and known.first_row is None
        adds, against = [], []
        if new:
            known.first_row = row.number
            known.kind = winner.kind or Tie.Kind.SISTER_CITY
            known.kind_stated = True
            plan["new"] = {"kind": known.kind}
            base = beginning_of(known.kind)
            plan["events"] = [{"kind": base}]
            known.events[base] = [KnownEvent()]
        self._judge_kind(known, winner, kind, plan, adds, against)
        if begun.date or begun.text:
            event = beginning_of(kind or known.kind)
            self._judge_date(known, winner, event, begun, plan, adds, against)
        if ended.date or ended.text:
            self._judge_end(known, ended, plan, adds, against)
        if row.source not in known.sources:
            known.sources.add(row.source)
            plan["evidence"] = True
            adds.append(_("a source"))
        if side and side not in known.sides:
            known.sides.add(side)
            adds.append(_("the word of one side"))
        if known.review and known.review != Tie.Review.PUBLISHED:
            adds.append(_("to a tie that is not published"))
        sentences = [*against, *warnings]
        if new:
            return Judgement(Verdict.CREATED, " ".join(sentences), plan)
        if against:
            return Judgement(Verdict.CONFLICT, " ".join(sentences), plan)
        if adds:
            told = _("Adds %(things)s.") % {"things": ", ".join(adds)}
            return Judgement(Verdict.CHANGED, " ".join([told, *sentences]), plan)
        return Judgement(Verdict.SAME, " ".join(sentences), plan)

    def _judge_kind(
        self, known: KnownTie, winner: Winner, kind: str, plan: dict, adds: list, against: list
    ) -> None:
        if not kind:
            return
        if not known.kind_stated:  # so far only presumed
            if winner.kind and winner.kind != known.kind:
                plan["kind"] = {"was": known.kind, "is": winner.kind}
                known.kind = winner.kind
                adds.append(_("the kind"))
            known.kind_stated = True
        if kind not in (known.kind, Tie.Kind.CONTACT):
            against.append(
                _("Known as %(known)s, here %(here)s.")
                % {"known": Tie.Kind(known.kind).label, "here": Tie.Kind(kind).label}
            )

    def _judge_date(
        self,
        known: KnownTie,
        winner: Winner,
        kind: str,
        begun: ReadDate,
        plan: dict,
        adds: list,
        against: list,
    ) -> None:
        events = known.events.setdefault(kind, [])
        date = begun.date
        dated = [event for event in events if event.date]
        best = winner.date_of(kind, known.kind)
        settled = dated or not best
        rival = dated[0].date if dated else best
        if (
            date
            and rival
            and not any(agree(date, one.date) for one in dated or [KnownEvent(date=rival)])
        ):
            against.append(
                _("Known since %(known)s, here %(here)s.") % {"known": rival, "here": date}
            )
            return
        ends = [event.date for event in known.events.get(Begin.ENDED, ()) if event.date]
        if date and any(end.is_before(date) for end in ends):
            against.append(_("It would begin after its end."))
            return
        if date is None:
            if not events or (not events[0].date and not events[0].text):
                self._write(events, kind, None, begun.text, plan)
                adds.append(_("a date that cannot be read"))
            return
        if not settled and date != best:
            return  # a more precise date of the same file is taken instead
        vague = next((event for event in events if event.date and event.date != date), None)
        if dated and (vague is None or preferred(vague.date) <= preferred(date)):
            return
        if vague is not None and not vague.imported:
            return
        self._write(events, kind, date, begun.text, plan, vague)
        adds.append(_("the date"))

    def _judge_end(
        self, known: KnownTie, ended: ReadDate, plan: dict, adds: list, against: list
    ) -> None:
        events = known.events.setdefault(Begin.ENDED, [])
        if events:
            rival = events[0].date
            if ended.date and rival and not agree(ended.date, rival):
                against.append(
                    _("Known to have ended %(known)s, here %(here)s.")
                    % {"known": rival, "here": ended.date}
                )
            return
        begun = [e.date for found in known.events.values() for e in found if e.date]
        if ended.date and begun and ended.date.is_before(min(begun)):
            against.append(_("It would end before it began."))
            return
        self._write(events, Begin.ENDED, ended.date, ended.text, plan)
        adds.append(_("its end"))

    @staticmethod
    def _write(
        events: list[KnownEvent],
        kind: str,
        date: PartialDate | None,
        text: str,
        plan: dict,
        vague: KnownEvent | None = None,
    ) -> None:
        """Plan a new event, or the date of one that an import left without or less precise."""
        empty = next((e for e in events if not e.date and e.imported), None)
        target = vague or empty
        written = {"kind": kind, "date": str(date or ""), "text": "" if date else text[:80]}
        if target is None:
            target = KnownEvent()
            events.append(target)
        elif target.number is not None:
            written["event"] = target.number
            written["was"] = {"date": str(target.date or ""), "text": target.text}
        target.date, target.text = date, written["text"]
        plan.setdefault("events", []).append(written)
