"""All that is exported: its tables, its JSON Schema and its addresses."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from relationships.exporting import objects
from relationships.exporting.lists import LISTS
from sistercities.bilingual import LANGUAGES
from sistercities.context import absolute
from sistercities.exporting import schema
from sistercities.exporting.answering import BY_SUFFIX
from sistercities.exporting.columns import Table
from sistercities.exporting.openapi import Operation, document

OTHERS = {
    "atom": ("application/atom+xml", ("home", "tie-list", "exchange-list"), ("city", "committee")),
    "ics": (
        "text/calendar",
        ("anniversaries", "exchange-list"),
        ("city", "tie", "exchange", "committee", "convention"),
    ),
    "csv": ("text/csv", ("statistics",), ()),
}
"""What is no list of data, by suffix: what comes back, for which pages and for which objects."""
PLACE = "-slug-"


def tables() -> list[Table]:
    """Every table: the subjects, then the lists that an object holds."""
    subjects = [one.table for one in LISTS.values()]
    parts = [part for of_one in objects.PARTS.values() for part in of_one.values()]
    return [*subjects, *(part for part in parts if part not in subjects)]


def definitions() -> dict[str, Any]:
    """Every form of JSON by name: rows ("tie"), lists ("tie-list"), GeoJSON ("tie-list-geojson"),
    objects ("tie-whole") and what is answered for one ("tie-page")."""
    found: dict[str, Any] = {}
    with override("en"):
        for table in tables():
            found[table.name] = schema.record(table)
        for page, exported in LISTS.items():
            name = exported.table.name
            found[page] = schema.list_of(name)
            if "geojson" in exported.suffixes:
                found[f"{page}-geojson"] = schema.features_of(name)
            whole = objects.whole(exported.table)
            found[f"{name}-whole"] = schema.record(whole, objects.PARTS[name])
            found[f"{name}-page"] = schema.one_of(f"{name}-whole")
    return found


def whole_schema() -> dict[str, Any]:
    """One document; the member `schema` of each answer says which part of it is meant."""
    return {
        "$schema": schema.DRAFT,
        "$id": absolute(reverse("data-schema")),
        "title": "Sister Cities Registry",
        "$defs": definitions(),
    }


def operations() -> Iterator[Operation]:
    """Every address of data in both languages."""
    for language in LANGUAGES:
        with override(language):
            for page, exported in LISTS.items():
                for suffix in exported.suffixes:
                    yield _of_list(page, suffix, language)
            for exported in LISTS.values():
                yield _of_object(exported.table, language)
            yield from _of_others(language)


def _of_list(page: str, suffix: str, language: str) -> Operation:
    exported, form = LISTS[page], BY_SUFFIX[suffix]
    kinds = {"json": page, "geojson": f"{page}-geojson"}
    return Operation(
        path=reverse(f"public:{page}-{suffix}"),
        name=f"{page}-{suffix}-{language}",
        summary=f"{_english(exported.table)} as {form.label}",
        type=form.type,
        schema=kinds.get(suffix, ""),
        form=exported.listing.form_class,
    )


def _of_object(table: Table, language: str) -> Operation:
    path = reverse(f"public:{table.name}-json", args=[PLACE])
    return Operation(
        path=path.replace(PLACE, "{slug}"),
        name=f"{table.name}-json-{language}",
        summary=f"One of: {_english(table)}",
        type="application/json",
        schema=f"{table.name}-page",
        slug="-",
    )


def _of_others(language: str) -> Iterator[Operation]:
    """Feeds, calendars, figures."""
    for suffix, (type, pages, things) in OTHERS.items():
        for page in (*pages, *things):
            slug = "-" if page in things else ""
            path = reverse(f"public:{page}-{suffix}", args=[PLACE] if slug else [])
            listed = LISTS.get(page)
            yield Operation(
                path=path.replace(PLACE, "{slug}"),
                name=f"{page}-{suffix}-{language}",
                summary=f"{page} as {suffix}".capitalize(),
                type=type,
                form=listed.listing.form_class if listed else None,
                slug=slug,
            )


def _english(table: Table) -> str:
    with override("en"):
        return str(table.title)


def openapi() -> dict[str, Any]:
    """The description of all addresses."""
    return document(operations(), definitions(), absolute(""))
