"""Members of a committee: finding them, adding them, and who may change an address."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from committees.models import Committee, Membership, OfficeTerm, Person
from committees.rights import Role
from sistercities.folding import fold


class CannotJoin(Exception):
    """Why not, in a sentence."""


def members(
    committee: Committee, *, former: bool = False, owing: bool = False, words: str = ""
) -> QuerySet[Membership]:
    """The memberships of today, only those whose dues are over, or those that have ended, by name;
    `words` narrows by name or address."""
    found = Membership.objects.for_committee(committee)
    current = found.current()
    found = found.exclude(pk__in=current.values("pk")) if former else current
    if owing and not former:
        found = found.owing()
    for word in words.replace("\0", " ").split()[:8]:
        named = Q(person__sort_name__contains=fold(word)) if fold(word) else Q()
        found = found.filter(named | Q(person__email__icontains=word))
    return found.select_related("person").order_by("person__sort_name", "pk")


def known_person(committee: Committee, name: str, email: str) -> Person | None:
    """The one person of this committee with this address and name. People of other committees are
    never looked at: an answer would tell that they are there."""
    email = email.strip().lower()
    if not email:
        return None
    found = Person.objects.for_committee(committee).filter(email__iexact=email).order_by("pk")
    return next((one for one in found if fold(one.name) == fold(name)), None)


def join(
    person: Person, committee: Committee, *, since: datetime.date, reason: str = "", **more
) -> Membership:
    """Open a membership; CannotJoin when one is open already. `more`: category and so on."""
    with transaction.atomic():
        if Membership.objects.filter(person=person, committee=committee, until=None).exists():
            raise CannotJoin(_("%(person)s is a member already.") % {"person": person.name})
        membership = Membership(person=person, committee=committee, since=since, **more)
        membership._change_reason = reason or None
        membership.save()
    return membership


def holds_office(person: Person, committee: Committee) -> bool:
    """Whether somebody is in office, or will be."""
    return OfficeTerm.objects.for_committee(committee).lasting().filter(person=person).exists()


def with_office(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Each with `in_office`: whether its person holds an office of the committee, or will."""
    terms = OfficeTerm.objects.lasting().filter(
        person=OuterRef("person"), committee=OuterRef("committee")
    )
    return memberships.annotate(in_office=Exists(terms))


def may_change_address(person: Person, committee: Committee, held: str) -> bool:
    """Whether somebody with this role may change the person's name and e-mail address. Those of
    people in office only a coordinator changes: an invitation to the desk goes to the address."""
    return held == Role.COORDINATOR or not holds_office(person, committee)
