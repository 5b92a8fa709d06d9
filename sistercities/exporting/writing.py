"""Rows as CSV, JSON and GeoJSON, written while they are sent: never more than a block is held."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sistercities.bulk import batches
from sistercities.spreadsheets import csv_lines

LINES_AT_ONCE = 500
Row = dict[str, Any]


def as_csv(header: list[str], rows: Iterable[Row]) -> Iterator[str]:
    """UTF-8 with its mark, lines ended by CR LF, nothing that a spreadsheet would run."""

    def cells() -> Iterator[list[Any]]:
        yield header
        for row in rows:
            yield [cell(value) for value in row.values()]

    return _blocks(csv_lines(cells()))


def cell(value: Any) -> Any:
    """A value of JSON as one cell: lists joined by "; ", truth as in JSON."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def as_json(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """One object: what is said of all, `items`, and at the end how many they were."""
    return _blocks(_object(head, "items", rows))


def as_geojson(head: Row, features: Iterable[Row]) -> Iterator[str]:
    """A FeatureCollection with foreign members (RFC 7946, 6.1)."""
    return _blocks(_object({"type": "FeatureCollection", **head}, "features", features))


def feature(row: Row, place: Callable[[Row], Row | None], subject: str) -> Row:
    """A row with its geometry; its number is the feature's id."""
    return {
        "type": "Feature",
        "id": f"{subject}/{row['id']}",
        "geometry": place(row),
        "properties": row,
    }


def compact(value: Any) -> str:
    """JSON on one line, with the letters of every language as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(head: Row, key: str, rows: Iterable[Row]) -> Iterator[str]:
    yield f"{compact(head)[:-1]},{compact(key)}:["
    count = 0
    for count, row in enumerate(rows, 1):
        yield f"{',' if count > 1 else ''}\n{compact(row)}"
    yield f'\n],"count":{count}}}\n'


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    for some in batches(lines, LINES_AT_ONCE):
        yield "".join(some)
