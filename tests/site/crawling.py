"""A walk through the whole site from its two home pages, as a search engine would walk.

Logins and desks are not entered. Every address without a query is visited. Of those with a query,
each that a page without one leads to: every filter, order and page number one step away, not their
endless combinations. What each object has alike for other programs and sites, such as its calendar,
is visited for a few of them.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils.translation import override

from tests.site import pages
from tests.site.reading import Reading, local, without_fragment

STARTS = ("/es/", "/en/")
FOR_PROGRAMS = (".atom", ".csv", ".geojson", ".ics", ".json", ".svg")
ALIKE = ("/badge/", "/insignia/")
FEW = 3
"""Of each kind and language, besides the samples of `pages`."""


@dataclass
class Answer:
    """What came back from one address, and which page first led to it."""

    url: str
    status: int
    headers: dict[str, str]
    body: str
    led_here_by: str
    is_html: bool = False

    @cached_property
    def reading(self) -> Reading | None:
        """The page, read when it is first asked for."""
        return Reading(self.body, self.url) if self.is_html else None

    def __str__(self) -> str:
        return f"{self.url} (from {self.led_here_by})"


@dataclass
class Crawl:
    """All that was found."""

    answers: dict[str, Answer] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)

    @property
    def pages(self) -> list[Answer]:
        """The pages for people that were there."""
        return [one for one in self.answers.values() if one.is_html and one.status == 200]

    @property
    def plain_pages(self) -> list[Answer]:
        """Those without filters."""
        return [one for one in self.pages if "?" not in one.url]


class Enough:
    """Remembers what is alike: pages for people of the same objects in both languages."""

    def __init__(self) -> None:
        self.samples = {page.path for page in pages.pages()}
        self.visited: dict[tuple, set[str]] = {}

    def has(self, path: str) -> bool:
        """Whether a few like this were visited already."""
        plain = path.partition("?")[0]
        is_alike = plain.startswith(STARTS) and plain.endswith(FOR_PROGRAMS + ALIKE)
        if not is_alike or plain in self.samples:
            return False
        with override(plain[1:3]):
            match = resolve(plain)
        kind, mark = (match.view_name, plain[1:3], "?" in path), path
        if plain.endswith(ALIKE):
            kind, mark = (match.view_name,), str(match.kwargs)
        known = self.visited.setdefault(kind, set())
        if len(known) < FEW:
            known.add(mark)
        return mark not in known


def ask(client: Client, url: str, led_here_by: str = "") -> Answer:
    """Visit one address."""
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    type = response.headers.get("Content-Type", "")
    text = body.decode() if "text" in type or "xml" in type or "json" in type else ""
    html = type.startswith("text/html") and response.status_code not in (301, 302)
    return Answer(
        url,
        response.status_code,
        dict(response.headers),
        text,
        led_here_by,
        html,
    )


def crawl() -> Crawl:
    """Walk from the home pages until nothing new is found."""
    found, client, doors = Crawl(), Client(), closed_doors()
    waiting = deque((start, "") for start in STARTS)
    seen, enough = set(STARTS), Enough()
    while waiting:
        url, source = waiting.popleft()
        answer = found.answers[url] = ask(client, url, source)
        for address in leads(answer):
            path = local(address, settings.SITE_URL)
            if path is None:
                found.elsewhere.add(address)
                continue
            path = without_fragment(path)
            if path.startswith(doors):
                continue
            if filters_of_map(path):
                continue
            if path not in seen and not ("?" in path and "?" in url):
                seen.add(path)
                if not enough.has(path):
                    waiting.append((path, url))
    return found


def filters_of_map(path: str) -> bool:
    """Whether an address is the map with filters: they are those of the list of ties. Its other
    sheet is visited."""
    name, _mark, query = path.partition("?")
    return name in ("/es/mapa/", "/en/map/") and bool(query) and not query.startswith("view=")


def closed_doors() -> tuple[str, ...]:
    """Where logins and desks begin: docs/permissions.csv says who comes in there."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [reverse("account_overview"), reverse("desk:mine")]
    return tuple(found)


def leads(answer: Answer) -> list[str]:
    """Where a page's links, pictures, style sheets and redirects lead."""
    if answer.status in (301, 302):
        return [answer.headers["Location"]]
    return list(answer.reading.links()) if answer.reading else []
