"""Settling a row of a stored plan by hand: somebody says which city is meant, and the row is judged
again, with all others of its tie."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from committees.models import City
from relationships.imports.choices import keep_for_row, remember, resolution_of, words_of
from relationships.imports.columns import Mapping
from relationships.imports.dates import KeptHabits
from relationships.imports.ends import End, Resolution
from relationships.imports.judging import Judge, Judgement, Winner
from relationships.imports.kinds import read_kind
from relationships.imports.known import Pair, digest_of, known_ties
from relationships.imports.planning import (
    LONGEST_REASON,
    hopeless,
    judged,
    taken_already,
)
from relationships.imports.refusal import ImportRefused
from relationships.imports.rows import Reader, Row
from relationships.imports.tables import Table
from relationships.models import ImportBatch, ImportRow
from sistercities.folding import fold
from sistercities.models import Job

Verdict = ImportRow.Verdict
MOST_ALIKE = 50
"""Other rows that are judged again at once when a choice is remembered."""


@dataclass(frozen=True)
class Settled:
    """The row as it is now; how many others said the same and were settled with it, and whether
    more of them wait for the whole plan to be made again."""

    row: ImportRow
    others: int = 0
    more: bool = False


def open_side(row: ImportRow) -> str:
    """The first end of a row that nobody has decided, "a" or "b"; empty when there is none."""
    if row.verdict != Verdict.UNRESOLVED:
        return ""
    ends = row.plan.get("ends", [None, None])
    return next((side for side, city in zip("ab", ends, strict=True) if city is None), "")


def reader_of(batch: ImportBatch) -> Reader:
    """Reads the rows of an import again, from what is stored of them."""
    mapping = Mapping(
        batch.mapping["columns"], batch.mapping.get("implied", {}), batch.mapping.get("said_by", "")
    )
    table = Table(batch.format, batch.mapping["header"], lambda: iter(()))
    return Reader(table, mapping, batch.source, batch.mapping.get("countries", {}))


def read_again(reader: Reader, batch: ImportBatch, row: ImportRow) -> Row:
    """What a stored row says."""
    return reader.read(row.number, [row.raw.get(name, "") for name in batch.mapping["header"]])


def settle(
    number: int, row: int, side: str, city: int | None, *, by: Any, remembered: bool = False
) -> Settled:
    """Say which city an end of a row of an import means; None when none of the registry is meant.

    ImportRefused when somebody else was quicker, or when the plan is not open to changes.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().filter(pk=number).first()
        _must_be_open(number, batch)
        found = batch.rows.filter(number=row).first()
        if found is None or open_side(found) != side:
            raise ImportRefused(_("Somebody settled row %(row)d just before you.") % {"row": row})
        if city and not City.objects.filter(pk=city, merged_into=None).exists():
            raise ImportRefused(_("That city is not there any more. Choose another one."))
        reader = reader_of(batch)
        end = getattr(read_again(reader, batch, found), side)
        alike: list[tuple[ImportRow, str]] = []
        if remembered:
            remember(batch, end, city, by)
            alike = list(_alike(batch, reader, end, found))
        else:
            keep_for_row(batch, row, side, city)
        _decide(batch, reader, [(found, side), *alike[:MOST_ALIKE]], city)
        batch.counts = _counted(batch)
        batch.edition += 1
        batch.save(update_fields=["mapping", "counts", "edition"])
        found.refresh_from_db()
    return Settled(found, len(alike[:MOST_ALIKE]), len(alike) > MOST_ALIKE)


def _must_be_open(number: int, batch: ImportBatch | None) -> None:
    if batch is None:
        raise ImportRefused(_("There is no import %(number)d.") % {"number": number})
    if batch.state != ImportBatch.State.PLANNED or not batch.counts:
        raise ImportRefused(
            _("Import %(number)d is not being planned any more.") % {"number": number}
        )
    if Job.objects.open().filter(about=batch.about).exists():
        raise ImportRefused(_("Import %(number)d is being worked at.") % {"number": number})


def _alike(
    batch: ImportBatch, reader: Reader, end: End, but: ImportRow
) -> Iterable[tuple[ImportRow, str]]:
    """Other open rows that say the same words of a place, with the side on which they do."""
    words, name = words_of(end), fold(end.name)
    named = [c for c, field in batch.mapping["columns"].items() if field in ("city_a", "city_b")]
    rows = batch.rows.filter(verdict=Verdict.UNRESOLVED).exclude(pk=but.pk).order_by("number")
    likely = [
        pk
        for pk, raw in rows.values_list("pk", "raw").iterator(2000)
        if any(fold(raw.get(column, "")) == name for column in named)
    ]
    for row in rows.filter(pk__in=likely[: MOST_ALIKE * 4]):
        read = read_again(reader, batch, row)
        ends = row.plan.get("ends", [None, None])
        for side, city in zip("ab", ends, strict=True):
            if city is None and not read.flaw and words_of(getattr(read, side)) == words:
                yield row, side
                break


def _decide(
    batch: ImportBatch, reader: Reader, rows: list[tuple[ImportRow, str]], city: int | None
) -> None:
    """Put the city into these rows and judge those again of which both cities are known now."""
    whole: dict[Pair, dict[int, tuple[ImportRow, tuple[Resolution, Resolution]]]] = {}
    for row, side in rows:
        found = list(_ends_of(row))
        found["ab".index(side)] = resolution_of(city)
        judgement = hopeless(read_again(reader, batch, row), tuple(found))
        if judgement is not None:
            _keep(row, judgement)
            continue
        a, b = found[0].city, found[1].city
        whole.setdefault((min(a, b), max(a, b)), {})[row.pk] = (row, tuple(found))
    for pair, settled in whole.items():
        _judge_pair(batch, reader, pair, settled)


def _ends_of(row: ImportRow) -> tuple[Resolution, Resolution]:
    """What was known of a row's two ends when it was judged the last time."""
    ends = row.plan.get("ends", [None, None])
    why = row.plan.get("why", ["", ""])
    if row.verdict == Verdict.UNRESOLVED:
        odd = row.plan.get("odd", ["", ""])
    else:
        odd = [" ".join(row.plan.get("odd", ())), ""]
    return tuple(Resolution(*one) for one in zip(ends, why, odd, strict=True))


def _judge_pair(batch: ImportBatch, reader: Reader, pair: Pair, settled: dict) -> None:
    """Judge all rows of one tie again, in the order of the file, as the plan does."""
    others = batch.rows.filter(city_a=pair[0], city_b=pair[1])
    others = others.exclude(verdict__in=(Verdict.UNRESOLVED, Verdict.REJECTED))
    planned = list(others)
    rows = {row.pk: (row, _ends_of(row)) for row in planned} | settled
    inorder = sorted(rows.values(), key=lambda one: one[0].number)
    habits, winner = KeptHabits(batch.mapping["habits"]), Winner()
    known = known_ties([pair])
    if not planned:
        batch.mapping.setdefault("later", {})[f"{pair[0]}-{pair[1]}"] = digest_of(known)
    read = []
    for row, found in inorder:
        said = read_again(reader, batch, row)
        begun = habits.read(said.source, said.date_text, said.year_text)
        winner.hear(read_kind(said.kind_text) or "", begun.date)
        if row.plan:  # one without a plan repeats another row, and goes on to
            read.append((row, found, said))
    judge = Judge(known, {pair: winner})
    taken = taken_already(said.fingerprint for _row, _found, said in read)
    for row, found, said in read:
        kept = said.fingerprint in taken
        _keep(row, judged(judge, habits, said, found, said.fingerprint, kept), pair)


def _keep(row: ImportRow, judgement: Judgement, pair: Pair | tuple = (None, None)) -> None:
    row.verdict, row.reason = judgement.verdict, judgement.reason[:LONGEST_REASON]
    row.plan, (row.city_a_id, row.city_b_id) = judgement.plan, pair
    row.save(update_fields=["verdict", "reason", "plan", "city_a", "city_b"])


def _counted(batch: ImportBatch) -> dict[str, int]:
    """Rows by verdict."""
    rows = batch.rows.order_by().values("verdict").annotate(n=Count("pk"))
    counts = dict(rows.values_list("verdict", "n"))
    return {verdict: counts.get(verdict, 0) for verdict in Verdict.values}
