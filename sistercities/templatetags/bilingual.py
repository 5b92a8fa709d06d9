"""Texts in two languages. `{% load bilingual %}`."""

from django import template
from django.db.models import Model

from sistercities.bilingual import Text, text_of

register = template.Library()


@register.simple_tag
def bilingual(thing: Model, field: str) -> Text:
    """{% bilingual committee "about" as about %}: text, lang (empty: the page's) and note."""
    return text_of(thing, field)


@register.inclusion_tag("includes/_bilingual.html")
def bilingual_block(thing: Model, field: str) -> dict:
    """{% bilingual_block committee "about" %}: its paragraphs, and a line if they are in the other
    language; nothing when there is no text."""
    return {"text": text_of(thing, field)}
