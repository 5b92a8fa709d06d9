"""Charging the dues of a year: planned first, then exactly that plan, each committee once."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from committees.models import Affiliation, CommitteeCity, Dues, DuesRate, DuesRule
from committees.models.affiliation import AffiliationQuerySet
from committees.models.dues import MembershipClass

EARLIEST, LATEST = 1950, 2200


class PlanChanged(Exception):
    """Something happened since the plan was shown."""


@dataclass(frozen=True)
class Charge:
    """What one committee will owe, and by which line of the table."""

    affiliation: Affiliation
    rate: DuesRate
    population: int
    due_on: datetime.date
    last_day: datetime.date


@dataclass(frozen=True)
class Skipped:
    """A member that is not charged, and why."""

    affiliation: Affiliation
    why: str
    is_charged: bool = False
    """Whether it is skipped because it was charged before."""


@dataclass
class Plan:
    """Who is charged and who is not."""

    association: object
    year: int
    charges: list[Charge] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Equal for the same charges."""
        said = [
            (one.affiliation.pk, one.rate.amount, one.rate.currency, one.due_on, one.last_day)
            for one in self.charges
        ]
        return hashlib.sha256(repr((self.association.pk, self.year, said)).encode()).hexdigest()

    @property
    def is_late(self) -> bool:
        """Whether somebody would be delinquent at once."""
        today = timezone.localdate()
        return any(one.last_day < today for one in self.charges)

    @property
    def totals(self) -> list[tuple]:
        """(sum, currency, committees), by currency: they are never added up."""
        found: dict[str, list] = defaultdict(list)
        for one in self.charges:
            found[one.rate.currency].append(one.rate.amount)
        return [(sum(sums), code, len(sums)) for code, sums in sorted(found.items())]


def plan(association, year: int, last_day: datetime.date | None = None) -> Plan:
    """Who would owe what for a year; `last_day` to pay, unless as the rule says. A fixed number of
    queries."""
    rule, rates = DuesRule.current(), Rates(year)
    due_on, last_day = rule.due_on(year), last_day or rule.last_on(year)
    time_to_pay = last_day - due_on
    members = list(members_in(association, year))
    charged = set(
        Dues.objects.filter(affiliation__in=members, year=year).values_list(
            "affiliation", flat=True
        )
    )
    people = populations(one.committee_id for one in members)
    found = Plan(association, year)
    for one in members:
        population = people.get(one.committee_id, 0)
        if one.pk in charged:
            found.skipped.append(Skipped(one, _("Charged already"), is_charged=True))
            continue
        if one.kind == MembershipClass.HONORARY:
            found.skipped.append(Skipped(one, _("Honorary: pays nothing")))
            continue
        rate, why = rates.of(one.kind, population)
        if rate is None:
            found.skipped.append(Skipped(one, why))
            continue
        own_due = max(due_on, one.since)
        own_last = last_day if own_due == due_on else max(last_day, own_due + time_to_pay)
        found.charges.append(Charge(one, rate, population, own_due, own_last))
    return found


def members_in(association, year: int) -> AffiliationQuerySet:
    """Those who belong to an association in a year: not those who left before it was due."""
    due_on = DuesRule.current().due_on(year)
    rows = Affiliation.objects.of(association).filter(
        Q(until=None) | Q(until__gte=due_on), since__lte=datetime.date(year, 12, 31)
    )
    rows = rows.select_related("committee", "association")
    return rows.order_by("committee__sort_name", "pk")


@transaction.atomic
def charge(
    association, year: int, *, by, seen: str = "", last_day: datetime.date | None = None
) -> Plan:
    """Charge as planned; each committee once, whoever presses at the same time. PlanChanged when
    the plan is not the one that was `seen` (its fingerprint) any more."""
    type(association).objects.select_for_update().get(pk=association.pk)  # one at a time
    found = plan(association, year, last_day)
    if seen and found.fingerprint != seen:
        raise PlanChanged
    rows = [
        Dues(
            affiliation=one.affiliation,
            year=year,
            amount=one.rate.amount,
            currency=one.rate.currency,
            due_on=one.due_on,
            last_day=one.last_day,
        )
        for one in found.charges
    ]
    if rows:
        reason = f"Dues of {year} charged"
        bulk_create_with_history(rows, Dues, default_user=by, default_change_reason=reason)
    return found


class Rates:
    """The dues table as it is in a year."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.lines: dict[str, list[DuesRate]] = {}
        rows = DuesRate.objects.filter(valid_from__lte=year)
        for line in rows.order_by("-valid_from", "-population_from"):
            own = self.lines.setdefault(line.kind, [line])
            if own[0] is not line and own[0].valid_from == line.valid_from:
                own.append(line)

    def of(self, kind: str, population: int) -> tuple[DuesRate | None, str]:
        """The line for a class and a population, or why there is none."""
        lines = self.lines.get(kind, [])
        if not lines:
            return None, _("The dues table has no line for this class in %(year)s") % {
                "year": self.year
            }
        if not population and (len(lines) > 1 or lines[0].population_from):
            return None, _("The population of its city is not known")
        line = next((one for one in lines if one.population_from <= population), None)
        if line is None:
            return None, _("The dues table has no line for a population of %(number)s") % {
                "number": population
            }
        if not line.amount:
            return None, _("Its line of the dues table is nothing")
        return line, ""


def populations(committees: Iterable[int]) -> dict[int, int]:
    """By committee the population of the largest city that it serves; 0 where it is not known."""
    links = CommitteeCity.objects.filter(committee__in=set(committees), until=None)
    found = links.order_by().values("committee").annotate(most=Max("city__population"))
    return {row["committee"]: row["most"] or 0 for row in found}
