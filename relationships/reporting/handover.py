"""The hand-over pack: all that a committee's next coordinator needs, on a few printed pages.

Names, access and open promises stand in it: only the coordinators and those who take office soon
may read it.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from committees.models import Committee, Document, OfficeTerm
from committees.rights import PREPARE_DAYS, Role, role_of
from committees.todo import Todo, todos
from relationships.anniversaries import Anniversary, of_numbers
from relationships.models import Donation, Evidence, Exchange, Proposal, Tie
from relationships.models.tie import IN_FORCE_FIRST
from relationships.reporting.acknowledging import ours, reports
from relationships.reporting.lines import Line, lines_of
from sistercities.models import Draft

MOST_LINES = 200


def may_read(user, committee: Committee, today: datetime.date) -> bool:
    """Coordinators, and whoever takes office as coordinator or editor soon."""
    if role_of(user, committee, on=today) == Role.COORDINATOR:
        return True
    elect = OfficeTerm.objects.filter(
        committee=committee,
        person__user=user,
        office__role__in=Role.at_least(Role.EDITOR),
        begins__gt=today,
        begins__lte=today + datetime.timedelta(days=PREPARE_DAYS),
    )
    return elect.exists()


@dataclass
class HandOver:
    """One committee as it stands today."""

    committee: Committee
    today: datetime.date

    @cached_property
    def terms(self) -> list[OfficeTerm]:
        """Who is in office, and who will be."""
        terms = OfficeTerm.objects.filter(committee=self.committee)
        terms = terms.filter(Q(ends=None) | Q(ends__gte=self.today))
        return list(
            terms.select_related("office", "person__user").order_by("office__rank", "begins", "pk")
        )

    @property
    def officers(self) -> list[OfficeTerm]:
        """In office today."""
        return [term for term in self.terms if term.begins <= self.today]

    @property
    def elect(self) -> list[OfficeTerm]:
        """In office later."""
        return [term for term in self.terms if term.begins > self.today]

    @property
    def access(self) -> list[OfficeTerm]:
        """Whose login opens the desk today."""
        return [
            term for term in self.officers if term.person.user_id and term.person.user.is_active
        ]

    @cached_property
    def ties(self) -> list[Tie]:
        """All ties of the desk, also those on their way."""
        ties = Tie.objects.for_committee(self.committee).with_cities()
        return list(ties.order_by(*IN_FORCE_FIRST))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What proves the ties."""
        rows = Evidence.objects.filter(tie__in=[tie.pk for tie in self.ties])
        rows = rows.select_related("tie__city_a", "tie__city_b")
        return list(rows.order_by("tie__sort_name", "kind", "pk")[:MOST_LINES])

    @cached_property
    def documents(self) -> list[Document]:
        """The committee's own papers."""
        return list(Document.objects.for_committee(self.committee)[:MOST_LINES])

    @cached_property
    def promises(self) -> list[Todo]:
        """The to-do list as its coordinator sees it."""
        lines = todos(self.committee, self.today, Role.COORDINATOR)
        return [line for line in lines if not line.done]

    @cached_property
    def unacknowledged(self) -> list[Line]:
        """Own reports on which the other side has said nothing, or that they dispute."""
        found = []
        for model, day in ((Exchange, "-begins"), (Donation, "-date")):
            rows = ours(reports(model, self.committee)).filter(
                review=model.Review.PUBLISHED, acknowledged_on=None
            )
            found += lines_of(rows.order_by(day, "-pk")[:MOST_LINES], self.committee)
        return found

    @cached_property
    def anniversaries(self) -> list[Anniversary]:
        """Of the ties in force, in the coming twelve months, by their day."""
        day = f"{self.today:%m-%d}"
        years = {
            tie.pk: self.today.year + (tie.anniversary < day)
            for tie in self.ties
            if tie.anniversary and tie.is_public and tie.status != Tie.Status.ENDED
        }
        found = [one for one in of_numbers(years).values() if one.years > 0]
        return sorted(found, key=lambda one: one.on)

    @cached_property
    def drafts(self) -> list[Draft]:
        """Forms that somebody began."""
        return list(Draft.objects.of(self.committee.pk)[:MOST_LINES])

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Ties that wait for the national office."""
        rows = Proposal.objects.filter(committee=self.committee)
        rows = rows.exclude(tie__review=Tie.Review.PUBLISHED)
        return list(rows.select_related("tie__city_a", "tie__city_b"))
