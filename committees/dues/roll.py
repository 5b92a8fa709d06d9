"""The roll of an association: who belongs to it on a day, who is in good standing, who votes."""

import datetime
from collections import Counter
from dataclasses import dataclass

from committees.models import Affiliation, Committee, Delegation
from committees.models.affiliation import ASSOCIATIONS, NATIONAL, Standing
from committees.models.dues import MembershipClass


@dataclass(frozen=True)
class Member:
    """A line of the roll."""

    affiliation: Affiliation
    standing: Standing
    delegates: dict[str, Delegation]

    @property
    def has_vote(self) -> bool:
        """One vote for a committee of the voting class that is in good standing."""
        votes = self.affiliation.kind == MembershipClass.VOTING
        return votes and self.standing == Standing.GOOD


@dataclass(frozen=True)
class Roll:
    """All members on a day, by name."""

    association: Committee
    on: datetime.date
    members: list[Member]

    @property
    def votes(self) -> int:
        """How many votes there are."""
        return sum(one.has_vote for one in self.members)

    @property
    def by_standing(self) -> list[tuple[str, int]]:
        """(words, members) for each standing."""
        found = Counter(one.standing for one in self.members)
        return [(standing.label, found[standing]) for standing in Standing]


def associations():
    """Those that committees may belong to, the national ones first."""
    rows = Committee.objects.filter(level__in=ASSOCIATIONS, merged_into=None).with_desk()
    return sorted(rows, key=lambda one: (one.level != NATIONAL, one.sort_name, one.pk))


def roll(association: Committee, on: datetime.date) -> Roll:
    """Two queries, whoever belongs to it (and one for the days of the dues)."""
    rows = Affiliation.objects.of(association).current(on).with_standing(on)
    rows = list(rows.select_related("committee").order_by("committee__sort_name", "pk"))
    named: dict[int, dict[str, Delegation]] = {}
    committees = [one.committee_id for one in rows]
    letters = Delegation.objects.current(on).filter(committee__in=committees)
    for one in letters.select_related("person"):
        named.setdefault(one.committee_id, {})[one.role] = one
    members = [Member(one, Standing(one.standing), named.get(one.committee_id, {})) for one in rows]
    return Roll(association, on, members)
