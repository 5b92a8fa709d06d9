"""Taking a list of members in: a stored plan first, then exactly that plan, once."""

import datetime
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from committees.models import (
    Committee,
    MemberImport,
    MemberImportRow,
    Membership,
    OfficeTerm,
    Person,
)
from committees.people import lists
from committees.people.import_reasons import CHANGED
from sistercities.folding import fold

Verdict = MemberImportRow.Verdict
BATCH = 500
REASON = "List of members"
LONGEST = {"name": 150, "email": 254, "phone": 40, "note": 500}


class PlanIsStale(Exception):
    """Members changed since the plan was made; `plan` is a new one, made from the same rows."""

    def __init__(self, plan: MemberImport) -> None:
        super().__init__()
        self.plan = plan


def seen_now(committee: Committee) -> str:
    """A fingerprint of the members as they are."""
    found = Membership.objects.filter(committee=committee).aggregate(
        Count("pk"), Max("changed_at"), Max("person__changed_at")
    )
    terms = OfficeTerm.objects.filter(committee=committee).aggregate(Count("pk"), Max("changed_at"))
    return hashlib.sha256(repr([*found.values(), *terms.values()]).encode()).hexdigest()


@dataclass
class Known:
    """The people of a committee, to look rows up in. A fixed number of queries."""

    committee: Committee
    by_email: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    officers: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, committee: Committee) -> "Known":
        """As they are now."""
        known = cls(committee)
        for person in Person.objects.for_committee(committee):
            if person.email:
                known.by_email[person.email.lower()].append(person)
            known.by_name[fold(person.name)].append(person)
        for one in Membership.objects.for_committee(committee).order_by("since", "pk"):
            known.memberships[one.person_id].append(one)
        terms = OfficeTerm.objects.for_committee(committee).lasting()
        known.officers = set(terms.values_list("person_id", flat=True))
        return known


@dataclass
class Judged:
    """One row with what becomes of it."""

    verdict: str
    reason: str = ""
    facts: dict = field(default_factory=dict)
    plan: dict = field(default_factory=dict)
    membership: Membership | None = None


def plan(committee: Committee, rows: list[dict], *, by, file_name: str = "") -> MemberImport:
    """Judge every row and keep the verdicts; nothing else is written."""
    today = timezone.localdate()
    with transaction.atomic():
        batch = MemberImport(committee=committee, by=by, file_name=file_name[:120])
        batch.seen = seen_now(committee)
        known, before = Known.of(committee), {}
        judged = [judge(row, known, before, number, today) for number, row in enumerate(rows, 1)]
        batch.counts = dict(Counter(one.verdict for one in judged))
        batch.save()
        MemberImportRow.objects.bulk_create(
            [
                MemberImportRow(
                    batch=batch,
                    number=number,
                    verdict=one.verdict,
                    reason=one.reason,
                    facts=one.facts,
                    raw={name: text[: lists.LONGEST_CELL] for name, text in row.items()},
                    plan=one.plan,
                    membership=one.membership,
                )
                for number, (row, one) in enumerate(zip(rows, judged, strict=True), 1)
            ],
            batch_size=BATCH,
        )
    return batch


def judge(row: dict, known: Known, before: dict, number: int, today: datetime.date) -> Judged:
    """What becomes of a row; `before` are the rows above it, by name and address."""
    try:
        person, member = _values(row, known.committee)
    except ValidationError as error:
        return Judged(Verdict.REJECTED, error.code, error.params or {})
    key = (fold(person["name"]), person.get("email", ""))
    if first := before.get(key):
        return Judged(Verdict.REJECTED, "twice", {"row": first})
    before[key] = number
    same_name = known.by_name.get(key[0], [])
    same_email = known.by_email.get(key[1], []) if key[1] else []
    both = [one for one in same_email if one in same_name]
    if len(both) == 1:
        return _compared(both[0], person, member, known)
    if same_email:
        return Judged(Verdict.LOOK, "email-of-another")
    if len(same_name) > 1:
        return Judged(Verdict.LOOK, "several")
    if same_name:
        if key[1] and same_name[0].email:
            return Judged(Verdict.LOOK, "other-email")
        return _compared(same_name[0], person, member, known)
    member.setdefault("since", today.isoformat())
    if "until" in member and member["until"] < member["since"]:
        return Judged(Verdict.REJECTED, "backwards")
    return Judged(Verdict.NEW, plan={"person": person, "membership": member})


def _values(row: dict, committee: Committee) -> tuple[dict, dict]:
    """What a row says of the person and of the membership; empty cells say nothing."""
    if any(len(text) > lists.LONGEST_CELL for text in row.values()):
        raise _refusal("long-cell")
    person = {"name": lists.full_name(row)}
    if not fold(person["name"]):
        raise _refusal("no-name")
    if row.get("email"):
        person["email"] = row["email"].lower()
        try:
            validate_email(person["email"])
        except ValidationError:
            raise _refusal("no-email") from None
    if row.get("phone"):
        person["phone"] = row["phone"]
    member: dict = {}
    if row.get("note"):
        member["note"] = row["note"]
    for name, text in (*person.items(), *member.items()):
        if len(text) > LONGEST[name]:
            raise _refusal("long-text", most=LONGEST[name])
    if row.get("category"):
        code = lists.CATEGORY_OF.get(fold(row["category"]))
        if code is None:
            raise _refusal("category", name=row["category"][:60])
        member["category"] = str(code)
    for name in ("since", "until", "dues_paid_until"):
        try:
            found = lists.day(
                row.get(name, ""), month_first=committee.country == "US", last=name != "since"
            )
        except ValueError:
            raise _refusal("no-date", text=row[name][:40]) from None
        if found:
            member[name] = found.isoformat()
    return person, member


def _refusal(code: str, **facts) -> ValidationError:
    """A code of import_reasons.py and what its sentence names."""
    return ValidationError("", code=code, params=facts)


def _compared(found: Person, person: dict, member: dict, known: Known) -> Judged:
    """A row about somebody whom the committee knows."""
    memberships = known.memberships.get(found.pk, [])
    if not memberships:
        member.setdefault("since", timezone.localdate().isoformat())
        changed = _differing(found, person)
        if "email" in changed and found.pk in known.officers:
            return Judged(Verdict.LOOK, "officer")
        return Judged(Verdict.NEW, plan={"id": found.pk, "person": changed, "membership": member})
    current = memberships[-1]
    if current.until and "until" not in member:
        return Judged(Verdict.LOOK, "ended", membership=current)
    wanted, changed = _differing(found, person), _differing(current, member)
    since = changed.get("since") or current.since.isoformat()
    until = changed.get("until") or (current.until and current.until.isoformat())
    if until and until < since:
        return Judged(Verdict.REJECTED, "backwards")
    if not wanted and not changed:
        return Judged(Verdict.SAME, membership=current)
    if "email" in wanted and found.pk in known.officers:
        return Judged(Verdict.LOOK, "officer", membership=current)
    return Judged(
        Verdict.CHANGED,
        CHANGED,
        plan={"id": found.pk, "person": wanted, "membership": changed},
        membership=current,
    )


def _differing(thing, values: dict) -> dict:
    """What is not so already. A name that differs in accents or capitals only is the same."""

    def text(name: str) -> str:
        value = getattr(thing, name)
        return value.isoformat() if isinstance(value, datetime.date) else value or ""

    found = {name: value for name, value in values.items() if text(name) != value}
    if fold(found.get("name", "")) == fold(getattr(thing, "name", "")):
        found.pop("name", None)
    if "email" in found and found["email"] == text("email").lower():
        found.pop("email")
    return found


def commit(batch: MemberImport, *, by) -> MemberImport:
    """Write what was planned. A second time nothing; PlanIsStale when members changed since."""
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=batch.committee_id)
        batch = MemberImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.committed_at:
            return batch
        stale = batch.seen != seen_now(batch.committee)
        if not stale:
            _write(batch, by)
            batch.committed_at = timezone.now()
            batch.save(update_fields=["committed_at"])
    if stale:
        rows = list(batch.rows.order_by("number").values_list("raw", flat=True))
        raise PlanIsStale(plan(batch.committee, rows, by=by, file_name=batch.file_name))
    return batch


def _write(batch: MemberImport, by) -> None:
    made = {"default_user": by, "default_change_reason": REASON, "batch_size": BATCH}
    rows = list(batch.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).order_by("number"))
    people = _in_bulk(Person, [row.plan["id"] for row in rows if "id" in row.plan])
    fresh, touched, members, moved = [], [], [], []
    for row in rows:
        if "id" in row.plan:
            person = people[row.plan["id"]]
            if row.plan["person"]:
                _set(person, row.plan["person"])
                touched.append(person)
        else:
            person = Person(**row.plan["person"])
            person.sort_name = fold(person.name)[:150]
            fresh.append(person)
        row.person = person
    fresh = iter(bulk_create_with_history(fresh, Person, **made))
    memberships = _in_bulk(Membership, [row.membership_id for row in rows if row.membership_id])
    joined = []
    for row in rows:
        person = row.person if "id" in row.plan else next(fresh)
        if row.verdict == Verdict.NEW:
            member = Membership(person=person, committee=batch.committee)
            _set(member, row.plan["membership"])
            members.append(member)
            joined.append(row)
        elif row.plan["membership"]:
            member = memberships[row.membership_id]
            _set(member, row.plan["membership"])
            moved.append(member)
    for row, member in zip(
        joined, bulk_create_with_history(members, Membership, **made), strict=True
    ):
        row.membership = member
    MemberImportRow.objects.bulk_update(joined, ["membership"], batch_size=BATCH)
    fields = ["email", "phone", "changed_at"]
    bulk_update_with_history(touched, Person, fields, **made)
    fields = ["category", "since", "until", "dues_paid_until", "note", "changed_at"]
    bulk_update_with_history(moved, Membership, fields, **made)


def _in_bulk(model, numbers: list[int]) -> dict:
    found: dict = {}
    for start in range(0, len(numbers), BATCH):
        found |= model.objects.in_bulk(numbers[start : start + BATCH])
    return found


def _set(thing, values: dict) -> None:
    for name, value in values.items():
        is_day = name in ("since", "until", "dues_paid_until")
        setattr(thing, name, datetime.date.fromisoformat(value) if is_day else value)
    thing.changed_at = timezone.now()
