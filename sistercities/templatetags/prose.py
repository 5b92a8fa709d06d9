"""{% load prose %}: plain text of the office with its headings, lists and links."""

from django import template

from sistercities.prose import blocks

register = template.Library()


@register.inclusion_tag("includes/_prose.html")
def prose(text: str, heading: int = 2) -> dict:
    """{% prose text %}: `heading` is the level of its headings."""
    return {"blocks": blocks(text), "heading": f"h{heading}"}
