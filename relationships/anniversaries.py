"""When a tie has its birthday."""

from dataclasses import dataclass
from datetime import date

from relationships.models import Tie
from sistercities.partialdates import PartialDate


@dataclass(frozen=True)
class Anniversary:
    """The next birthday of a tie: the day, if the day of the agreement is known, and the age."""

    year: int
    years: int
    day: date | None = None

    @property
    def is_round(self) -> bool:
        """Whether people make a feast of it: every ten years and the silver one."""
        return self.years % 10 == 0 or self.years % 25 == 0


def day_in(year: int, month_and_day: str) -> date:
    """ "05-14" in a year; 29 February is kept on the 28th of other years."""
    month, day = map(int, month_and_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def next_anniversary(since: PartialDate | None, today: date) -> Anniversary | None:
    """The next birthday, today included. Of a year or month alone: that of this year, without a
    day. None before the first one is due or when nothing is known."""
    if since is None:
        return None
    if since.anniversary:
        year = today.year
        if day_in(year, since.anniversary) < today:
            year += 1
        if year <= since.year:
            return None
        return Anniversary(year, year - since.year, day_in(year, since.anniversary))
    if today.year <= since.year:
        return None
    return Anniversary(today.year, today.year - since.year)


def of(tie: Tie, today: date) -> Anniversary | None:
    """The next birthday of a tie in force."""
    return None if tie.has_ended else next_anniversary(tie.since, today)
