"""iCalendar (RFC 5545): days that people take into a calendar of their own.

Written line by line: a registry has thousands of anniversaries, and the library that reads them
back in the tests takes ten times as long (docs/decisions/0017-calendars.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import override

from sistercities.bilingual import Text
from sistercities.context import absolute
from sistercities.plaintext import printable

TYPE = "text/calendar"
LONGEST = 75
"""Octets of a line; what is longer goes on in the next one, after a space."""

EVERY_YEAR = "FREQ=YEARLY"
LAST_OF_FEBRUARY = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
NOTHING = Text()
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
    rule: str = ""
    place: str = ""
    text: Text = NOTHING
    is_called_off: bool = False

    def lines(self) -> Iterator[str]:
        """What stands in the calendar, not yet folded."""
        moment = self.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        yield "BEGIN:VEVENT"
        yield f"UID:{self.key}@{_host()}"
        yield f"DTSTAMP:{moment}"
        yield f"LAST-MODIFIED:{moment}"
        if isinstance(self.begins, datetime):
            yield f"DTSTART:{_day(self.begins)}T{self.begins:%H%M%S}"
        else:
            yield f"DTSTART;VALUE=DATE:{_day(self.begins)}"
            if self.last and self.last > self.begins:
                yield f"DTEND;VALUE=DATE:{_day(self.last + timedelta(days=1))}"
        if self.rule:
            yield f"RRULE:{self.rule}"
        yield _text("SUMMARY", self.title)
        if self.text:
            yield _text("DESCRIPTION", self.text)
        if self.place:
            yield _text("LOCATION", Text(self.place))
        yield f"URL:{absolute(self.url)}"
        if not isinstance(self.begins, datetime):
            yield "TRANSP:TRANSPARENT"
        yield f"STATUS:{'CANCELLED' if self.is_called_off else 'CONFIRMED'}"
        yield "END:VEVENT"


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
        return HttpResponse("".join(self.written()), content_type=content)

    def written(self) -> Iterator[str]:
        """The text of the calendar, in pieces, whatever the language is when they are read."""
        with override(self.language):
            yield from self._pieces()

    def _pieces(self) -> Iterator[str]:
        yield "".join(map(folded, self._head()))
        waiting: list[str] = []
        for number, one in enumerate(self.occasions, start=1):
            waiting += map(folded, one.lines())
            if number % AT_ONCE == 0:
                yield "".join(waiting)
                waiting = []
        yield "".join([*waiting, folded("END:VCALENDAR")])

    def _head(self) -> Iterator[str]:
        yield "BEGIN:VCALENDAR"
        yield "VERSION:2.0"
        yield f"PRODID:-//{_host()}//Sister Cities Registry//{self.language.upper()}"
        yield "CALSCALE:GREGORIAN"
        yield "METHOD:PUBLISH"
        yield _text("NAME", Text(self.name))
        yield _text("X-WR-CALNAME", Text(self.name))
        yield f"URL:{absolute(self.url)}"
        yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
        yield "X-PUBLISHED-TTL:P1D"


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no letter cut in two; with its ends of line."""
    if len(line) * 4 <= LONGEST or len(line.encode()) <= LONGEST:
        return f"{line}\r\n"
    pieces, piece, size = [], [], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            pieces.append("".join(piece))
            piece, size = [" "], 1
        piece.append(letter)
        size += octets
    return "\r\n".join([*pieces, "".join(piece)]) + "\r\n"


def _text(name: str, text: Text) -> str:
    """A property with its text escaped and, where it is in the other language, which one."""
    lines = printable(text.text).replace("\r\n", "\n").replace("\r", "\n")
    for letter in ("\\", ";", ","):
        lines = lines.replace(letter, f"\\{letter}")
    language = f";LANGUAGE={text.lang}" if text.lang else ""
    return f"{name}{language}:" + lines.replace("\n", "\\n")


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
