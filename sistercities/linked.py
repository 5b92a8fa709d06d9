"""Facts for machines inside a page: JSON-LD with the words of schema.org.

A block of data is no script: browsers run nothing of it, and the content security policy has
nothing to say about it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from sistercities.context import absolute
from sistercities.partialdates import PartialDate

Node = dict[str, Any]
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""No sign that could end the block, or begin a comment or another element in it, is left."""


def block(node: Mapping[str, Any]) -> SafeString:
    """The element with the facts of a node; the one place where data become markup unseen by the
    template's escaping."""
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False)
    kept = text.encode(errors="replace").decode().translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{kept}</script>')  # noqa: S308 - escaped


def known(**facts: Any) -> Node:
    """A node of what is known; "type" and "id" stand for "@type" and "@id"."""
    names = {"type": "@type", "id": "@id"}
    return {names.get(name, name): value for name, value in facts.items() if value}


def day_of(date: PartialDate | None) -> str:
    """A date as ISO 8601 has it, as precise as it is known; empty when unknown."""
    if date is None:
        return ""
    return f"{date.year:04}" if date.about else str(date)


def item_list(rows: Iterable[tuple[str, str]], *, first: int, count: int) -> Node:
    """Some rows of a list, (name, path) each, from a place on; and how many there are in all."""
    items = [
        known(type="ListItem", position=place, url=absolute(path), name=name)
        for place, (name, path) in enumerate(rows, start=first)
    ]
    return {"@type": "ItemList", "numberOfItems": count, "itemListElement": items}


def breadcrumb_list(crumbs: Iterable[tuple[str, str]]) -> Node:
    """The way to a page, (label, path) each; the page itself has no path."""
    items = [
        known(type="ListItem", position=place, name=str(label), item=path and absolute(path))
        for place, (label, path) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
