"""JSON Schema (2020-12) of what is exported, made from the declared columns."""

from typing import Any

from sistercities.exporting.columns import Table

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

HEAD: dict[str, Schema] = {
    "license": {
        "description": "The terms of use.",
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "url": {"type": "string", "format": "uri"},
        },
        "required": ["name", "url"],
        "additionalProperties": False,
    },
    "attribution": {"description": "Whom to name.", "type": "string"},
    "as_of": {
        "description": "The day on which something published changed last.",
        "type": "string",
        "format": "date",
    },
    "page": {
        "description": "The page that shows the same.",
        "type": "string",
        "format": "uri",
    },
    "schema": {
        "description": "What this file follows.",
        "type": "string",
        "format": "uri-reference",
    },
}
FILTERS: Schema = {
    "description": "The filters that were understood, by their names in the address.",
    "type": "object",
    "additionalProperties": {"type": "string"},
}
COUNT: Schema = {"description": "How many there are.", "type": "integer", "minimum": 0}
POSITION: Schema = {
    "description": "Longitude, latitude.",
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "items": False,
    "minItems": 2,
}
LINE: Schema = {"type": "array", "items": POSITION, "minItems": 2}
GEOMETRY: Schema = {
    "description": "Null where nobody knows the place.",
    "oneOf": [
        {"type": "null"},
        *(
            {
                "type": "object",
                "properties": {"type": {"const": kind}, "coordinates": coordinates},
                "required": ["type", "coordinates"],
                "additionalProperties": False,
            }
            for kind, coordinates in (
                ("Point", POSITION),
                ("LineString", LINE),
                ("MultiLineString", {"type": "array", "items": LINE, "minItems": 1}),
            )
        ),
    ],
}


def record(table: Table, parts: dict[str, Table] | None = None) -> Schema:
    """One row: every column, known or not, and the lists that an object holds."""
    properties = {
        column.key: {"description": str(column.about), **column.schema} for column in table.columns
    }
    for name, part in (parts or {}).items():
        properties[name] = {"type": "array", "items": reference(part.name)}
    return closed(properties)


def list_of(name: str) -> Schema:
    """A list as JSON."""
    items = {"type": "array", "items": reference(name)}
    return closed({**HEAD, "filters": FILTERS, "items": items, "count": COUNT})


def features_of(name: str) -> Schema:
    """A list as GeoJSON."""
    feature = closed(
        {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": GEOMETRY,
            "properties": reference(name),
        }
    )
    return closed(
        {
            "type": {"const": "FeatureCollection"},
            **HEAD,
            "filters": FILTERS,
            "features": {"type": "array", "items": feature},
            "count": COUNT,
        }
    )


def one_of(name: str) -> Schema:
    """An object as JSON."""
    return closed({**HEAD, "item": reference(name)})


def closed(properties: dict[str, Schema]) -> Schema:
    """An object with exactly these members."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def reference(name: str) -> Schema:
    """To a definition of the same document."""
    return {"$ref": f"#/$defs/{name}"}
