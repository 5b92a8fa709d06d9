"""What a whole list says of each pair of cities, of its sides and of their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from relationships.imports.ends import End, Resolution
from relationships.imports.judging import Winner
from relationships.imports.known import Pair
from relationships.imports.planning import Claim, Plan
from relationships.models.tie import Side
from sistercities.folding import fold
from sistercities.partialdates import PartialDate


@dataclass(slots=True)
class Heard:
    """One pair: its first row, the sides whose word the rows are, and when it ended."""

    number: int
    sides: str = ""
    ended: PartialDate | None = None
    winner: Winner = field(default_factory=Winner)


class Hearing(Plan):
    """A plan that also hears what its list says as a whole. Rows that were taken in before say it
    once more."""

    winners: dict[Pair, Winner]

    def _taken(self, fingerprints: Iterable[str]) -> set[str]:
        return set()

    def _winners(self, claims: list[Claim]) -> dict[Pair, Winner]:
        self.winners = super()._winners(claims)
        return self.winners

    def heard(self, *, is_sided: bool) -> "Report":
        """Walk the rows once more, after `store`. `is_sided`: each row is its first city's word,
        whatever the list is called."""
        report = Report()
        for at, row in enumerate(self._reader):
            pair = self._pair(at)
            said_by = "" if row.flaw else row.said_by or ("a" if is_sided else "")
            found = self._resolved(at)
            if pair is None:
                if found is not None:
                    report.leave_open((row.a, row.b), found, said_by)
                continue
            first, second = found
            report.take_ids((row.a, row.b), found)
            known = report.pairs.get(pair)
            if known is None:
                known = report.pairs[pair] = Heard(row.number)
                known.winner = self.winners.get(pair) or known.winner
            if row.ended_text and known.ended is None:
                known.ended = self._habits.read("", row.ended_text, "").date
            if said_by:
                report.hear(pair, first.city if said_by == "a" else second.city)
        report.hear_open_rows()
        return report


@dataclass
class Report:
    """All that was heard. `speakers` are the cities whose own word some row is; `likely` are pairs
    that rows name by numbers only, `named` cities with the folded name of another one that is not
    decided: nobody can say that such pairs are missing there."""

    pairs: dict[Pair, Heard] = field(default_factory=dict)
    speakers: set[int] = field(default_factory=set)
    likely: set[Pair] = field(default_factory=set)
    named: set[tuple[int, str]] = field(default_factory=set)
    _open: list[tuple[str, str, str]] = field(default_factory=list)
    _ids: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _cities: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _written: dict[int, End] = field(default_factory=dict)

    def hear(self, pair: Pair, speaker: int) -> None:
        """One of the two cities says so."""
        known, side = self.pairs[pair], Side.A if speaker == pair[0] else Side.B
        if side not in known.sides:
            known.sides += side
        self.speakers.add(speaker)

    def leave_open(self, ends: tuple[End, End], found: Iterable[Resolution], said_by: str) -> None:
        """A row of which a city is not decided."""
        one, other = ends
        if one.wikidata and other.wikidata:
            self._open.append((one.wikidata, other.wikidata, said_by))
        for known, open_end in zip(found, (other, one), strict=True):
            if known.city is not None and open_end.name:
                self.named.add((known.city, fold(open_end.name)))

    def hear_open_rows(self) -> None:
        """Where another row of such a pair was understood, this is its second voice, not a
        silence."""
        cities = {number: city for city, number, _end in self.ids()}
        for one, other, said_by in self._open:
            a, b = cities.get(one), cities.get(other)
            if a is None or b is None or a == b:
                continue
            pair = (min(a, b), max(a, b))
            if pair not in self.pairs:
                self.likely.add(pair)
            elif said_by:
                self.hear(pair, a if said_by == "a" else b)

    def take_ids(self, ends: Iterable[End], found: Iterable[Resolution]) -> None:
        """Note the Wikidata numbers of both ends; where the city was not found beyond doubt, as
        one that leads to no single city."""
        for end, resolution in zip(ends, found, strict=True):
            if not end.wikidata:
                continue
            sure = bool(end.name) and not resolution.warning
            self._cities[end.wikidata].add(resolution.city if sure else 0)
            if sure:
                self._ids[resolution.city].add(end.wikidata)
                known = self._written.setdefault(resolution.city, end)
                if end.is_located and not known.is_located:
                    self._written[resolution.city] = end

    def ids(self) -> Iterator[tuple[int, str, End]]:
        """City, number and the place as written, where the two belong to each other and nobody
        else."""
        for city, numbers in self._ids.items():
            if len(numbers) == 1:
                (number,) = numbers
                if len(self._cities[number]) == 1:
                    yield city, number, self._written[city]
