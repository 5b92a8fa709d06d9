"""The plaque of a page as a picture, for where the page is shown elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from relationships import finding
from relationships.addresses import here, page_of
from relationships.sisters import counted, first_year, sisters_of, words_of
from sistercities.association import NAME
from sistercities.caching import picture
from sistercities.lettering import readable
from sistercities.plaques import Row, plaque
from sistercities.templatetags.ui import distance_short


@picture
def general(request: HttpRequest) -> HttpResponse:
    """For pages that have none of their own."""
    return _png(((readable(str(NAME), "Sister Cities"), ""),))


@picture
def tie(request: HttpRequest, slug: str) -> HttpResponse:
    """Two names, since when, and how far apart."""
    found = finding.tie(slug)
    if found.slug_in(here()) != slug:
        right = page_of("public:tie-plaque", found.slug_in(here()))
        return redirect(right, permanent=True)
    names = [readable(one.name, words_of(one.slug)) for one in (found.first, found.second)]
    year = str(found.since.year) if found.since else ""
    figures = (year, distance_short(found.distance_km))
    note = f"{found.get_kind_display()} · {found.get_status_display()}"
    return _png(tuple(zip(names, figures, strict=True)), note)


@picture
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Its name, how many sisters it has and since when."""
    found = finding.city(slug)
    if found.slug != slug:
        return redirect(page_of("public:city-plaque", found.slug), permanent=True)
    sisters = sisters_of(found)
    rows = [(readable(found.name, words_of(found.slug)), first_year(sisters))]
    if sisters:
        rows.append((counted(sisters), ""))
    return _png(tuple(rows), found.place)


@picture
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Its name, and since when it is there."""
    found = finding.committee(slug)
    if found.slug != slug:
        return redirect(page_of("public:committee-plaque", found.slug), permanent=True)
    words = [found.get_level_display()]
    if found.founded:
        words.append(_("since %(when)s") % {"when": str(found.founded.year)})
    name = readable(found.name, words_of(f"{found.slug}-"))
    return _png(((name, ""),), " · ".join(words))


def _png(rows: tuple[Row, ...], note: str = "") -> HttpResponse:
    foot = str(NAME) if note else ""
    return HttpResponse(plaque(rows, note, foot), content_type="image/png")
