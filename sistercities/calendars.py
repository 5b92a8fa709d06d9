"""iCalendar (RFC 5545): days that people take into a calendar of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import override

from sistercities.bilingual import Text
from sistercities.context import absolute
from sistercities.plaintext import printable

TYPE = "text/calendar"
EVERY_YEAR = {"freq": "yearly"}
LAST_OF_FEBRUARY = {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
NOTHING = Text()
A_DAY = timedelta(days=1)
END = b"END:VCALENDAR\r\n"
AT_ONCE = 64
"""Occasions that are sent in one piece."""


@dataclass(frozen=True)
class Occasion:
    """One event. `begins` is a day, or a day and hour of the place where it is; `last` is the last
    whole day of a longer one. `key` names it for ever: "tie-7-anniversary"."""

    key: str
    title: Text
    begins: date | datetime
    changed: datetime
    url: str
    last: date | None = None
    rule: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    text: Text = NOTHING
    is_called_off: bool = False

    def event(self) -> icalendar.Event:
        """What stands in the calendar."""
        event = icalendar.Event()
        event.add("uid", f"{self.key}@{_host()}")
        for name in ("dtstamp", "last-modified"):
            event.add(name, self.changed)
        event.add("dtstart", self.begins)
        has_hour = isinstance(self.begins, datetime)
        if not has_hour and self.last and self.last > self.begins:
            event.add("dtend", self.last + A_DAY)
        if self.rule:
            event.add("rrule", self.rule)
        for name, text in (
            ("summary", self.title),
            ("description", self.text),
            ("location", Text(self.place)),
        ):
            if text or name == "summary":
                language = {"language": text.lang} if text.lang else {}
                event.add(name, printable(text.text), parameters=language)
        event.add("url", absolute(self.url))
        if not has_hour:
            event.add("transp", "TRANSPARENT")
        event.add("status", "CANCELLED" if self.is_called_off else "CONFIRMED")
        return event


@dataclass(frozen=True)
class Calendar:
    """A calendar that one may subscribe to: its name, its page, and what stands in it."""

    name: str
    url: str
    language: str
    occasions: Iterable[Occasion]

    def response(self, *, is_long: bool = False) -> HttpResponseBase:
        """As it is sent; a long one while it is read."""
        content = f"{TYPE}; charset=utf-8"
        if is_long:
            return StreamingHttpResponse(self.written(), content_type=content)
        return HttpResponse(b"".join(self.written()), content_type=content)

    def written(self) -> Iterator[bytes]:
        """The text of the calendar, in pieces, whatever the language is when they are read."""
        with override(self.language):
            yield from self._pieces()

    def _pieces(self) -> Iterator[bytes]:
        yield self._frame().to_ical(sorted=False).removesuffix(END)
        occasions = iter(self.occasions)
        while some := [*islice(occasions, AT_ONCE)]:
            yield b"".join(one.event().to_ical(sorted=False) for one in some)
        yield END

    def _frame(self) -> icalendar.Calendar:
        """The calendar without what stands in it."""
        frame = icalendar.Calendar()
        frame.add("version", "2.0")
        frame.add("prodid", f"-//{_host()}//Sister Cities Registry//{self.language.upper()}")
        frame.add("calscale", "GREGORIAN")
        frame.add("method", "PUBLISH")
        for name in ("name", "x-wr-calname"):
            frame.add(name, printable(self.name))
        frame.add("url", absolute(self.url))
        frame.add("refresh-interval", A_DAY, parameters={"value": "DURATION"})
        frame.add("x-published-ttl", "P1D")
        return frame


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
