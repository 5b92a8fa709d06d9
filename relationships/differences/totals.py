"""What the public reads of comparisons: the newest of each list, as a whole and by country."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from relationships.differences.comparing import TOTALS
from relationships.models import Comparison
from sistercities.countries import country_name


@dataclass(frozen=True)
class Numbers:
    """Of a whole list, or of the pairs that touch one country."""

    pairs: int
    both: int
    one_sided: int
    missing_here: int
    missing_there: int
    different: int
    country: str = ""

    @property
    def percent(self) -> int | None:
        """How many of a hundred pairs that both sides could state only one does; None where the
        list tells of one side only."""
        if not self.both:
            return None
        return int(100 * self.one_sided / self.both + 0.5)

    @classmethod
    def of(cls, counts: Mapping[str, int], country: str = "") -> "Numbers":
        """From what a comparison keeps."""
        return cls(*(counts.get(str(key), 0) for key in TOTALS), country=country)


@dataclass(frozen=True)
class Source:
    """One list and its numbers."""

    name: str
    taken_on: datetime.date
    compared_on: datetime.date
    whole: Numbers
    countries: list[Numbers]

    @cached_property
    def has_percent(self) -> bool:
        """Whether both sides of some pair could state it."""
        return self.whole.percent is not None


def sources(language: str) -> list[Source]:
    """The newest published comparison of each list, by name."""
    found: dict[str, Source] = {}
    columns = ("name", "taken_on", "compared_at", "counts", "by_country")
    for name, taken_on, compared_at, counts, rows in Comparison.objects.published().values_list(
        *columns
    ):
        if name not in found:
            countries = [
                Numbers(*numbers, country=country_name(code, language)) for code, *numbers in rows
            ]
            found[name] = Source(
                name, taken_on, timezone.localdate(compared_at), Numbers.of(counts), countries
            )
    return list(found.values())
