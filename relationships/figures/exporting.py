"""The figures as CSV and JSON: the lines of the page, all of them."""

import datetime
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.http import StreamingHttpResponse

from relationships.figures.counting import MEASURED, Table
from relationships.figures.layout import AID, columns_of, sorted_aid, with_total
from sistercities.spreadsheets import csv_lines

PLACE = ("year", "code", "name")
GIFT = ("kind", "currency")


def figure_rows(table: Table) -> Iterator[list]:
    """Header and lines of ties, exchanges and people."""
    measures = columns_of(table, MEASURED)
    yield [*PLACE, *measures]
    for line, name in with_total(table):
        yield [line.year, line.group, name, *(table.number(line, one) for one in measures)]


def aid_rows(table: Table) -> Iterator[list]:
    """Header and lines of donations: one for each kind and currency, which are never mixed."""
    measures = columns_of(table, AID)
    yield [*PLACE, *GIFT, *measures]
    for line, name in with_total(table):
        for of, _numbers in sorted_aid(line):
            yield [
                line.year,
                line.group,
                name,
                *of,
                *(table.number(line, one, of) for one in measures),
            ]


def as_csv(rows: Iterable[list], name: str) -> StreamingHttpResponse:
    """Written while it is sent; a text that a spreadsheet would take for a formula is none."""
    return _download(csv_lines(rows), "text/csv; charset=utf-8", f"{name}.csv")


def as_json(table: Table, name: str, today: datetime.date) -> StreamingHttpResponse:
    """Filters, lines and aid as one object, written while it is sent."""
    scope, rows = table.scope, list(figure_rows(table))
    head = {
        "counted_on": today.isoformat(),
        "first": table.first,
        "last": table.last,
        "by": table.by,
        "country": scope.country,
        "state": scope.state,
        "committee": scope.committee,
        "ties_of_unknown_year": table.unknown,
    }

    def parts() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=False)[:-1]
        for key, lines in (("figures", iter(rows)), ("aid", aid_rows(table))):
            header = next(lines)
            yield f', "{key}": ['
            for number, row in enumerate(lines):
                yield ",\n" if number else "\n"
                yield json.dumps(
                    dict(zip(header, row, strict=True)), default=_plain, ensure_ascii=False
                )
            yield "]"
        yield "}\n"

    return _download(parts(), "application/json", f"{name}.json")


def _plain(value: Decimal) -> str:
    """An amount keeps its cents: as text."""
    return str(value)


def _download(parts: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=kind, headers=headers)
