"""Rows that the office accepted after it compared a list with the registry, as a plan.

Their cities are those that somebody looked at, and where they contradict what is known, they count:
the plan then changes the date or kind, which undoing it puts back.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from relationships.imports.dates import KeptHabits, ReadDate
from relationships.imports.judging import Begin, Judge, Verdict, Winner, agree, preferred
from relationships.imports.known import KnownTie
from relationships.imports.planning import Plan, taken_already
from relationships.models import ImportBatch

ACCEPTED = "accepted"
"""Under this name an import knows what it was accepted from."""
_WRITES = {"new", "kind", "events"}


class Overruling(Judge):
    """Lets the list's word count where somebody saw both and chose it."""

    def _judge_kind(
        self, known: KnownTie, winner: Winner, kind: str, plan: dict, adds: list, against: list
    ) -> None:
        weaker = ("", known.kind, Begin.CONTACT)
        if known.kind_stated and kind == winner.kind and kind not in weaker:
            plan["kind"] = {"was": known.kind, "is": kind}
            known.kind = kind
            adds.append(_("the kind"))
            return
        super()._judge_kind(known, winner, kind, plan, adds, against)

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
        date, events = begun.date, known.events.setdefault(kind, [])
        dated = [event for event in events if event.date]
        ends = [event.date for event in known.events.get(Begin.ENDED, ()) if event.date]
        if (
            date is None
            or not dated
            or date != winner.date_of(kind, known.kind)
            or any(end.is_before(date) for end in ends)
        ):
            super()._judge_date(known, winner, kind, begun, plan, adds, against)
            return
        first = min(dated, key=lambda event: preferred(event.date))
        if agree(first.date, date) and len(str(date)) <= len(str(first.date)):
            return
        self._write(events, kind, date, begun.text, plan, first)
        adds.append(_("the date"))

    def _judge_end(
        self, known: KnownTie, ended: ReadDate, plan: dict, adds: list, against: list
    ) -> None:
        events = known.events.setdefault(Begin.ENDED, [])
        begun = [e.date for found in known.events.values() for e in found if e.date]
        if (
            not events
            or not ended.date
            or not events[0].date
            or agree(ended.date, events[0].date)
            or (begun and ended.date.is_before(min(begun)))
        ):
            super()._judge_end(known, ended, plan, adds, against)
            return
        self._write(events, Begin.ENDED, ended.date, ended.text, plan, events[0])
        adds.append(_("its end"))


class AcceptedPlan(Plan):
    """The plan of accepted rows. Rows whose statement is kept already are judged all the same, but
    not kept a second time."""

    judge = Overruling

    def store(self, by: Any = None, batch: ImportBatch | None = None) -> ImportBatch:
        """Read dates as the whole list was read."""
        self._habits = KeptHabits(batch.mapping[ACCEPTED]["habits"])
        self._kept: set[str] = set()
        return super().store(by, batch)

    def _taken(self, fingerprints: Iterable[str]) -> set[str]:
        self._kept = taken_already(fingerprints)
        return set()

    def _judged(self, judge: Judge) -> Iterator[tuple]:
        for number, verdict, reason, *rest, plan in super()._judged(judge):
            if plan.get("fingerprint") in self._kept:
                plan.pop("fingerprint")
                plan.pop("evidence", None)
                if not _WRITES & set(plan):
                    verdict, reason, plan = Verdict.SAME, _("This row was taken in before."), {}
            yield (number, verdict, reason, *rest, plan)
