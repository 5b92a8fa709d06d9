"""What every column means, for the page of the data and for docs/data.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from relationships.exporting import objects
from relationships.exporting.described import tables
from relationships.exporting.lists import LISTS
from sistercities.exporting import licence
from sistercities.exporting.columns import Column, Table
from sistercities.exporting.formats import formats_of

PART = _("Inside the JSON of one city or tie.")


@dataclass(frozen=True)
class Described:
    """A table for readers: its columns, and those that only an object has."""

    name: str
    title: Any
    columns: list[Column]
    note: Any = ""


def described(table: Table) -> Described:
    """A subject with the texts of its objects, or what an object holds."""
    if table.name not in objects.TEXTS:
        return Described(table.name, table.title, list(table.columns), PART)
    return Described(table.name, table.title, list(objects.whole(table).columns))


def page() -> dict[str, Any]:
    """What the page of the data shows."""
    return {
        "lists": [
            {
                "title": one.table.title,
                "url": reverse(f"public:{one.page}"),
                "formats": formats_of(f"public:{one.page}", {}),
            }
            for one in LISTS.values()
        ],
        "example": f"{reverse('public:city-list-csv')}?state=MX-DUR",
        "licence_name": licence.NAME,
        "licence_url": licence.URL,
        "attribution": licence.attribution(),
        "tables": [described(table) for table in tables()],
    }


INTRODUCTION = """\
# Data

`manage.py data_docs` writes this file from the declarations in `relationships/exporting/`. The site
has the same at `/es/datos/` and `/en/data/`.

Every public list and every object is had under the address of its page with a suffix; filters and
order carry over, and no page is cut:

| list | as |
|---|---|
{lists}

Each object as JSON: {objects}.

- Terms: [{licence}]({licence_url}). Attribution: the association, and {places}.
- JSON and GeoJSON hold `license`, `attribution`, `as_of`, `page`, `schema`, `filters`; then `items`
  (or `features`), and `count` at the end. CSV says terms and day by its `Link` header and its name
  (`decisions/0015-data.md`).
- `schema` names the definition in `/data/schema.json` that the answer follows. `/openapi.json`
  describes all addresses.
- What is not known is null, or an empty cell. Lists in a cell are joined by "; ". A text that a
  spreadsheet would run has a `'` before it.
- `import_ties` knows the CSV of ties: into the registry that it came from it changes nothing.
"""


def as_markdown() -> str:
    """The text of docs/data.md, in English."""
    with override("en"):
        return "\n".join(_lines())


def _lines() -> Iterator[str]:
    lists = [
        f"| `{reverse(f'public:{page}')}` | {', '.join(f'.{one}' for one in exported.suffixes)} |"
        for page, exported in LISTS.items()
    ]
    pages = [reverse(f"public:{one.table.name}-json", args=["x"]) for one in LISTS.values()]
    yield INTRODUCTION.format(
        lists="\n".join(lists),
        objects=", ".join(f"`{page.replace('x.json', '<slug>.json')}`" for page in pages),
        licence=licence.NAME,
        licence_url=licence.URL,
        places=licence.PLACES,
    )
    for table in tables():
        one = described(table)
        yield f"## {one.title} (`{one.name}`)\n"
        parts = objects.PARTS.get(one.name)
        if parts:
            inside = ", ".join(f"`{name}`" for name in parts)
            yield f"The JSON of one also holds: {inside}.\n"
        if one.note:
            yield f"{one.note}\n"
        yield "| column | holds | meaning |"
        yield "|---|---|---|"
        for column in one.columns:
            yield f"| `{column.key}` | {_holds(column)} | {column.about} |"
        yield ""


def _holds(column: Column) -> str:
    codes = ", ".join(f"`{code}` ({label})" for code, label in column.type.codes)
    return f"{column.type.label} {codes}".strip()
