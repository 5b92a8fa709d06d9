"""Reading the hand-kept files of the demo (README.md beside them describes every column)."""

import csv
import tomllib
from pathlib import Path
from typing import Any

from sistercities.partialdates import PartialDate

FOLDER = Path(__file__).parent
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of a CSV file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(name: str) -> list[dict[str, Any]]:
    """The tables of a TOML file, which are all called by one name: exchanges.toml, [[exchange]]."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)[name.removesuffix("s")]


def partial(text: str | None) -> PartialDate | None:
    """A date as precise as it is known; None for an empty cell."""
    return PartialDate.parse(text) if text else None


def bilingual(row: dict[str, Any], *fields: str) -> dict[str, str]:
    """The columns of both languages of some fields; blank where the file has none."""
    names = [f"{field}_{language}" for field in fields for language in ("es", "en")]
    return {name: (row.get(name) or "").strip() for name in names}
