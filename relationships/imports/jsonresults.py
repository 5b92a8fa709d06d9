"""JSON of the Wikidata query service: the plain list of its download, and the W3C form."""

import json
from typing import Any

from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import MOST_ROWS, Rows, Table, checked_header, plain


def read_json(text: str) -> Table:
    """A table of either form; anything else is refused."""
    try:
        content = json.loads(text.lstrip("\N{BYTE ORDER MARK}"))
    except json.JSONDecodeError as error:
        raise ImportRefused(
            _("The JSON breaks off or is wrong in line %(line)d, character %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (RecursionError, ValueError) as error:
        raise ImportRefused(
            _("The JSON is nested too deeply or holds impossible numbers.")
        ) from error
    if isinstance(content, list):
        return _table("json", None, content)
    if isinstance(content, dict):
        names = _inside(content, "head", "vars")
        bindings = _inside(content, "results", "bindings")
        if isinstance(names, list) and isinstance(bindings, list):
            return _table("sparql-json", [str(name) for name in names], bindings)
    raise ImportRefused(
        _("This JSON is neither a list of rows nor a SPARQL result with head and results.")
    )


def _inside(content: dict, outer: str, inner: str) -> Any:
    found = content.get(outer)
    return found.get(inner) if isinstance(found, dict) else None


def _table(name: str, columns: list[str] | None, records: list) -> Table:
    if len(records) > MOST_ROWS or not all(isinstance(record, dict) for record in records):
        raise ImportRefused(_("Every row of the JSON must be an object with names and values."))
    if columns is None:
        columns = list(dict.fromkeys(key for record in records for key in record))
    if not records or not columns:
        raise ImportRefused(_("The file holds no rows."))
    header = checked_header(columns)

    def rows() -> Rows:
        for number, record in enumerate(records, 2):
            yield number, [_text(record.get(column)) for column in columns]

    for number, record in enumerate(records, 1):
        for column in columns:
            value = record.get(column)
            if isinstance(value, dict) and "value" in value:
                value = value["value"]
            if isinstance(value, (dict, list)):
                raise ImportRefused(
                    _("Row %(row)d has a value with parts inside (%(column)s).")
                    % {"row": number, "column": column[:80]}
                )
    return Table(name, header, rows)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(str(value))
