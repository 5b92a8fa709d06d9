"""What each column of a list means, by its name or as the user says.

A name is taken apart into words; some say which end it speaks of (us, destination, hermana, b),
the rest what it holds. A name that is not understood is refused, never dropped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from sistercities.folding import fold

IGNORED = "-"
KEPT = "kept"  # stays in the verbatim row, means nothing here

END_FIELDS = {
    "city": ";city;town;place;name;label;ciudad;municipio;nombre;localidad;municipality;stadt;ort;"
    "ville;comune;gemeinde;city label;city name;nombre ciudad",
    "region": "region;state;estado;provincia;province;admin;admin1;land;departamento;bundesland;"
    "entidad;prefecture;region name;state name;state code",
    "country": "country;pais;nation;country code;codigo pais;country label;country name",
    "country_raw": "country raw;country as written",
    "latitude": "lat;latitude;latitud",
    "longitude": "lon;lng;long;longitude;longitud",
    "point": "point;coord;coords;coordinate;coordinates;coordenadas;location;coordinate location",
    "population": "population;pop;poblacion;habitantes;inhabitants;einwohner",
    "geonames": "geonames;geonameid;geonames id;geoname id",
    "wikidata": "wikidata;qid;wikidata id",
}
ROW_FIELDS = {
    "date": "date;fecha;signed date;date signed;fecha firma;fecha de firma;since;desde;signed;"
    "signed on;start;start time;start date;fecha de hermanamiento;fecha hermanamiento;inception;"
    "date of signing;firmado;agreement date;datum",
    "year": "year;ano;anio;signed year;year signed;ano de firma;ano firma;ano de hermanamiento;"
    "ano hermanamiento;jahr",
    "ended": "ended;end;end date;end time;fin;hasta;until;fecha de fin;terminado;terminacion",
    "kind": "kind;type;tipo;tipo de hermanamiento;tipo hermanamiento;relationship;relacion;"
    "type of tie;tipo de relacion;form;art",
    "source": "source;fuente;dataset;lista",
    "source_ref": "source ref;source url;source urls;url;enlace;link;liga;referencia;reference;ref",
    "said_by": "said by;stated by;declarado por",
    "note": "note;notes;nota;notas;observaciones;comentarios;comments;remarks;summary;resumen",
}
KEPT_NAMES = (
    "tie;tie id;id;no;num;number;numero;row;source row;names as found;sources;mentions;"
    "possible duplicate of;dist;distance;distance km;eu;status;stage;reciprocity;review;vitality;"
    "statements;statement;slug;address;web address;page;last confirmed;last sign of life;"
    "reason;verdict;batch;import;motivo;veredicto;fields;signatories;term;continent;events;evidence;"
    "page es;page en;changed"
)
_KEPT_PARTS = {"id", "basis", "type of place", "place type", "slug", "address"}

FIRST = {"a": "", "1": "", "origin": "", "own": "", "local": "", "from": "", "home": ""}
SECOND = {
    **{"b": "", "2": "", "destination": "", "sister": "", "twin": "", "partner": "", "to": ""},
    **{"hermana": "", "hermano": "", "foreign": "", "extranjera": "", "destino": ""},
}
NAMED = {
    **dict.fromkeys(("mx", "mexico", "mexican", "mexicana", "mexicano"), "MX"),
    **dict.fromkeys(("us", "usa", "eeuu", "american", "estadounidense"), "US"),
}
"""Ends that are told apart by their country: the first one met is side a."""

_GLUED = re.compile(r"^(origin|destination|sister|twin|partner)(?=[a-z])")
_JOINTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[12]$)")
_EMPTY_WORDS = {"of", "de", "del", "la", "the", "en", "in", "el"}


def _index(names: dict[str, str]) -> dict[str, str]:
    return {one: meaning for meaning, text in names.items() for one in text.split(";")}


_END_INDEX = _index(END_FIELDS)
_ROW_INDEX = _index(ROW_FIELDS)
_KEPT_INDEX = frozenset(KEPT_NAMES.split(";"))
FIELDS = frozenset([f"{name}_{side}" for name in END_FIELDS for side in "ab"] + [*ROW_FIELDS, KEPT])


@dataclass
class Mapping:
    """Column name to field; the countries that the names of the columns themselves say."""

    columns: dict[str, str] = field(default_factory=dict)
    implied: dict[str, str] = field(default_factory=dict)
    said_by: str = ""

    def fields(self) -> set[str]:
        """All fields that some column fills."""
        return set(self.columns.values())


def words_of(name: str) -> list[str]:
    """ "destination_countryLabel" → destination, country, label."""
    words = []
    for word in fold(_JOINTS.sub(" ", name).replace("_", " ")).split():
        glued = _GLUED.match(word)
        words += [glued[1], word[glued.end() :]] if glued else [word]
    return words


def known_names(header: list[str]) -> int:
    """How many names of a header are understood."""
    return sum(bool(_meaning(name, header)[0]) for name in header)


def _meaning(name: str, header: list[str]) -> tuple[str, str, str]:
    """Field (without its side), side word ("" for none), and the country a side word names."""
    words = words_of(name)
    whole = " ".join(words)
    if whole in _KEPT_INDEX:
        return KEPT, "", ""
    if whole in _ROW_INDEX:
        return _ROW_INDEX[whole], "", ""
    sides = [word for word in words if word in FIRST or word in SECOND or word in NAMED]
    rest = [word for word in words if word not in sides and word not in _EMPTY_WORDS]
    side = sides[0] if sides else ""
    if words[:1] == ["item"]:  # as the query service calls the city whose page it is
        side, rest = "origin", rest[1:]
    labelled = any(words_of(other) == [*words, "label"] for other in header if other != name)
    if rest and rest[-1] == "label" and len(rest) > 1:
        rest = rest[:-1]
    key = " ".join(rest)
    if key in _KEPT_PARTS:
        return KEPT, "", ""
    meaning = _END_INDEX.get(key, "")
    if not key and not side:
        return "", "", ""
    if labelled and meaning:
        meaning = "wikidata" if meaning == "city" else KEPT
    if meaning == KEPT:
        return KEPT, "", ""
    return meaning, side, NAMED.get(side, "")


def map_columns(header: list[str], told: dict[str, str] | None = None) -> Mapping:
    """The mapping of a header; `told` (column to field, "-" ignores) goes before the names."""
    mapping, unknown = suggested(header, _checked(told or {}, header))
    _refuse_unknown(unknown)
    _refuse_double(mapping)
    for side in "ab":
        if not names_an_end(mapping.fields(), side):
            raise ImportRefused(
                _("No column names the %(which)s city. Say which it is: --map COLUMN=city_%(side)s")
                % {"which": _("first") if side == "a" else _("second"), "side": side}
            )
    return mapping


def names_an_end(fields: set[str], side: str) -> bool:
    """Whether columns that hold these fields say which city this side is."""
    return bool(fields & {f"city_{side}", f"wikidata_{side}", f"geonames_{side}"})


def suggested(header: list[str], told: dict[str, str]) -> tuple[Mapping, list[str]]:
    """What the columns seem to hold, and those that are not understood. Nothing is refused."""
    mapping, unknown, sides = Mapping(), [], {}
    for name in header:
        if name in told:
            mapping.columns[name] = told[name]
            continue
        meaning, word, country = _meaning(name, header)
        if not meaning:
            unknown.append(name)
        elif meaning == KEPT or meaning in ROW_FIELDS:
            mapping.columns[name] = meaning
        else:
            side = _side(word, country, sides)
            mapping.columns[name] = f"{meaning}_{side}"
            if country:
                mapping.implied[side] = country
            if word == "origin":
                mapping.said_by = "a"
    return mapping, unknown


def _side(word: str, country: str, sides: dict[str, str]) -> str:
    """ "a" or "b" for a side word; ends named by country take the letters as they come."""
    if country:
        return sides.setdefault(country, "ab"[len(sides) % 2])
    return "b" if word in SECOND else "a"


def _checked(told: dict[str, str], header: list[str]) -> dict[str, str]:
    for column, meaning in told.items():
        if column not in header:
            raise ImportRefused(
                _("The file has no column %(column)s. It has: %(header)s.")
                % {"column": column, "header": ", ".join(header)}
            )
        if meaning != IGNORED and meaning not in FIELDS:
            raise ImportRefused(
                _("There is no field %(field)s. There are: %(fields)s, and - to ignore a column.")
                % {"field": meaning, "fields": ", ".join(sorted(FIELDS))}
            )
    return told


def _refuse_unknown(unknown: list[str]) -> None:
    if not unknown:
        return
    shown = ", ".join(name[:60] for name in unknown[:10])
    raise ImportRefused(
        _(
            "Not understood: %(columns)s. Say what each holds, for example --map %(first)s=city_a, "
            "keep it with the row by --map %(first)s=kept, or leave it out by --map %(first)s=-"
        )
        % {"columns": shown + (" …" if len(unknown) > 10 else ""), "first": f'"{unknown[0][:60]}"'}
    )


def _refuse_double(mapping: Mapping) -> None:
    seen: dict[str, str] = {}
    for name, meaning in mapping.columns.items():
        if meaning in (KEPT, IGNORED):
            continue
        if meaning in seen:
            raise ImportRefused(
                _(
                    "Both %(one)s and %(other)s would be %(field)s. Say which by --map, "
                    "for example --map %(example)s=kept"
                )
                % {
                    "one": seen[meaning],
                    "other": name,
                    "field": meaning,
                    "example": f'"{name}"',
                }
            )
        seen[meaning] = name


def read_told(pairs: Iterable[str]) -> dict[str, str]:
    """--map arguments "column=field" as a dictionary."""
    told = {}
    for pair in pairs:
        column, equals, meaning = pair.rpartition("=")
        if not equals or not column.strip() or not meaning.strip():
            raise ImportRefused(
                _("%(pair)s is not a mapping. Write --map COLUMN=FIELD") % {"pair": pair}
            )
        told[column.strip()] = meaning.strip()
    return told
