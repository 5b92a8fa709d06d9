"""Terms of office and access to the desk: beginning, ending, handing over."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from committees.invitations import CannotInvite, invite
from committees.models import Committee, Membership, Office, OfficeTerm, Person
from committees.rights import Role

HELPERS = {
    Role.EDITOR: ("helper-editor", "Ayudante que edita", "Helper who edits"),
    Role.VIEWER: ("helper-viewer", "Ayudante que consulta", "Helper who looks"),
}
"""Not offices of the board: access that a coordinator gives. (code, Spanish, English) by role."""
DAY = datetime.timedelta(days=1)


def offices() -> QuerySet[Office]:
    """The offices of the board, in order."""
    return Office.objects.filter(on_board=True).order_by("rank", "code")


def helper_office(role: str) -> Office:
    """The office that stands for a helper's access."""
    code, spanish, english = HELPERS[role]
    return Office.objects.get_or_create(
        code=code,
        defaults={
            "name_es": spanish,
            "name_en": english,
            "role": role,
            "is_exclusive": False,
            "rank": 200,
            "on_board": False,
        },
    )[0]


def begin(
    person: Person,
    office: Office,
    committee: Committee,
    *,
    begins: datetime.date,
    ends: datetime.date | None = None,
    reason: str = "",
) -> OfficeTerm:
    """Start a term; ValidationError with the model's sentence where it may not be."""
    term = OfficeTerm(person=person, office=office, committee=committee, begins=begins, ends=ends)
    term.full_clean()
    term._change_reason = reason or None
    term.save()
    return term


def take_back(term: OfficeTerm) -> None:
    """Delete a term that has not begun: it never was. The history keeps that it was planned."""
    if term.begins <= timezone.localdate():
        raise ValueError("A term that has begun ends on a day.")
    term._change_reason = "Taken back before it began"
    term.delete()


def end(term: OfficeTerm, *, on: datetime.date, reason: str = "") -> OfficeTerm:
    """Let a term end on a day, its last; ValidationError when that is before its first."""
    with transaction.atomic():
        term = OfficeTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
        term.ends = on
        term.full_clean()
        term._change_reason = reason or None
        term.save()
    return term


def is_last_coordinator(term: OfficeTerm, on: datetime.date) -> bool:
    """Whether nobody else coordinates the committee on the day after a term would end."""
    if term.office.role != Role.COORDINATOR:
        return False
    others = OfficeTerm.objects.for_committee(term.committee).current(on + DAY)
    others = others.filter(office__role=Role.COORDINATOR).exclude(pk=term.pk)
    return not others.exists()


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take over, and what is missing for it."""

    person: Person
    offices: list[Office]

    @property
    def has_login(self) -> bool:
        """Whether they can log in already."""
        return self.person.user_id is not None and self.person.user.is_active

    @property
    def has_address(self) -> bool:
        """Whether we can write to them."""
        return bool(self.person.email)

    @property
    def is_ready(self) -> bool:
        """Whether they can take over at once or by an invitation."""
        return self.has_login or self.has_address


def candidates(committee: Committee, *, but: Person | None = None) -> list[Candidate]:
    """The others in office first, then members; those who can log in before those who cannot."""
    terms = OfficeTerm.objects.for_committee(committee).lasting().select_related("office")
    held: dict[int, list[Office]] = {}
    for term in terms.order_by("office__rank", "pk"):
        held.setdefault(term.person_id, []).append(term.office)
    members = Membership.objects.for_committee(committee).current()
    people = Person.objects.filter(pk__in=members.values("person")) | Person.objects.filter(
        pk__in=held
    )
    people = people.filter(erased_at=None).select_related("user").distinct()
    if but is not None:
        people = people.exclude(pk=but.pk)
    found = [
        Candidate(one, held.get(one.pk, [])) for one in people.order_by("sort_name", "pk")[:200]
    ]
    return sorted(found, key=lambda one: (not one.offices, not one.has_login, not one.has_address))


def hand_over(
    term: OfficeTerm, successor: Person, *, on: datetime.date, by, reason: str = ""
) -> OfficeTerm:
    """End a term and let the successor's begin the day after; invite them when they have no login.

    CannotInvite when they have neither a login nor an address.
    """
    with transaction.atomic():
        ended = end(term, on=on, reason=reason)
        begun = begin(successor, ended.office, ended.committee, begins=on + DAY, reason=reason)
        if successor.user_id is None:
            invite(successor, ended.committee, by)
    return begun


def give_access(
    person: Person,
    committee: Committee,
    role: str,
    *,
    by,
    ends: datetime.date | None = None,
) -> OfficeTerm:
    """Let a helper come in from today as an editor or a viewer; invite them without a login."""
    with transaction.atomic():
        term = begin(person, helper_office(role), committee, begins=timezone.localdate(), ends=ends)
        if person.user_id is None:
            invite(person, committee, by)
    return term


__all__ = [
    "CannotInvite",
    "begin",
    "candidates",
    "end",
    "give_access",
    "hand_over",
    "helper_office",
    "is_last_coordinator",
    "offices",
    "take_back",
]
