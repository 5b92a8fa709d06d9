"""Chosen differences become an import of their own: a plan that is looked at, applied and undone
like any other. Its rows are those of the compared list, its cities those that were shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relationships.imports.accepted import ACCEPTED
from relationships.imports.known import Pair
from relationships.imports.refusal import ImportRefused
from relationships.models import Comparison, Difference, ImportBatch

FILE_NAME = "differences-{number}.json"


@dataclass(frozen=True)
class Choice:
    """Which differences: these, or all of one finding, perhaps of one country only. `seen` says
    which comparison was looked at; another one may have other rows."""

    finding: str
    country: str = ""
    picked: tuple[int, ...] = ()
    seen: str = ""

    def of(self, comparison: Comparison) -> QuerySet[Difference]:
        """The rows."""
        rows = comparison.differences.filter(finding=self.finding)
        if self.finding not in Difference.TO_ACCEPT:
            return rows.none()
        if self.country:
            rows = rows.in_country(self.country)
        return rows.filter(pk__in=self.picked) if self.picked else rows


def begin(comparison: Comparison, choice: Choice, reason: str, by: Any) -> ImportBatch:
    """An import that waits for its rows; `fill` writes them."""
    read = comparison.batch.mapping
    kept = ("header", "columns", "implied", "said_by", "countries")
    return ImportBatch.objects.create(
        source=comparison.batch.source,
        file_name=FILE_NAME.format(number=comparison.pk),
        format="sparql-json",
        state=ImportBatch.State.UPLOADED,
        by=by,
        mapping={name: read[name] for name in kept}
        | {
            ACCEPTED: {
                "comparison": comparison.pk,
                "finding": choice.finding,
                "country": choice.country,
                "picked": list(choice.picked),
                "seen": choice.seen,
                "reason": reason,
                "habits": read["habits"],
            }
        },
    )


def fill(batch: ImportBatch) -> None:
    """Write the rows of the chosen pairs into the import's own file."""
    asked = batch.mapping[ACCEPTED]
    comparison = Comparison.objects.select_related("batch").get(pk=asked["comparison"])
    if seen(comparison) != asked["seen"]:
        raise ImportRefused(_("The list was compared anew since. Look at the differences again."))
    choice = Choice(asked["finding"], asked["country"], tuple(asked["picked"]))
    pairs = set(choice.of(comparison).values_list("city_a_id", "city_b_id"))
    bindings, choices = [], {}
    for number, (raw, ends) in enumerate(_rows(comparison.batch, pairs), 2):
        bindings.append({column: {"value": text} for column, text in raw.items()})
        choices[str(number)] = dict(zip("ab", ends, strict=True))
    if not bindings:
        raise ImportRefused(_("None of the chosen rows is there any more."))
    table = {"head": {"vars": batch.mapping["header"]}, "results": {"bindings": bindings}}
    text = json.dumps(table, ensure_ascii=False).encode()
    batch.mapping["choices"] = choices
    batch.file.save("list", ContentFile(text), save=False)
    batch.save(update_fields=["file", "mapping"])


def seen(comparison: Comparison) -> str:
    """Names the differences as they are now."""
    return comparison.compared_at.isoformat() if comparison.compared_at else ""


def _rows(batch: ImportBatch, pairs: set[Pair]) -> Iterator[tuple[dict, list[int]]]:
    """What the list says of these pairs, and the cities of each row in its own order; a row that
    repeats another one word for word is left out."""
    rows = batch.rows.exclude(city_a=None).order_by("number")
    if len(pairs) <= 900:
        rows = rows.filter(city_a__in={a for a, _b in pairs})
    for raw, plan, *pair in rows.values_list("raw", "plan", "city_a_id", "city_b_id").iterator():
        if tuple(pair) in pairs and plan:
            yield raw, plan["ends"]
