"""What a committee did in one year, written by the system for the council.

Every number is that of the desk's own lists for the year (`?year=`): what is not published is not
counted. Ties and their status are those of today.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Min, Q

from committees.models import City, Committee, CommitteeCity, OfficeTerm
from relationships.models import Activity, Donation, Exchange, Tie
from relationships.models.tie import IN_FORCE_FIRST
from relationships.reporting.acknowledging import reports
from relationships.reporting.lines import Line, lines_of
from relationships.reporting.totals import aid_of, people_of

FIRST_YEAR = 1950


@dataclass
class AnnualReport:
    """One committee, one year."""

    committee: Committee
    year: int
    today: datetime.date

    @property
    def is_over(self) -> bool:
        """Whether nothing can be added to the year any more but what is reported late."""
        return self.year < self.today.year

    @cached_property
    def cities(self) -> list[City]:
        """Those that it serves today and that have a public page."""
        served = CommitteeCity.objects.filter(committee=self.committee, until=None)
        return list(City.objects.listed().filter(pk__in=served.order_by().values("city")))

    @cached_property
    def ties(self) -> list[Tie]:
        """The published ties, those in force first."""
        ties = Tie.objects.visible().for_committee(self.committee).with_cities()
        return list(ties.order_by(*IN_FORCE_FIRST))

    @property
    def in_force(self) -> int:
        """How many have not ended."""
        return sum(tie.status != Tie.Status.ENDED for tie in self.ties)

    def _exchanges(self):
        rows = reports(Exchange, self.committee).filter(review=Exchange.Review.PUBLISHED)
        return rows.filter(begins__startswith=f"{self.year:04}")

    def _donations(self):
        rows = reports(Donation, self.committee).filter(review=Donation.Review.PUBLISHED)
        return rows.filter(date__startswith=f"{self.year:04}")

    @cached_property
    def exchanges(self) -> list[Line]:
        """Those that began in the year, in the order of their days."""
        return lines_of(self._exchanges().order_by("begins", "pk"), self.committee)

    @cached_property
    def totals(self) -> dict[str, int]:
        """Exchanges, travellers, hosts, youth, volunteers."""
        return people_of(self._exchanges())

    @cached_property
    def donations(self) -> list[Line]:
        """Those of the year, in the order of their days."""
        return lines_of(self._donations().order_by("date", "pk"), self.committee)

    @cached_property
    def aid(self) -> tuple:
        """What was given and what was received, no currency mixed."""
        return aid_of(self._donations())

    @cached_property
    def activities(self) -> list[Activity]:
        """All that was planned for the year, in the order of its months."""
        rows = Activity.objects.for_committee(self.committee).filter(programme__year=self.year)
        rows = rows.select_related("programme__tie__city_a", "programme__tie__city_b", "exchange")
        return sorted(rows, key=lambda one: (one.month or 13, one.pk))

    @property
    def done(self) -> int:
        """How many planned activities are done."""
        return sum(one.is_done for one in self.activities)

    @cached_property
    def board(self) -> list[OfficeTerm]:
        """Who held an office of the board on a day of the year."""
        first, last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        terms = OfficeTerm.objects.filter(committee=self.committee, begins__lte=last)
        terms = terms.filter(Q(ends=None) | Q(ends__gte=first), office__on_board=True)
        return list(
            terms.select_related("office", "person").order_by("office__rank", "begins", "pk")
        )

    @property
    def acknowledged(self) -> int:
        """How many of the exchanges and donations the other side has acknowledged."""
        lines = [*self.exchanges, *self.donations]
        return sum(line.report.acknowledged_on is not None for line in lines)


def years_of(committee: Committee, today: datetime.date) -> list[int]:
    """The years that have a report, from this one back to the first that is known."""
    first = [
        reports(Exchange, committee).aggregate(first=Min("begins"))["first"],
        reports(Donation, committee).aggregate(first=Min("date"))["first"],
    ]
    begun = [int(str(day)[:4]) for day in first if day]
    oldest = max(min([*begun, today.year]), FIRST_YEAR)
    return list(range(today.year, oldest - 1, -1))
