"""Every address of the site outside the admin, found by walking the URL resolver.

`SAMPLES` gives each URL name its arguments on the demo registry, language by language. A name
without a sample, or a sample without a name, fails the build (http/test_addresses.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from committees.models import City, Committee, Guide, GuideFile
from relationships.exporting.lists import LISTS
from relationships.models import Evidence, Exchange, Tie
from tests import advicefactories
from tests.site.telling import told_by

LANGUAGES = ("es", "en")
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
ICS = "text/calendar; charset=utf-8"
PNG = "image/png"
SVG = "image/svg+xml; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True)
class Sample:
    """One way to ask for a URL name: arguments that may differ by language, and what comes back.

    `type` is the content type of an answer 200; None for an answer that leads on (302).
    `is_form` says that the page is sent as well, not only read.
    """

    arguments: dict[str, dict[str, str]] | dict[str, str | int]
    type: str | None = HTML
    is_form: bool = False

    def arguments_in(self, language: str) -> dict[str, str | int]:
        """The arguments of the address in one language."""
        by_language = self.arguments.get(language)
        return by_language if isinstance(by_language, dict) else self.arguments


@dataclass(frozen=True)
class Page:
    """One address of the demo registry."""

    name: str
    language: str
    path: str
    type: str | None
    is_form: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether caches may keep it: not a form, not the page after one."""
        return not (self.is_form or self.name.endswith("-sent"))

    @property
    def is_linked(self) -> bool:
        """Whether public pages link to it: the page after a form is not, the leaflet is at the
        desk."""
        return not self.name.endswith(("-sent", "-leaflet"))

    def __str__(self) -> str:
        return self.path


def slugs(*names: str, type: str | None = HTML) -> list[Sample]:
    """Samples of a page that is found by a slug, the same in both languages."""
    return [Sample({"slug": name}, type) for name in names]


def ties(*pairs: str, type: str | None = HTML) -> list[Sample]:
    """Samples of ties by their stored slug, which joins the two cities by "_"."""
    return [
        Sample(
            {
                "es": {"slug": pair.replace("_", "-y-")},
                "en": {"slug": pair.replace("_", "-and-")},
            },
            type,
        )
        for pair in pairs
    ]


CONVENTION = "convencion-anual-de-ciudades-hermanas-2027-demo"
PLAIN = [Sample({})]
LEADS_ON = [Sample({}, None)]


def samples() -> dict[str, list[Sample]]:
    """By URL name; the demo registry must be loaded (permanent numbers are looked up)."""
    city = City.objects.get(slug="gomez-palacio-dgo-mx").pk
    tie = Tie.objects.get(slug="gomez-palacio_south-el-monte").pk
    south_el_monte = Committee.objects.get(slug="south-el-monte")
    committee = south_el_monte.slug
    item, photo, _document = told_by(south_el_monte)
    maps = ("texts", "cities", "ties", "committees", "exchanges", "news", "photos")
    maps += ("news-lists", "photo-lists", "document-lists", "conventions", "guides", "guide-list")
    return {
        "public:home": PLAIN,
        "public:city-list": PLAIN,
        "public:city": slugs(
            "gomez-palacio-dgo-mx", "south-el-monte-ca-us", "guadalajara-jal-mx", "kyoto-jp"
        ),
        "public:city-report": [Sample({"slug": "gomez-palacio-dgo-mx"}, is_form=True)],
        "public:city-report-sent": slugs("gomez-palacio-dgo-mx"),
        "public:tie-list": PLAIN,
        "public:map": PLAIN,
        "public:map-svg": [Sample({}, "image/svg+xml")],
        "public:map-data": [Sample({}, "application/json")],
        "public:tie": ties(
            "gomez-palacio_south-el-monte", "guadalajara_kyoto", "osaka_san-francisco"
        ),
        "public:tie-report": [
            replace(one, is_form=True) for one in ties("gomez-palacio_south-el-monte")
        ],
        "public:tie-report-sent": ties("gomez-palacio_south-el-monte"),
        "public:committee-list": PLAIN,
        "public:committee": slugs("south-el-monte", *sample_committees()),
        "public:committee-news": slugs(committee),
        "public:committee-news-item": [Sample({"slug": committee, "pk": item.pk})],
        "public:committee-photos": slugs(committee),
        "public:committee-photo": [Sample({"slug": committee, "pk": photo.pk})],
        "public:committee-documents": slugs(committee),
        "public:committee-leaflet": slugs(committee),
        "public:committee-join": [Sample({"slug": committee}, is_form=True)],
        "public:committee-join-sent": slugs(committee),
        "public:committee-contact": [Sample({"slug": committee}, is_form=True)],
        "public:committee-contact-sent": slugs(committee),
        "public:exchange-list": PLAIN,
        "public:exchange": slugs(*sample_exchanges()),
        "public:anniversaries": PLAIN,
        "public:differences": PLAIN,
        "public:statistics": PLAIN,
        "public:statistics-csv": [Sample({}, CSV)],
        "public:states": PLAIN,
        "public:state-of-ties": [Sample({"code": "MX-DUR"})],
        "public:city-state-of-ties": slugs("gomez-palacio-dgo-mx"),
        "public:evidence-file": [Sample({"pk": public_file().pk}, PDF)],
        "public:conventions": PLAIN,
        "public:convention": slugs("1974-encuentro-de-ciudades-hermanas-de-mazatlan", CONVENTION),
        "public:guides": PLAIN,
        "public:guide": slugs("acta-de-cabildo", "visas-para-estudiantes"),
        "public:guide-file": [Sample({"pk": public_model().pk}, PDF)],
        "public:apply": [Sample({}, is_form=True)],
        "public:apply-sent": PLAIN,
        **data_samples(),
        "public:about": PLAIN,
        "public:how-to-twin": PLAIN,
        "public:privacy": PLAIN,
        "public:accessibility": PLAIN,
        "public:theme": LEADS_ON,
        "public:language": LEADS_ON,
        "language-root": LEADS_ON,
        "short-tie": [Sample({"number": tie}, None)],
        "short-city": [Sample({"number": city}, None)],
        "short-committee": slugs(committee, type=None),
        "short-exchange": [Sample({"number": Exchange.objects.public().first().pk}, None)],
        **feeds(committee),
        "sitemap": [Sample({}, XML)],
        "sitemap-page": [Sample({"subject": subject, "number": 1}, XML) for subject in maps],
        "robots": [Sample({}, TEXT)],
        "security-txt": [Sample({}, TEXT)],
        "healthz": [Sample({}, TEXT)],
        "readyz": [Sample({}, TEXT)],
    }


def feeds(committee: str) -> dict[str, list[Sample]]:
    """What feed readers, calendars and other sites take."""
    city, tie = "gomez-palacio-dgo-mx", "gomez-palacio_south-el-monte"
    return {
        "public:home-atom": [Sample({}, ATOM)],
        "public:tie-list-atom": [Sample({}, ATOM)],
        "public:exchange-list-atom": [Sample({}, ATOM)],
        "public:exchange-list-ics": [Sample({}, ICS)],
        "public:anniversaries-ics": [Sample({}, ICS)],
        "public:city-atom": slugs(city, type=ATOM),
        "public:city-ics": slugs(city, type=ICS),
        "public:tie-ics": ties(tie, type=ICS),
        "public:exchange-ics": slugs(*sample_exchanges(), type=ICS),
        "public:committee-atom": slugs(committee, type=ATOM),
        "public:committee-ics": slugs(committee, type=ICS),
        "public:convention-ics": slugs(CONVENTION, type=ICS),
        "public:plaque": [Sample({}, PNG)],
        "public:city-plaque": slugs(city, type=PNG),
        "public:tie-plaque": ties(tie, type=PNG),
        "public:committee-plaque": slugs(committee, type=PNG),
        "public:city-badge": slugs(city),
        "public:city-badge-svg": slugs(city, type=SVG),
        "public:city-badge-dark": slugs(city, type=SVG),
    }


def data_samples() -> dict[str, list[Sample]]:
    """The lists as data, one object of each kind, and what describes them."""
    types = {"csv": CSV, "json": JSON, "geojson": "application/geo+json"}
    lists = {
        f"public:{page}-{suffix}": [Sample({}, types[suffix])]
        for page, exported in LISTS.items()
        for suffix in exported.suffixes
    }
    tie = ties("gomez-palacio_south-el-monte")
    return {
        **lists,
        "public:city-json": slugs("gomez-palacio-dgo-mx", type=JSON),
        "public:tie-json": [replace(one, type=JSON) for one in tie],
        "public:committee-json": slugs("south-el-monte", type=JSON),
        "public:exchange-json": slugs(*sample_exchanges(), type=JSON),
        "public:data": PLAIN,
        "data-schema": [Sample({}, "application/schema+json")],
        "openapi": [Sample({}, "application/vnd.oai.openapi+json")],
    }


def public_file() -> Evidence:
    """The one agreement that everyone may read; made when it is first asked for."""
    known = Evidence.objects.filter(is_public=True).exclude(file="").first()
    return known or Evidence.objects.create(
        tie=Tie.objects.get(slug="gomez-palacio_south-el-monte"),
        kind=Evidence.Kind.AGREEMENT,
        title="Convenio de 1969",
        file=SimpleUploadedFile("convenio.pdf", b"%PDF-1.4 nothing"),
        is_public=True,
    )


def public_model() -> GuideFile:
    """The one file of a guide that everyone may have; made when it is first asked for."""
    known = GuideFile.objects.public().first()
    return known or advicefactories.GuideFileFactory(guide=Guide.objects.get(came_as="council-act"))


def sample_committees() -> list[str]:
    """The slug of one committee of every level and of every state of life."""
    found = {}
    for level, state, slug in Committee.objects.public().values_list("level", "state", "slug"):
        found.setdefault(level, slug)
        found.setdefault(state, slug)
    return sorted(set(found.values()) - {"south-el-monte"})


def sample_exchanges() -> list[str]:
    """The slug of a demo exchange and of one that took place."""
    public = Exchange.objects.public().filter(tie__review=Tie.Review.PUBLISHED)
    return [
        public.filter(is_demo=invented).order_by("pk").values_list("slug", flat=True)[0]
        for invented in (True, False)
    ]


ELSEWHERE = ("desk:", "account_", "mfa_", "usersessions_", "attachment")
SIGNED = {"public:conversation", "public:confirm", "public:unsubscribe", "public:outbox"}
"""Pages for one reader, behind a signed link or (the outbox) in a demo only: docs/permissions.csv
has them and those of logins and desks, and tests beside their apps read them."""


def url_names() -> set[str]:
    """Every URL name of pages for everybody, with its namespace."""
    names = set(_names(get_resolver(), ""))
    return {one for one in names - SIGNED if not one.startswith(ELSEWHERE)}


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name is None:
                raise LookupError(f"An address without a name: {namespace}{pattern.pattern}")
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)


def pages() -> Iterator[Page]:
    """Every sample, in both languages where the address is under a language.

    The pages of a name come in the same order in each language.
    """
    known = samples()
    for name, ways in known.items():
        for language in LANGUAGES if name.startswith("public:") else (settings.LANGUAGE_CODE,):
            with override(language):
                for sample in ways:
                    path = reverse(name, kwargs=sample.arguments_in(language))
                    yield Page(name, language, path, sample.type, sample.is_form)


def html_pages() -> list[Page]:
    """Those that a person reads."""
    return [page for page in pages() if page.type == HTML]
