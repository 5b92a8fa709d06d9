"""A city's badge for its own web site: the page to copy it from, and the drawing itself."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import escape

from relationships import finding
from relationships.addresses import page_of
from relationships.badge import DARK, LIGHT, Badge, Scheme, badge_of, label_of
from sistercities.bilingual import LANGUAGES
from sistercities.caching import picture, public_page
from sistercities.context import absolute

TYPE = "image/svg+xml; charset=utf-8"
IMAGES = {"light": "public:city-badge-svg", "dark": "public:city-badge-dark"}


@public_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The badge as it is now, and the piece of HTML that shows it elsewhere."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city-badge", found.slug), permanent=True)
    request.localized = {code: page_of("public:city-badge", slug, code) for code in LANGUAGES}
    badge = badge_of(found, LIGHT)
    city_url = page_of("public:city", slug)
    kinds = [
        (name, src, _snippet(badge, absolute(city_url), absolute(src), label_of(found)))
        for name, src in ((name, page_of(view, slug)) for name, view in IMAGES.items())
    ]
    context = {"city": found, "badge": badge, "city_url": city_url, "kinds": kinds}
    return render(request, "relationships/badge.html", context)


def _snippet(badge: Badge, href: str, src: str, alt: str) -> str:
    """A link around a picture: nothing that runs, nothing that tells who looks. Plain text, which
    the page shows as such."""
    words = '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}" loading="lazy"></a>'
    return words.format(*map(escape, (href, src, badge.width, badge.height, alt)))


def _image(request: HttpRequest, slug: str, *, view: str, scheme: Scheme) -> HttpResponse:
    """The drawing; other hosts may show it."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of(view, found.slug), permanent=True)
    drawn = render_to_string("relationships/badge.svg", {"badge": badge_of(found, scheme)})
    return HttpResponse(drawn, content_type=TYPE)


light = picture(partial(_image, view=IMAGES["light"], scheme=LIGHT), everywhere=True)
dark = picture(partial(_image, view=IMAGES["dark"], scheme=DARK), everywhere=True)
