"""Atom 1.0 (RFC 4287): what changed, for feed readers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse

from sistercities.association import NAME
from sistercities.bilingual import Text
from sistercities.context import absolute
from sistercities.plaintext import printable

TYPE = "application/atom+xml"
SPACE = "http://www.w3.org/2005/Atom"
SINCE = 2026
"""The year from which our host names are ours: a part of every id (RFC 4151)."""

NEVER = datetime(SINCE, 1, 1, tzinfo=UTC)


def tag(*parts: object) -> str:
    """An id that stays whatever becomes of slugs and languages: tag:registry.example,2026:tie/7."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{SINCE}:{'/'.join(map(str, parts))}"


@dataclass(frozen=True)
class Entry:
    """One change. `url` is a path; texts in the other language say which one."""

    id: str
    url: str
    title: Text
    changed: datetime
    made: datetime
    summary: Text
    kind: str = ""
    author: str = ""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. `url` is the path of the page that it belongs to, `own` its
    own."""

    id: str
    url: str
    own: str
    title: str
    language: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def changed(self) -> datetime:
        """When the newest entry last did."""
        return max((one.changed for one in self.entries), default=NEVER)

    def response(self) -> HttpResponse:
        """The feed as it is sent."""
        return HttpResponse("".join(self._written()), content_type=f"{TYPE}; charset=utf-8")

    def _written(self) -> Iterable[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<feed xmlns="{SPACE}" xml:lang="{self.language}">\n'
        yield _element("id", self.id)
        yield _element("title", self.title)
        yield _element("updated", _moment(self.changed))
        yield _link("self", self.own, TYPE, self.language)
        yield _link("alternate", self.url, "text/html", self.language)
        yield f"<author>{_element('name', str(NAME))}{_element('uri', absolute('/'))}</author>\n"
        for one in self.entries:
            yield from self._entry(one)
        yield "</feed>\n"

    def _entry(self, one: Entry) -> Iterable[str]:
        yield "<entry>\n"
        yield _element("id", one.id)
        yield _element("title", one.title)
        yield _element("published", _moment(one.made))
        yield _element("updated", _moment(one.changed))
        yield _link("alternate", one.url, "text/html", self.language)
        if one.author:
            yield f"<author>{_element('name', one.author)}</author>\n"
        if one.kind:
            yield f"<category term={quoteattr(one.kind)}/>\n"
        yield _element("summary", one.summary)
        yield "</entry>\n"


def _element(name: str, text: str | Text) -> str:
    lang = getattr(text, "lang", "")
    mark = f' xml:lang="{lang}"' if lang else ""
    return f"<{name}{mark}>{escape(printable(str(text)))}</{name}>\n"


def _link(relation: str, path: str, type: str, language: str) -> str:
    address = quoteattr(printable(absolute(path)))
    return f'<link rel="{relation}" type="{type}" hreflang="{language}" href={address}/>\n'


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
