"""Who votes at a convention on a day: reckoned anew, or as the office closed the list.

A committee in good standing, of a class that votes, has one vote. The delegate named by its letter
casts it; the alternate does while the delegate is not there.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import (
    Affiliation,
    Committee,
    Convention,
    Credential,
    Credentials,
    Delegation,
    Person,
    Registration,
)
from committees.models.affiliation import Standing
from committees.models.dues import MembershipClass
from sistercities.models.base import WrongState

Vote = Credential.Vote


@dataclass(frozen=True)
class Named:
    """A person whom a committee's letter names, and whether they are at the convention."""

    person: Person | None = None
    name: str = ""
    is_here: bool = False

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class Line:
    """One committee of the association."""

    committee: Committee
    is_in_good_standing: bool
    delegate: Named
    alternate: Named
    vote: str

    @property
    def has_vote(self) -> bool:
        """Whether its vote is cast."""
        return self.vote in Vote.counted()

    @property
    def voter(self) -> Named:
        """Who casts it; nobody where none is cast."""
        return {Vote.DELEGATE: self.delegate, Vote.ALTERNATE: self.alternate}.get(
            self.vote, Named()
        )

    @property
    def vote_in_words(self) -> str:
        """Who votes, or why nobody does."""
        return str(Vote(self.vote).label)


@dataclass
class CredentialsList:
    """All lines of a day, and what they add up to. `closed` is the list that they stand in."""

    convention: Convention
    day: datetime.date
    lines: list[Line]
    quorum: int
    closed: Credentials | None = None
    votes: int = field(init=False)

    def __post_init__(self) -> None:
        self.votes = sum(line.has_vote for line in self.lines)

    @property
    def in_good_standing(self) -> int:
        """How many committees owe nothing."""
        return sum(line.is_in_good_standing for line in self.lines)

    @property
    def with_vote(self) -> int:
        """How many of them are of a class that votes, whether somebody is there or not."""
        return sum(line.vote not in (Vote.OWING, Vote.VOICE) for line in self.lines)

    @property
    def has_quorum(self) -> bool:
        """Whether enough votes are there."""
        return 0 < self.quorum <= self.votes


def first_day(convention: Convention) -> datetime.date:
    """The day of the opening, as far as it is known."""
    return convention.begins.earliest


def list_of(convention: Convention, day: datetime.date) -> CredentialsList:
    """The list of a day: the closed one, or how it stands now."""
    closed = convention.credentials.filter(day=day, set_aside_at=None).first()
    return read(closed) if closed else reckon(convention, day)


# As it stands


def reckon(convention: Convention, day: datetime.date) -> CredentialsList:
    """How it stands now for a day; a fixed number of questions however many committees. Of a day
    to come nobody knows the dues: they count as they are today."""
    known = min(day, timezone.localdate())
    rows = Affiliation.objects.of(convention.association).current(day).with_standing(known)
    affiliations = list(rows.select_related("committee").order_by("committee__sort_name", "pk"))
    numbers = {one.committee_id for one in affiliations}
    named = _named(numbers, day)
    present = _present(convention, numbers, day)
    lines: dict[int, Line] = {}
    voting = set()
    for affiliation in affiliations:
        committee = affiliation.committee
        line = _line(affiliation, named[committee.pk], present[committee.pk])
        if committee.pk not in lines or line.has_vote:
            lines[committee.pk] = line
        if _may_vote(affiliation):
            voting.add(committee.pk)
    quorum = convention.quorum_of(len(voting))
    return CredentialsList(convention, day, list(lines.values()), quorum)


def _may_vote(affiliation: Affiliation) -> bool:
    is_good = affiliation.standing == Standing.GOOD
    return is_good and affiliation.kind == MembershipClass.VOTING


def _named(numbers: Iterable[int], day: datetime.date) -> dict[int, dict[str, Person]]:
    """The people of the letters in force on a day, by committee and role."""
    found: dict[int, dict[str, Person]] = defaultdict(dict)
    letters = Delegation.objects.filter(committee__in=numbers).current(day)
    for letter in letters.select_related("person"):
        found[letter.committee_id][letter.role] = letter.person
    return found


def _present(
    convention: Convention, numbers: Iterable[int], day: datetime.date
) -> dict[int, list[Registration]]:
    """Who of these committees was checked in by the end of a day."""
    found: dict[int, list[Registration]] = defaultdict(list)
    came = Registration.objects.filter(convention=convention, committee__in=numbers).present()
    for one in came:
        if timezone.localdate(one.attended_at) <= day:
            found[one.committee_id].append(one)
    return found


def is_the_same(registration: Registration, person: Person) -> bool:
    """Whether a registration of the committee is of the person whom its letter names."""
    if registration.person_id:
        return registration.person_id == person.pk
    return registration.sort_name == person.sort_name


def _line(
    affiliation: Affiliation, letters: dict[str, Person], present: list[Registration]
) -> Line:
    def named(role: str) -> Named:
        person = letters.get(role)
        if person is None:
            return Named()
        return Named(person, person.name, any(is_the_same(one, person) for one in present))

    delegate, alternate = named(Delegation.Role.DELEGATE), named(Delegation.Role.ALTERNATE)
    is_good = affiliation.standing == Standing.GOOD
    if not is_good:
        vote = Vote.OWING
    elif affiliation.kind != MembershipClass.VOTING:
        vote = Vote.VOICE
    elif delegate.is_here:
        vote = Vote.DELEGATE
    elif alternate.is_here:
        vote = Vote.ALTERNATE
    else:
        vote = Vote.ABSENT if delegate or alternate else Vote.UNNAMED
    return Line(affiliation.committee, is_good, delegate, alternate, vote)


# Closed


def read(closed: Credentials) -> CredentialsList:
    """A list as it was closed."""
    rows = closed.lines.select_related("committee", "delegate", "alternate")
    lines = [
        Line(
            row.committee,
            row.is_in_good_standing,
            _kept(row.delegate, row.delegate_name, row.delegate_is_here),
            _kept(row.alternate, row.alternate_name, row.alternate_is_here),
            row.vote,
        )
        for row in rows
    ]
    return CredentialsList(closed.convention, closed.day, lines, closed.quorum, closed)


def _kept(person: Person | None, name: str, is_here: bool) -> Named:
    """By the name of then; of somebody who was erased, by what is left."""
    return Named(person, name or (person.name if person else ""), is_here)


def close(convention: Convention, day: datetime.date, *, by) -> Credentials:
    """Keep the list of a day as it stands now. WrongState when somebody else has done so, or when
    the day has not come."""
    if day > timezone.localdate():
        raise WrongState(_("This day has not come yet."))
    try:
        with transaction.atomic():
            standing = reckon(convention, day)
            closed = Credentials.objects.create(
                convention=convention, day=day, quorum=standing.quorum, closed_by=by
            )
            Credential.objects.bulk_create(
                Credential(
                    credentials=closed,
                    committee=line.committee,
                    is_in_good_standing=line.is_in_good_standing,
                    delegate=line.delegate.person,
                    delegate_name=line.delegate.name,
                    delegate_is_here=line.delegate.is_here,
                    alternate=line.alternate.person,
                    alternate_name=line.alternate.name,
                    alternate_is_here=line.alternate.is_here,
                    vote=line.vote,
                )
                for line in standing.lines
            )
    except IntegrityError as error:
        raise WrongState(_("The list of this day is closed already.")) from error
    return closed


def set_aside(closed: Credentials, *, by, reason: str) -> None:
    """Take a closed list out of force; it is kept. WrongState when somebody else has done so."""
    standing = Credentials.objects.filter(pk=closed.pk, set_aside_at=None)
    if not standing.update(set_aside_at=timezone.now(), set_aside_by=by, reason=reason):
        raise WrongState(_("This list was set aside already."))
