"""One row of a table as what it says of two places and their tie."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.translation import gettext as _

from relationships.imports.columns import IGNORED, KEPT, Mapping
from relationships.imports.ends import End
from relationships.imports.ours import FORMAT
from relationships.imports.tables import LONGEST_FIELD, Table, flaw_of
from sistercities.countries import key_of, read_country
from sistercities.models import CountryAlias

DIRECTIONAL = ("wikidata", "wikipedia", "rgre")
"""Sources whose rows stand in the list of their first city: it is that side's word."""
LONGEST_SOURCE = 120
LONGEST_NAME = 200

_ENTITY = re.compile(r"(?:.*/)?(Q[1-9]\d{0,10})")
_NUMBER = re.compile(r"(?:.*/)?(\d{1,10})(?:\.0+)?/?")
_POINT = re.compile(r"\s*point\s*\(\s*([-+\d.eE]+)[\s,]+([-+\d.eE]+)\s*\)\s*", re.IGNORECASE)
_PAIR = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")
_NUMERIC = frozenset(
    f"{name}_{side}" for name in ("latitude", "longitude", "population") for side in "ab"
)


@dataclass(slots=True)
class Row:
    """What one row says. `flaw` says why it cannot be read at all."""

    number: int
    raw: dict[str, str]
    flaw: str = ""
    a: End | None = None
    b: End | None = None
    source: str = ""
    source_ref: str = ""
    said_by: str = ""
    kind_text: str = ""
    date_text: str = ""
    year_text: str = ""
    ended_text: str = ""
    values: dict[str, str] = field(default_factory=dict)
    is_ours: bool = False

    @property
    def fingerprint(self) -> str:
        """Equal for the same words of the same source, whatever the order of rows or columns.

        Ids count only where no name stands: they are how a row is mended, not what it says.
        """
        said = {
            name: text
            for name, text in self.values.items()
            if not name.startswith(("geonames_", "wikidata_"))
            or not self.values.get(f"city_{name[-1]}")
        }
        for name in _NUMERIC & set(said):
            said[name] = _canonical_number(said[name])
        text = json.dumps([self.source, sorted(said.items())], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Reader:
    """Turns the rows of a table into :class:`Row`."""

    def __init__(
        self, table: Table, mapping: Mapping, source: str, countries: dict[str, str]
    ) -> None:
        self._table, self._mapping, self._source = table, mapping, source
        self._countries = mapping.implied | countries
        self._aliases = CountryAlias.words()
        self._is_ours = table.format == FORMAT
        self._columns = [
            (at, column, mapping.columns[column]) for at, column in enumerate(table.header)
        ]

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self._table.rows():
            yield self.read(number, cells)

    def read(self, number: int, cells: list[str]) -> Row:
        """One row."""
        raw, values = {}, {}
        width = len(cells)
        for at, column, name in self._columns:
            cell = cells[at] if at < width else ""
            if cell:
                raw[column] = cell if len(cell) <= LONGEST_FIELD else cell[:LONGEST_FIELD] + "…"
                if name not in (KEPT, IGNORED):
                    values[name] = cell if cell.isascii() and "  " not in cell else _spaced(cell)
        flaw = flaw_of(cells, len(self._columns))
        if flaw:
            return Row(number, raw, flaw=flaw)
        a, b = self._end(values, "a"), self._end(values, "b")
        if self._is_ours:
            a, b = (
                replace(end, slug=raw.get(f"slug_{side}", ""))
                for side, end in zip("ab", (a, b), strict=True)
            )
        for end in (a, b):
            if not (end.name or end.geonames or end.wikidata):
                flaw = _("A city's name is missing.")
            elif len(end.name) > LONGEST_NAME:
                flaw = _("A city's name is longer than 200 characters.")
        source = values.get("source", "")[:LONGEST_SOURCE] or self._source
        return Row(
            number,
            raw,
            flaw,
            a,
            b,
            source=source,
            source_ref=values.get("source_ref", "")[:500],
            said_by=self._said_by(values, source),
            kind_text=values.get("kind", "")[:80],
            date_text=values.get("date", ""),
            year_text=values.get("year", ""),
            ended_text=values.get("ended", ""),
            values=values,
            is_ours=self._is_ours,
        )

    def _said_by(self, values: dict[str, str], source: str) -> str:
        stated = values.get("said_by", "").strip().casefold()
        if stated in ("a", "b"):
            return stated
        if source.casefold().startswith(DIRECTIONAL):
            return "a"
        return "" if "source" in values else self._mapping.said_by

    def _country(self, text: str) -> str | None:
        """By the names that the registry knows, and by those that the office added."""
        return (read_country(text) or self._aliases.get(key_of(text))) if text else None

    def _end(self, values: dict[str, str], side: str) -> End:
        name = values.get(f"city_{side}", "")
        wikidata = _entity(values.get(f"wikidata_{side}", ""))
        if _entity(name):
            name, wikidata = "", wikidata or _entity(name)
        written = values.get(f"country_{side}", "")
        raw = values.get(f"country_raw_{side}", "")
        country = (
            self._country(written)
            or self._country(raw)
            or ("" if written or raw else self._countries.get(side, ""))
        )
        latitude, longitude = _coordinates(
            values.get(f"latitude_{side}", ""),
            values.get(f"longitude_{side}", ""),
            values.get(f"point_{side}", ""),
        )
        return End(
            name,
            country or "",
            written or raw,
            values.get(f"region_{side}", ""),
            latitude,
            longitude,
            _people(values.get(f"population_{side}", "")),
            _geonames(values.get(f"geonames_{side}", "")),
            wikidata,
        )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _entity(text: str) -> str:
    match = _ENTITY.fullmatch(text) if text else None
    return match[1] if match else ""


def _geonames(text: str) -> int | None:
    match = _NUMBER.fullmatch(text) if text else None
    return int(match[1]) if match and 0 < int(match[1]) < 2**31 else None


@lru_cache(maxsize=2048)
def _people(text: str) -> int:
    digits = re.sub(r"(?<=\d)[ ,.'’\u00a0\u202f](?=\d{3}\b)", "", text).partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _degrees(text: str) -> float | None:
    try:
        return float(text if "." in text else text.replace(",", "."))
    except ValueError:
        return None


def _coordinates(latitude: str, longitude: str, point: str) -> tuple[float | None, float | None]:
    """Degrees, or (None, None) for what is missing, impossible or the origin of the map."""
    if point and not latitude:
        if match := _POINT.fullmatch(point):
            longitude, latitude = match.groups()
        elif match := _PAIR.fullmatch(point):
            latitude, longitude = match.groups()
    if not latitude or not longitude:
        return None, None
    north, east = _degrees(latitude), _degrees(longitude)
    if north is None or east is None or not (abs(north) <= 90 and abs(east) <= 180):
        return None, None
    return (None, None) if north == 0 == east else (north, east)


def _canonical_number(text: str) -> str:
    number = _degrees(text)
    return text if number is None else repr(number)
