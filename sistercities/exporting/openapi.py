"""The addresses of data as OpenAPI 3.1, for programs that read them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms

from sistercities.exporting import licence
from sistercities.listing.forms import LONGEST_VALUE, ListForm

VERSION = "1"


@dataclass(frozen=True)
class Operation:
    """One address that is read. `path` has its parameters in braces; `schema` names what comes
    back as JSON, and is empty for text."""

    path: str
    name: str
    summary: str
    type: str
    schema: str = ""
    form: type[ListForm] | None = None
    slug: str = ""
    """A slug that exists nowhere, as an example of what is asked for."""
    more: dict[str, Any] = field(default_factory=dict)


def document(operations: Iterable[Operation], schemas: dict[str, Any], server: str) -> dict:
    """The whole description."""
    text = json.dumps(schemas).replace('"#/$defs/', '"#/components/schemas/')
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sister Cities Registry",
            "summary": "Lists and objects of the registry as data",
            "description": (
                "Every list and object of the public pages under the address of its page with a "
                "suffix. Reading needs no account. Filters that are not understood are left out."
            ),
            "version": VERSION,
            "license": {"name": licence.NAME, "url": licence.URL},
        },
        "servers": [{"url": server}],
        "paths": {one.path: {"get": _get(one)} for one in operations},
        "components": {"schemas": json.loads(text)},
    }


def _get(one: Operation) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if one.schema:
        schema = {"$ref": f"#/components/schemas/{one.schema}"}
    responses: dict[str, Any] = {
        "200": {
            "description": "The data.",
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {one.type: {"schema": schema}},
        },
        "304": {"description": "Unchanged since the answer with the ETag that was sent."},
    }
    if one.slug:
        responses["301"] = {"description": "It is called otherwise now."}
        responses["404"] = {"description": "There is none.", "content": {"text/html": {}}}
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_of_path(one), *_of_form(one.form)],
        "responses": responses,
    }


def _of_path(one: Operation) -> list[dict[str, Any]]:
    if not one.slug:
        return []
    return [
        {
            "name": "slug",
            "in": "path",
            "required": True,
            "description": "Its name in addresses, as lists have it.",
            "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
            "example": one.slug,
        }
    ]


def _of_form(form: type[ListForm] | None) -> list[dict[str, Any]]:
    """The filters of a list. Any text may be sent; what is no value of a filter is left out."""
    if form is None:
        return []
    found = [_query(name, *_of_field(name, one)) for name, one in form.base_fields.items()]
    orders = [*form.orders, *form.sort_names]
    sort = f"The order, {form.default_sort} unless said. One of: {', '.join(orders)}."
    return [*found, _query("sort", sort, orders)]


def _of_field(name: str, one: forms.Field) -> tuple[str, list[str]]:
    if isinstance(one, forms.ChoiceField):
        values = [str(value) for value, _label in one.choices]
        return f"One of: {', '.join(values)}.", values
    if isinstance(one, forms.RegexField):
        return f"Follows {one.regex.pattern.replace(chr(92) + 'Z', '$')}.", []
    if name == "q":
        return f"Words to search for, up to {LONGEST_VALUE} letters.", []
    return "An ISO 3166-1 code, or the name of a country.", ["MX", "US"]


def _query(name: str, about: str, examples: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if examples:
        schema["examples"] = examples
    return {"name": name, "in": "query", "description": about, "schema": schema}
