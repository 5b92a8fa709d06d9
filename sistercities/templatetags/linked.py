"""What a page tells to machines and to other sites about itself. `{% load linked %}`.

Tags: social (around title and description in the head), linked_data, subscribe.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sistercities import linked
from sistercities.association import NAME
from sistercities.context import absolute
from sistercities.plaques import HEIGHT, WIDTH
from sistercities.templatetags.ui import LOCALES, language

register = template.Library()

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">', re.DOTALL)


@register.simple_tag
def linked_data(node: Mapping[str, Any] | None) -> str:
    """A block of facts for machines; nothing for no facts."""
    return linked.block(node) if node else ""


@register.simple_block_tag(takes_context=True)
def social(context: template.Context, content: str) -> SafeString:
    """The title and description of a public page, and the same for whoever shows a link to it:
    Open Graph, with the page's plaque as its picture."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or "public" not in match.namespaces or not context.get("alternate_urls"):
        return content
    title, description = (_inside(pattern, content) for pattern in (TITLE, DESCRIPTION))
    here = language()
    plaque = absolute(_plaque(match.url_name, match.kwargs))
    facts = [
        ("og:type", "website"),
        ("og:site_name", NAME),
        ("og:title", title.removesuffix(f" – {NAME}")),
        ("og:description", description),
        ("og:url", context["canonical_url"]),
        ("og:locale", LOCALES[here]),
        *(("og:locale:alternate", LOCALES[code]) for code in LOCALES if code != here),
        ("og:image", plaque),
        ("og:image:type", "image/png"),
        ("og:image:width", WIDTH),
        ("og:image:height", HEIGHT),
        ("og:image:alt", title),
    ]
    metas = format_html_join("\n", '<meta property="{}" content="{}">', facts)
    card = format_html('\n<meta name="twitter:card" content="{}">', "summary_large_image")
    return content + metas + card


def _inside(pattern: re.Pattern, content: str) -> str:
    found = pattern.search(content)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def _plaque(name: str, arguments: Mapping[str, Any]) -> str:
    """The picture of the city, tie or committee that a page belongs to, else that of the site."""
    if "slug" in arguments:
        try:
            kind = name.partition("-")[0]
            return reverse(f"public:{kind}-plaque", args=[arguments["slug"]])
        except NoReverseMatch:
            pass
    return reverse("public:plaque")


@register.inclusion_tag("includes/_subscribe.html", takes_context=True)
def subscribe(context: template.Context) -> dict[str, str]:
    """A link that takes the days of this page into one's own calendar, filters kept."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or "public" not in match.namespaces:
        return {}
    listing = context.get("listing")
    query = "".join(listing.links.url().partition("?")[1:]) if listing else ""
    url = reverse(f"{match.view_name}-ics", kwargs=match.kwargs) + query
    _scheme, _colon, rest = absolute(url).partition(":")
    return {"url": url, "webcal": f"webcal:{rest}"}
