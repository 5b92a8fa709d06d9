"""The map of the site for search engines: an index, and pages of at most 5,000 objects each.

Every object stands there in both languages, each naming the other (hreflang).
"""

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override

from committees import sitemap as committee_pages
from committees.models import City, Committee
from relationships.addresses import page_of, tie_page
from relationships.models import Exchange, Tie
from sistercities.caching import public_page
from sistercities.context import absolute

MOST = 5000
LANGUAGES = ("es", "en")
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
TEXTS = ("home", "city-list", "tie-list", "committee-list", "exchange-list", "anniversaries")
TEXTS += ("map", "statistics", "states", "data", "differences")
TEXTS += ("conventions", "about", "how-to-twin", "privacy", "accessibility")


def _by_slug(name: str) -> Callable[[str, str], str]:
    return lambda slug, language: page_of(name, slug, language)


def _things(found: QuerySet) -> QuerySet:
    return found.order_by("pk").values_list("changed_at", "slug")


SUBJECTS: dict[str, tuple[Callable[[], QuerySet], Callable[..., str]]] = {
    "cities": (lambda: _things(City.objects.listed()), _by_slug("public:city")),
    "ties": (lambda: _things(Tie.objects.public()), tie_page),
    "committees": (lambda: _things(Committee.objects.public()), _by_slug("public:committee")),
    "exchanges": (
        lambda: _things(Exchange.objects.public().filter(tie__review=Tie.Review.PUBLISHED)),
        _by_slug("public:exchange"),
    ),
    **committee_pages.SUBJECTS,
}


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The pages of the map; one count per subject."""
    pages = ["sitemap-texts-1.xml"]
    for subject, (rows, _path) in SUBJECTS.items():
        count = rows().count()
        pages += [f"sitemap-{subject}-{n + 1}.xml" for n in range(-(-count // MOST))]
    entries = "".join(f"<sitemap><loc>{absolute('/' + page)}</loc></sitemap>\n" for page in pages)
    return HttpResponse(
        f'{HEAD}<sitemapindex xmlns="{NAMES}">\n{entries}</sitemapindex>\n', content_type=XML
    )


@public_page
def page(request: HttpRequest, subject: str, number: int) -> HttpResponse:
    """One page of the map, sent as it is read: one query."""
    if subject == "texts" and number == 1:
        return StreamingHttpResponse(_written(_texts()), content_type=XML)
    if subject not in SUBJECTS or not 1 <= number <= 10_000:
        raise Http404
    rows, path = SUBJECTS[subject]
    found = rows()[(number - 1) * MOST : number * MOST]
    if not found.exists():
        raise Http404
    entries = (
        ({code: path(*known, code) for code in LANGUAGES}, changed)
        for changed, *known in found.iterator(chunk_size=1000)
    )
    return StreamingHttpResponse(_written(entries), content_type=XML)


def _texts() -> Iterator[tuple[dict[str, str], None]]:
    """The pages that are no object's: home, lists, texts."""
    for name in TEXTS:
        paths = {}
        for code in LANGUAGES:
            with override(code):
                paths[code] = reverse(f"public:{name}")
        yield paths, None


def _written(entries: Iterator) -> Iterator[str]:
    """The XML of (paths by language, day of the last change)."""
    yield f'{HEAD}<urlset xmlns="{NAMES}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for paths, changed in entries:
        urls = {code: escape(absolute(path)) for code, path in paths.items()}
        day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>'
            for code, url in (*urls.items(), ("x-default", urls["es"]))
        )
        for url in urls.values():
            yield f"<url><loc>{url}</loc>{day}{others}</url>\n"
    yield "</urlset>\n"
