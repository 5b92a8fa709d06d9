"""From a table to a stored plan: a verdict and a reason for every row, nothing written yet.

The table is walked twice, so that no more than the distinct places and the dates are held at once:
first for its places, dates and what it says of each pair as a whole, then to judge row by row.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relationships.imports.choices import Choices
from relationships.imports.columns import Mapping
from relationships.imports.dates import DateHabits, ReadDate
from relationships.imports.ends import End, Resolution
from relationships.imports.judging import Judge, Judgement, Verdict, Winner
from relationships.imports.kinds import read_kind
from relationships.imports.known import Pair, digest_of, known_ties
from relationships.imports.places import AT_ONCE
from relationships.imports.progress import Progress
from relationships.imports.resolving import Resolver
from relationships.imports.rows import Reader, Row
from relationships.imports.tables import Table
from relationships.models import ImportBatch, ImportRow, Statement
from sistercities.bulk import batches
from sistercities.models import RegistryVersion
from sistercities.pouring import pour

ROWS_AT_ONCE = 2000
LONGEST_REASON = 300
_COLUMNS = ("batch_id", "number", "verdict", "reason", "raw", "city_a_id", "city_b_id", "plan")

Claim = tuple[int, str, str, str, str]
"""Position of a row in the file, its source, kind, date and year as written."""


class Plan:
    """Makes the plan of one table."""

    judge = Judge

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        source: str,
        *,
        countries: dict[str, str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._table, self._mapping, self._source = table, mapping, source
        self._countries = countries or {}
        self._reader = Reader(table, mapping, source, self._countries)
        self._progress = progress or Progress()
        self._habits = DateHabits()
        self._places = array("l")  # two per row: the positions of its ends, -1 where unreadable
        self._chosen: dict[int, tuple] = {}  # what somebody decided for the row at a position
        self._choices = Choices()

    def store(self, by: Any = None, batch: ImportBatch | None = None) -> ImportBatch:
        """Judge every row and keep the plan. Several transactions: a plan without counts is one
        that was broken off, and cannot be committed. `batch` is an import that was begun before;
        the rows of an earlier plan of it go, what people chose for them stays."""
        base = RegistryVersion.now()
        self._choices = Choices.of(self._source, batch)
        ends, claims = self._survey()
        self._progress.begin(_("Finding cities"), len(ends))
        self._cities = [
            self._choices.of_end(end) or found
            for end, found in zip(ends, Resolver().resolve(ends, self._progress.at), strict=True)
        ]
        winners = self._winners(claims)
        known = known_ties(self._pairs())
        state = digest_of(known)
        batch = self._begun(batch, by)
        counts: Counter[str] = Counter()
        self._progress.begin(_("Judging rows"), len(self._places) // 2)
        for rows in batches(self._judged(self.judge(known, winners)), ROWS_AT_ONCE):
            counts.update(row[1] for row in rows)
            with transaction.atomic():
                pour(ImportRow, _COLUMNS, [(batch.pk, *row) for row in rows])
            self._progress.at(counts.total())
        self._progress.end()
        batch.counts = {verdict: counts[verdict] for verdict in Verdict.values}
        batch.mapping |= {"known": state, "habits": self._habits.facts()}
        batch.state, batch.base_version = ImportBatch.State.PLANNED, base
        batch.planned_at = timezone.now()
        batch.save(update_fields=["counts", "mapping", "state", "base_version", "planned_at"])
        return batch

    def _begun(self, batch: ImportBatch | None, by: Any) -> ImportBatch:
        """The import without rows."""
        read = {
            "header": self._table.header,
            "columns": self._mapping.columns,
            "implied": self._mapping.implied,
            "said_by": self._mapping.said_by,
            "countries": self._countries,
        }
        if batch is None:
            return ImportBatch.objects.create(
                source=self._source,
                file_name=self._table.file_name,
                sha256=self._table.sha256,
                format=self._table.format,
                mapping=read,
                by=by,
            )
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            batch.rows.all()._raw_delete(batch.rows.db)
            batch.mapping = batch.mapping | read
            batch.mapping.pop("later", None)
            batch.counts, batch.edition = {}, batch.edition + 1
            batch.save(update_fields=["mapping", "counts", "edition"])
        return batch

    def _survey(self) -> tuple[list[End], list[Claim]]:
        """All distinct ends, and the rows that give a kind or a date."""
        positions: dict[End, int] = {}
        claims: list[Claim] = []
        for at, row in enumerate(self._reader):
            if row.flaw:
                self._places.extend((-1, -1))
                continue
            if row.number in self._choices.rows:
                self._chosen[at] = self._choices.of_row(row.number)
            for end in (row.a, row.b):
                self._places.append(positions.setdefault(end, len(positions)))
            if row.date_text or row.year_text:
                self._habits.see(row.source, row.date_text, row.year_text)
            if row.date_text or row.year_text or row.kind_text:
                claims.append((at, row.source, row.kind_text, row.date_text, row.year_text))
        return list(positions), claims

    def _resolved(self, at: int) -> tuple[Resolution, Resolution] | None:
        a, b = self._places[2 * at], self._places[2 * at + 1]
        if a < 0:
            return None
        of_a, of_b = self._chosen.get(at, (None, None))
        return of_a or self._cities[a], of_b or self._cities[b]

    def _pair(self, at: int) -> Pair | None:
        """The two cities of the row at a position, the lower number first."""
        found = self._resolved(at)
        if found is None or None in (found[0].city, found[1].city):
            return None
        a, b = found[0].city, found[1].city
        return None if a == b else (min(a, b), max(a, b))

    def _pairs(self) -> Iterator[Pair]:
        for at in range(len(self._places) // 2):
            if pair := self._pair(at):
                yield pair

    def _winners(self, claims: list[Claim]) -> dict[Pair, Winner]:
        winners: dict[Pair, Winner] = {}
        for at, source, kind, date, year in claims:
            if pair := self._pair(at):
                begun = self._habits.read(source, date, year)
                winners.setdefault(pair, Winner()).hear(read_kind(kind) or "", begun.date)
        return winners

    def _judged(self, judge: Judge) -> Iterator[tuple]:
        """The stored row of each row, without its batch."""
        numbered = enumerate(self._reader)
        for chunk in batches(numbered, ROWS_AT_ONCE):
            prints = {at: row.fingerprint for at, row in chunk if not row.flaw}
            taken = self._taken(prints.values())
            for at, row in chunk:
                found, pair = self._resolved(at), self._pair(at)
                judgement = hopeless(row, found)
                if judgement is None:
                    kept = prints[at] in taken
                    judgement = judged(judge, self._habits, row, found, prints[at], kept)
                yield (
                    row.number,
                    judgement.verdict,
                    judgement.reason[:LONGEST_REASON],
                    row.raw,
                    *(pair or (None, None)),
                    judgement.plan,
                )

    def _taken(self, fingerprints: Iterable[str]) -> set[str]:
        """Rows that are kept already say nothing new."""
        return taken_already(fingerprints)


def judged(
    judge: Judge,
    habits: DateHabits,
    row: Row,
    found: tuple[Resolution, Resolution],
    fingerprint: str,
    kept_already: bool,
) -> Judgement:
    """The judgement on a row whose two cities are decided."""
    a, b = found[0].city, found[1].city
    kind = read_kind(row.kind_text)
    begun = habits.read(row.source, row.date_text, row.year_text)
    ended = habits.read("", row.ended_text, "") if row.ended_text else ReadDate()
    odd = [one.warning for one in found if one.warning]
    warnings = odd + [one.warning for one in (begun, ended) if one.warning]
    if kind is None:
        warnings.append(
            _("The kind %(kind)s is not understood; kept as text.") % {"kind": row.kind_text}
        )
    judgement = judge.judge(
        row,
        (min(a, b), max(a, b)),
        a > b,
        kind or "",
        begun,
        ended,
        warnings,
        kept_already,
        fingerprint,
    )
    if judgement.plan:  # what is needed to judge the row again
        judgement.plan |= {"ends": [a, b]} | ({"odd": odd} if odd else {})
    return judgement


def hopeless(row: Row, found: tuple[Resolution, Resolution] | None) -> Judgement | None:
    """The verdict on a row that cannot be read, joined to cities or believed."""
    if row.flaw or found is None:
        return Judgement(Verdict.REJECTED, row.flaw)
    a, b = found
    if a.is_final or b.is_final:
        return Judgement(Verdict.REJECTED, a.reason if a.is_final else b.reason)
    if a.city is None or b.city is None:
        return undecided(a, b)
    if a.city == b.city:
        return Judgement(Verdict.REJECTED, _("The city would be twinned with itself."))
    return None


def undecided(a: Resolution, b: Resolution) -> Judgement:
    """The verdict on a row of which a city is open; its plan keeps what is known of both."""
    reasons = dict.fromkeys(one.reason for one in (a, b) if one.city is None)
    plan = {"ends": [a.city, b.city], "why": [a.reason, b.reason], "odd": [a.warning, b.warning]}
    return Judgement(Verdict.UNRESOLVED, " ".join(reasons), plan)


def taken_already(fingerprints: Iterable[str]) -> set[str]:
    """Those that are already kept as a statement."""
    taken: set[str] = set()
    for batch in batches(sorted(fingerprints), AT_ONCE):
        found = Statement.objects.filter(fingerprint__in=batch).order_by()
        taken.update(found.values_list("fingerprint", flat=True))
    return taken
