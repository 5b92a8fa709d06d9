"""Lines of QuickStatements, version 1: what Wikidata's own tool takes, separated by tabs."""

import datetime
import re
from collections.abc import Iterator
from urllib.parse import quote

from sistercities.partialdates import PartialDate

TWINNED, START, REFERENCE, RETRIEVED = "P190", "P580", "S854", "S813"
YEAR, MONTH, DAY = 9, 10, 11
GREGORIAN = 1583
"""The first whole year of the calendar in which Wikidata reads dates; of older ones only the year
is given."""
_ITEM = re.compile(r"Q[1-9][0-9]{0,10}")
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"


def is_item(text: str | None) -> bool:
    """Whether it is the number of an item."""
    return bool(text and _ITEM.fullmatch(text))


def statement(
    subject: str, twin: str, since: PartialDate | None, address: str, today: datetime.date
) -> str:
    """That one item is twinned with another since then, with the page that says so."""
    if not (is_item(subject) and is_item(twin)):
        raise ValueError(f"{subject!r} or {twin!r} is no item.")
    cells = [subject, TWINNED, twin]
    if since is not None and not since.about:  # "about" cannot be said in one line
        cells += [START, moment(since)]
    cells += [REFERENCE, quoted(address), RETRIEVED, moment(PartialDate.of(today))]
    return "\t".join(cells)


def moment(date: PartialDate) -> str:
    """ "1969" → +1969-00-00T00:00:00Z/9."""
    month, day = (date.month, date.day) if date.year >= GREGORIAN else (None, None)
    precision = DAY if day else MONTH if month else YEAR
    return f"+{date.year:04}-{month or 0:02}-{day or 0:02}T00:00:00Z/{precision}"


def quoted(address: str) -> str:
    """A web address as a text: nothing in it ends the text, the cell or the line."""
    return f'"{quote(address, safe=_IN_ADDRESSES)}"'


def lines_of(statements: Iterator[str]) -> Iterator[str]:
    """Each on a line of its own."""
    return (f"{one}\n" for one in statements)
