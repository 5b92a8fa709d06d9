"""Memberships, terms of office and consents of two committees, or of two people, that were one."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Affiliation, Consent, Delegation, Invitation, Membership, OfficeTerm
from sistercities.merging import kinds
from sistercities.merging.planning import Plan
from sistercities.merging.writes import plain

NO_END = datetime.date.max


def _overlap(one: dict[str, Any], other: dict[str, Any], first: str, last: str) -> bool:
    return one[first] <= (other[last] or NO_END) and other[first] <= (one[last] or NO_END)


@kinds.rule("committees.officeterm.committee", "committees.officeterm.person")
def move_terms(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """The same person in the same office on the same days is one term; two people in an exclusive
    office on one day stand in the way."""
    columns = ("pk", "office_id", "committee_id", "person_id", "begins", "ends", "is_exclusive")
    both = {*pairs, *pairs.values()}
    rows = OfficeTerm.objects.filter(**{f"{field.attname}__in": both}).order_by("begins", "pk")
    boards = defaultdict(list)
    for row in rows.values(*columns, name=models.F("person__name")):
        new = row | {field.attname: pairs.get(row[field.attname], row[field.attname])}
        boards[new["office_id"], new["committee_id"]].append((row, new))
    twins: dict[int, int] = {}
    for board in boards.values():
        staying = [new for row, new in board if row == new]
        for row, new in board:
            for other in staying if row != new else ():
                if (
                    _overlap(new, other, "begins", "ends")
                    and new["person_id"] == other["person_id"]
                ):
                    twins[row["pk"]] = other["pk"]
                elif (
                    _overlap(new, other, "begins", "ends")
                    and new["is_exclusive"]
                    and other["is_exclusive"]
                ):
                    names = {"one": row["name"], "other": other["name"]}
                    plan.refuse(
                        _("%(one)s and %(other)s held one office at one time: end a term first.")
                        % names
                    )
    plan.move(field, pairs, among=~Q(pk__in=twins))
    plan.twins(OfficeTerm, twins)


@kinds.rule("committees.delegation.committee")
def move_delegations(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """One delegate and one alternate on any day: those of the committee that stays."""
    columns = ("pk", "role", "since", "until")
    rows = Delegation.objects.order_by("pk")
    staying = list(rows.filter(committee__in=set(pairs.values())).values(*columns))
    twins = {}
    for row in rows.filter(committee__in=pairs).values(*columns):
        for other in staying:
            if row["role"] == other["role"] and _overlap(row, other, "since", "until"):
                twins[row["pk"]] = other["pk"]
    plan.move(field, pairs, among=~Q(pk__in=twins))
    plan.twins(Delegation, twins)


@kinds.twins("committees.delegation")
def end_delegations(plan: Plan, twins: dict[int, int]) -> None:
    """A letter of the committee that goes holds no more."""
    _end(plan, Delegation, twins, "since", "until")


@kinds.twins("committees.officeterm")
def end_terms(plan: Plan, twins: dict[int, int]) -> None:
    """The term that stays behind is over: its right goes on with the other one."""
    _end(plan, OfficeTerm, twins, "begins", "ends")


@kinds.twins("committees.membership")
def widen_membership(plan: Plan, twins: dict[int, int]) -> None:
    """A membership is as old and as far paid as the better of the two rows says."""
    names = ("since", "dues_paid_until")
    rows = Membership.objects.filter(pk__in={*twins, *twins.values()}).values("pk", *names)
    known = {row["pk"]: row for row in rows}
    changes = []
    for one, other in twins.items():
        both = [known[one], known[other]]
        since = min(row["since"] for row in both)
        paid = max((row["dues_paid_until"] for row in both if row["dues_paid_until"]), default=None)
        better = {"since": since, "dues_paid_until": paid}
        changes.append((other, {n: (plain(known[other][n]), plain(better[n])) for n in names}))
    plan.change(Membership, changes)
    _end(plan, Membership, twins, "since", "until")


def _end(plan: Plan, model: type[models.Model], keys: Iterable[int], first: str, last: str) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    rows = model._base_manager.filter(pk__in=keys).values("pk", first, last)
    changes = [
        (row["pk"], {last: (plain(row[last]), plain(max(row[first], yesterday)))})
        for row in rows
        if row[last] is None or row[last] > yesterday
    ]
    plan.change(model, changes)


@kinds.rule("committees.consent.committee", "committees.consent.person")
def move_consents(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """The last word counts: what was withdrawn in one record is not in force in the other."""
    columns = ("pk", "person_id", "committee_id", "what", "given_on", "withdrawn_on")
    both = {*pairs, *pairs.values()}
    rows = Consent.objects.filter(**{f"{field.attname}__in": both}).order_by("pk")
    said = defaultdict(list)
    for row in rows.values(*columns):
        new = row | {field.attname: pairs.get(row[field.attname], row[field.attname])}
        said[new["person_id"], new["committee_id"], new["what"]].append(row)
    changes = []
    for same in said.values():
        withdrawn = max((row["withdrawn_on"] for row in same if row["withdrawn_on"]), default=None)
        for row in same if withdrawn else ():
            if row["withdrawn_on"] is None and row["given_on"] <= withdrawn:
                changes.append((row["pk"], {"withdrawn_on": (None, plain(withdrawn))}))
    plan.change(Consent, changes)
    plan.move(field, pairs)


@kinds.twins("committees.invitation")
def withdraw_invitations(plan: Plan, twins: dict[int, int]) -> None:
    """One invitation is enough: the link of the other one ends."""
    change = {"withdrawn_at": (None, plain(plan.now))}
    plan.change(Invitation, [(key, change) for key in twins])


@kinds.twins("committees.affiliation")
def end_affiliations(plan: Plan, twins: dict[int, int]) -> None:
    """Of two memberships of the association one goes on."""
    _end(plan, Affiliation, twins, "since", "until")
