"""The next birthday of one tie, also where only the year of its agreement is known."""

from dataclasses import dataclass
from datetime import date

from relationships.anniversaries import falls_on
from relationships.models import Tie
from sistercities.partialdates import PartialDate


@dataclass(frozen=True)
class Birthday:
    """The year it falls in, the age, and the day if the day of the agreement is known."""

    year: int
    years: int
    day: date | None = None

    @property
    def is_round(self) -> bool:
        """Whether people make a feast of it: every ten years and the silver one."""
        return self.years % 10 == 0 or self.years % 25 == 0


def next_birthday(since: PartialDate | None, today: date) -> Birthday | None:
    """The next one, today included. Of a year or month alone: that of this year, without a day.
    None before the first one is due or when nothing is known."""
    if since is None:
        return None
    year, day = today.year, None
    if since.anniversary:
        day = falls_on(since.anniversary, year)
        if day < today:
            year += 1
            day = falls_on(since.anniversary, year)
    return Birthday(year, year - since.year, day) if year > since.year else None


def birthday_of(tie: Tie, today: date) -> Birthday | None:
    """The next birthday of a tie that has not ended."""
    return None if tie.has_ended else next_birthday(tie.since, today)
