"""A page's other forms in its head and under its content. `{% load formats %}`."""

from typing import Any

from django import template

from sistercities.exporting.formats import FormatLink, formats_of

register = template.Library()


@register.inclusion_tag("includes/_format_alternates.html", takes_context=True)
def format_alternates(context: template.Context) -> dict[str, Any]:
    """For the head: one <link rel="alternate"> for each form."""
    return {"formats": _of_this_page(context)}


@register.inclusion_tag("includes/_formats.html", takes_context=True)
def formats(context: template.Context) -> dict[str, Any]:
    """Under the content: "These data as: CSV JSON GeoJSON"; nothing on a page without any."""
    return {"formats": _of_this_page(context)}


def _of_this_page(context: template.Context) -> list[FormatLink]:
    """A list's forms keep what the list understood of its filters and its order (`listing` in the
    context), but not its page."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return []
    listing = context.get("listing")
    query = listing.links.url().partition("?") if listing else ("", "", "")
    return formats_of(match.view_name, match.kwargs, "".join(query[1:]))
