"""Writing a stored plan into the registry: exactly as planned, all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import City
from relationships.deriving import derive
from relationships.imports.known import Pair, digest_of, known_ties
from relationships.imports.places import AT_ONCE
from relationships.imports.progress import Progress
from relationships.imports.refusal import ImportRefused
from relationships.models import Evidence, ImportBatch, ImportRow, Statement, Tie, TieEvent
from sistercities.bulk import batches, pages_in_memory, refresh_statistics, update_rows
from sistercities.history import one_request
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from sistercities.pouring import new_keys, pour_history, pour_with_history

PAIRS_AT_ONCE = 1500
MANY_TIES = 5000
MEGABYTES = 100
WRITTEN = (
    ImportRow.Verdict.CREATED,
    ImportRow.Verdict.CHANGED,
    ImportRow.Verdict.CONFLICT,
    ImportRow.Verdict.SAME,
)

_TIE = ("id", "city_a_id", "city_b_id", "kind", "review", "reviewed_by_id", "reviewed_at")
_EVENT = ("id", "tie_id", "kind", "date", "date_text", "batch_id")
_EVIDENCE = ("id", "tie_id", "kind", "title", "url", "batch_id")
_STATEMENT = (
    *("id", "tie_id", "source", "source_ref", "said_by", "kind_text", "date_text"),
    *("verbatim", "fingerprint", "batch_id"),
)


def reason_of(batch: ImportBatch) -> str:
    """What the history says of all that an import writes."""
    return f"import {batch.pk}"


def commit(
    number: int, progress: Progress | None = None, edition: int | None = None
) -> ImportBatch:
    """Write the plan of a batch. ImportRefused when there is none, when the registry moved on, or
    when the plan is no more the `edition` that somebody looked at."""
    progress = progress or Progress()
    with pages_in_memory(MEGABYTES), transaction.atomic(), one_request(f"import-{number}"):
        batch = ImportBatch.objects.select_for_update().filter(pk=number).first()
        pairs = _checked(number, batch)
        if edition not in (None, batch.edition):
            raise ImportRefused(_("The plan was changed since you looked at it. Look at it again."))
        progress.begin(_("Writing ties"), sum(len(rows) for rows in pairs.values()))
        writer = _Writer(batch)
        done = 0
        for some in batches(pairs.items(), PAIRS_AT_ONCE):
            done += writer.write(dict(some))
            progress.at(done)
        if len(writer.touched) > MANY_TIES:
            refresh_statistics(Tie, TieEvent, Statement)
        progress.begin(_("Deriving"), 1)
        derive(sorted(writer.touched))
        batch.state, batch.committed_at = ImportBatch.State.COMMITTED, timezone.now()
        batch.save(update_fields=["state", "committed_at"])
        if writer.touched:
            RegistryVersion.move_on()
    progress.end()
    return batch


def _checked(number: int, batch: ImportBatch | None) -> dict[Pair, list[int]]:
    """The rows to write by pair, when the plan still fits the registry."""
    if batch is None:
        raise ImportRefused(_("There is no import %(number)d.") % {"number": number})
    if batch.state == ImportBatch.State.COMMITTED:
        raise ImportRefused(_("Import %(number)d is already committed.") % {"number": number})
    if batch.state == ImportBatch.State.UNDONE:
        raise ImportRefused(
            _("Import %(number)d was undone. Import the file again.") % {"number": number}
        )
    if batch.state == ImportBatch.State.DROPPED:
        raise ImportRefused(
            _("Import %(number)d was put aside. Import the file again.") % {"number": number}
        )
    if batch.is_compared:
        raise ImportRefused(
            _("List %(number)d is only compared. Choose on its page what is to be taken over.")
            % {"number": number}
        )
    if not batch.counts:
        raise ImportRefused(
            _("The plan of import %(number)d was broken off. Import the file again.")
            % {"number": number}
        )
    rows = batch.rows.filter(verdict__in=WRITTEN).order_by("city_a", "city_b", "number")
    pairs: dict[Pair, list[int]] = defaultdict(list)
    for pk, a, b in rows.values_list("pk", "city_a_id", "city_b_id"):
        pairs[a, b].append(pk)
    if RegistryVersion.now() != batch.base_version and (
        _known_anew(batch, pairs) or _merged_since(pairs)
    ):
        raise ImportRefused(
            _(
                "The registry has changed since import %(number)d was planned, and these ties with "
                "it. Import the file again."
            )
            % {"number": number}
        )
    return pairs


def _known_anew(batch: ImportBatch, pairs: Iterable[Pair]) -> bool:
    """Whether more or less is known of these ties than when their rows were judged: all of them
    by the plan, those of rows that were settled later by hand one by one."""
    later = {
        tuple(map(int, key.split("-"))): digest
        for key, digest in batch.mapping.get("later", {}).items()
    }
    if digest_of(known_ties(pair for pair in pairs if pair not in later)) != batch.mapping["known"]:
        return True
    found = known_ties(later)
    return any(
        digest_of({pair: found[pair]} if pair in found else {}) != digest
        for pair, digest in later.items()
    )


def _merged_since(pairs: Iterable[Pair]) -> bool:
    cities = {city for pair in pairs for city in pair}
    return any(
        City.objects.filter(pk__in=some).exclude(merged_into=None).exists()
        for some in batches(sorted(cities), AT_ONCE)
    )


class _Writer:
    """Writes the rows of whole pairs."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch, self._reason, self._now = batch, reason_of(batch), timezone.now()
        self.touched: set[int] = set()

    def write(self, pairs: dict[Pair, list[int]]) -> int:
        """Some pairs with all their rows; how many rows."""
        rows = self._rows(pk for of_pair in pairs.values() for pk in of_pair)
        ties = self._ties(pairs, rows)
        statements, evidence, new_events, links = [], [], [], []
        for pair, of_pair in pairs.items():
            tie = ties.get(pair)
            if tie is None:  # taken in before, under the city that was meant then
                continue
            events: dict[tuple[str, int | None], dict] = {}
            for pk in of_pair:
                raw, plan = rows[pk]
                links.append((tie, pk))
                if not plan:
                    continue
                self.touched.add(tie)
                if "fingerprint" in plan:  # else kept since an earlier import
                    statements.append(self._statement(tie, raw, plan))
                if plan.get("evidence"):
                    url = plan["source_ref"].split(";")[0].split(" ")[0]
                    url = url if url.startswith(("https://", "http://")) else ""
                    evidence.append((tie, "dataset", plan["source"], url[:500], self._batch.pk))
                for event in plan.get("events", ()):
                    known = events.setdefault((event["kind"], event.get("event")), event)
                    known.update({k: v for k, v in event.items() if k != "was"})
            for (_kind, number), event in events.items():
                if number is None:
                    new_events.append(self._event(tie, event))
                else:
                    self._date(number, event)
        self._pour(Statement, _STATEMENT, statements)
        self._pour(TieEvent, _EVENT, new_events)
        self._pour(Evidence, _EVIDENCE, evidence)
        update_rows(ImportRow, ["tie_id"], links)
        return len(rows)

    @staticmethod
    def _rows(pks: Iterable[int]) -> dict[int, tuple[dict, dict]]:
        found: dict[int, tuple[dict, dict]] = {}
        for some in batches(pks, AT_ONCE):
            rows = ImportRow.objects.filter(pk__in=some).order_by()
            found |= {pk: (raw, plan) for pk, raw, plan in rows.values_list("pk", "raw", "plan")}
        return found

    def _ties(self, pairs: dict[Pair, list[int]], rows: dict) -> dict[Pair, int]:
        """The tie of each pair; new ones are written, changed kinds too."""
        new = {
            pair: rows[pk][1]["new"]["kind"]
            for pair, of_pair in pairs.items()
            for pk in of_pair
            if "new" in rows[pk][1]
        }
        keys = dict(zip(new, new_keys(Tie, len(new)), strict=True)) if new else {}
        published = (Tie.Review.PUBLISHED, self._batch.by_id, self._now)
        pour_with_history(
            Tie,
            _TIE,
            [(keys[pair], *pair, kind, *published) for pair, kind in new.items()],
            reason=self._reason,
        )
        known = known_ties(pair for pair in pairs if pair not in new)
        for pair, tie in known.items():
            keys[pair] = tie.tie
            for pk in pairs[pair]:
                if kind := rows[pk][1].get("kind"):
                    self._change(Tie.objects.get(pk=tie.tie), kind=kind["is"])
        return keys

    def _statement(self, tie: int, raw: dict, plan: dict) -> tuple:
        return (
            *(tie, plan["source"], plan["source_ref"], plan["said_by"]),
            *(plan["kind_text"], plan["date_text"], raw, plan["fingerprint"], self._batch.pk),
        )

    def _event(self, tie: int, event: dict) -> tuple:
        day = event.get("date") or None
        return tie, event["kind"], day, event.get("text", ""), self._batch.pk

    def _date(self, number: int, event: dict) -> None:
        day = PartialDate.parse(event["date"]) if event["date"] else None
        self._change(TieEvent.objects.get(pk=number), date=day, date_text=event["text"])

    def _change(self, found: Any, **values: Any) -> None:
        """Change one object, with its history."""
        for name, value in values.items():
            setattr(found, name, value)
        type(found).objects.filter(pk=found.pk).update(changed_at=self._now, **values)
        record_change(found, self._reason)

    def _pour(self, model: Any, columns: Sequence[str], rows: list[tuple]) -> None:
        if rows:
            keys = new_keys(model, len(rows))
            keyed = [(key, *row) for key, row in zip(keys, rows, strict=True)]
            pour_with_history(model, columns, keyed, reason=self._reason)


def record_change(found: Any, reason: str, type_: str = "~") -> None:
    """One row of history for an object as it is now."""
    fields = found._meta.concrete_fields
    values = [field.get_prep_value(getattr(found, field.attname)) for field in fields]
    pour_history(
        type(found), [field.attname for field in fields], [values], reason=reason, type_=type_
    )
