"""The lines of a yearly sheet: a tie, an exchange, an anniversary, what is due."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from relationships.listing import exchanges as listed
from relationships.listing import words
from relationships.models import Tie
from sistercities.partialdates import PartialDate


@dataclass
class Row:
    """One tie as a line of the table, with what was done in the year."""

    pk: int
    url: str
    cities: str
    sides: str
    kind: str
    status: str
    voice: str
    since: PartialDate | None
    ended: PartialDate | None
    confirmed: datetime.date | None
    exchanges: int = 0
    people: int = 0
    is_off_paper: bool = False

    @property
    def status_words(self) -> str:
        """One of the five words."""
        return str(words.STATUSES[self.status])

    @property
    def since_words(self) -> str:
        """As precise as it is known."""
        return self.since.in_words() if self.since else "–"

    @property
    def confirmed_words(self) -> str:
        """ "March 2026"."""
        day = self.confirmed
        return PartialDate(day.year, day.month).in_words() if day else _("Never")

    @property
    def stands(self) -> bool:
        """Whether it is signed and has not ended, today."""
        return self.status not in (Tie.Status.ENDED, Tie.Status.PROPOSED)

    def stood(self, year: int) -> bool:
        """Whether it was in force at the end of a year, as far as anybody knows."""
        if self.status == Tie.Status.PROPOSED or (self.since and self.since.year > year):
            return False
        return self.status != Tie.Status.ENDED or bool(self.ended and self.ended.year > year)


@dataclass(frozen=True)
class Birthday:
    """A tie's anniversary in the year that follows."""

    years: int
    when: str
    cities: str
    order: tuple = field(repr=False, default=())


@dataclass(frozen=True)
class Due:
    """Something that somebody should do, and for which ties."""

    text: str
    names: str


@dataclass(frozen=True)
class Done:
    """An exchange of the year: of which tie, its cities as the table names them, and its columns
    for the list of exchanges."""

    tie: int
    cities: str
    values: tuple

    @property
    def line(self) -> listed.Row:
        """As that list shows it."""
        return listed.line(self.values)

    @property
    def people(self) -> int:
        """Travellers and hosts."""
        return self.values[6] + self.values[7]
