"""What the registry knows of some pairs of cities, as far as an import asks."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from relationships.imports.places import AT_ONCE
from relationships.models import Statement, Tie, TieEvent
from sistercities.bulk import batches
from sistercities.partialdates import PartialDate

Pair = tuple[int, int]
"""The numbers of two cities, the lower first."""

BEGINNINGS = {
    TieEvent.Kind.SIGNED: TieEvent.Kind.SIGNED,
    TieEvent.Kind.REGISTERED: TieEvent.Kind.SIGNED,
    TieEvent.Kind.UPGRADED: TieEvent.Kind.SIGNED,
    TieEvent.Kind.CONTACT: TieEvent.Kind.CONTACT,
}


@dataclass(slots=True)
class KnownEvent:
    """A beginning or an end. `number` is None for one that the same file announces."""

    number: int | None = None
    date: PartialDate | None = None
    text: str = ""
    imported: bool = True


@dataclass(slots=True)
class KnownTie:
    """A tie as known before and while the rows of a file are judged."""

    tie: int | None = None
    kind: str = ""
    kind_stated: bool = False
    review: str = ""
    first_row: int | None = None
    sources: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    events: dict[str, list[KnownEvent]] = field(default_factory=dict)
    since: str = ""
    ended: str = ""

    def is_told(self, kind: str, since: str, ended: str) -> bool:
        """Whether our own list says what the registry has."""
        return self.tie is not None and (kind, since, ended) == (self.kind, self.since, self.ended)

    def digest(self) -> str:
        """Changes with anything that a plan may depend on."""
        events = sorted(
            (kind, one.number or 0, str(one.date or ""), one.text)
            for kind, found in self.events.items()
            for one in found
        )
        facts = (self.tie, self.kind, self.kind_stated, self.review)
        return repr((facts, sorted(self.sources), sorted(self.sides), events))


def known_ties(pairs: Iterable[Pair]) -> dict[Pair, KnownTie]:
    """The ties of these pairs that exist, each with what it is known for."""
    wanted = set(pairs)
    found: dict[Pair, KnownTie] = {}
    for batch in batches(sorted({a for a, _b in wanted}), AT_ONCE):
        ties = Tie.objects.filter(city_a__in=batch).order_by()
        columns = ("city_a_id", "city_b_id", "pk", "kind", "review", "merged_into_id")
        columns += ("since", "ended")
        for a, b, pk, kind, review, merged, *dates in ties.values_list(*columns):
            if (a, b) in wanted:
                found[a, b] = KnownTie(merged or pk, kind, review=review)
                found[a, b].since, found[a, b].ended = (str(day or "") for day in dates)
    by_tie: dict[int, list[KnownTie]] = {}
    for known in found.values():
        by_tie.setdefault(known.tie, []).append(known)
    for batch in batches(sorted(by_tie), AT_ONCE):
        _add_statements(batch, by_tie)
        _add_events(batch, by_tie)
    return found


def _add_statements(ties: list[int], by_tie: dict[int, list[KnownTie]]) -> None:
    rows = Statement.objects.filter(tie__in=ties).order_by()
    columns = ("tie_id", "source", "said_by", "kind_text")
    # A tie entered by hand has a kind that somebody decided; an imported one may only presume it.
    for tie in ties:
        for known in by_tie[tie]:
            known.kind_stated = True
    spoken: set[int] = set()
    for tie, source, side, kind_text in rows.values_list(*columns).distinct():
        for known in by_tie[tie]:
            if tie not in spoken:
                known.kind_stated = False
            known.sources.add(source)
            known.sides.add(side)
            known.kind_stated = known.kind_stated or bool(kind_text)
        spoken.add(tie)


def _add_events(ties: list[int], by_tie: dict[int, list[KnownTie]]) -> None:
    rows = TieEvent.objects.filter(tie__in=ties).order_by("pk")
    for tie, kind, number, day, text, batch in rows.values_list(
        "tie_id", "kind", "pk", "date", "date_text", "batch_id"
    ):
        kind = BEGINNINGS.get(kind, kind)
        for known in by_tie[tie]:
            event = KnownEvent(number, day, text, batch is not None)
            known.events.setdefault(kind, []).append(event)


def digest_of(known: dict[Pair, KnownTie]) -> str:
    """SHA-256 of all that is known of some pairs."""
    digest = hashlib.sha256()
    for pair in sorted(known):
        digest.update(f"{pair} {known[pair].digest()}\n".encode())
    return digest.hexdigest()
