"""Who may do what at a committee's desk. Rights follow the terms of office, by query.

A right begins on the first day of a term and ends after its last; no job hands it out or takes it
back. Who takes office soon may look and prepare. Nobody has a desk by working at the national
office. A committee that was rejected or merged into another has no desk.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from committees.models.affiliation import Affiliation
from committees.models.dues import MembershipClass
from committees.models.office import Office, OfficeTerm
from sistercities.models.base import Reviewed, ReviewedQuerySet
from sistercities.prepared import columns, prepared

PREPARE_DAYS = 60
"""So long before the first day of a term its holder sees the desk."""
NO_DESK = (Reviewed.Review.REJECTED, Reviewed.Review.MERGED)
Role = Office.Role


def terms_of(
    user, role: str = Role.VIEWER, on: datetime.date | None = None
) -> QuerySet[OfficeTerm]:
    """The terms that give a user at least this role on a day (today unless given)."""
    if not user.is_authenticated or not user.is_active:
        return OfficeTerm.objects.none()
    on = on or timezone.localdate()
    if role == Role.VIEWER:
        return entered_terms(on).filter(person__user=user)
    terms = OfficeTerm.objects.current(on).filter(person__user=user)
    return terms.filter(office__role__in=Role.at_least(role))


def entered_terms(on: datetime.date) -> QuerySet[OfficeTerm]:
    """Terms whose holders see the desk on a day: those that run and those that begin soon."""
    return OfficeTerm.objects.lasting(on).filter(begins__lte=_soon(on))


def _soon(on: datetime.date) -> datetime.date:
    return on + datetime.timedelta(days=PREPARE_DAYS)


def role_of(user, committee, on: datetime.date | None = None) -> str:
    """The highest role of a user at the desk of a committee; empty for none."""
    on = on or timezone.localdate()
    if committee.review in NO_DESK:
        return ""
    terms = terms_of(user, on=on).filter(committee=committee)
    return _highest(terms.values_list("office__role", "begins"), on)


def _highest(terms: Iterable[tuple[str, datetime.date]], on: datetime.date) -> str:
    """Of offices' roles, each with the first day of a term; who begins later looks only."""
    held = {role if begins <= on else Role.VIEWER for role, begins in terms}
    return next((role for role in Role.values if role in held), "")


def enter(user, slug: str, on: datetime.date | None = None):
    """The committee with this slug and the user's role at its desk; None where `for_user` finds
    none. The one question of every page of a desk, so it is a prepared one."""
    if not user.is_authenticated or not user.is_active:
        return None
    on = on or timezone.localdate()
    terms = _terms_at.objects(user=user.pk, slug=slug, on=on, soon=_soon(on))
    if not terms:
        return None
    return terms[0].committee, _highest(((one.office.role, one.begins) for one in terms), on)


@prepared
def _terms_at(user: int, slug: str, on: datetime.date, soon: datetime.date):
    """As `terms_of` and `with_desk` say."""
    terms = OfficeTerm.objects.lasting(on).filter(begins__lte=soon, person__user=user)
    at_a_desk = terms.filter(committee__slug=slug).exclude(committee__review__in=NO_DESK)
    return at_a_desk.values("pk", "begins", "office__id", "office__role", *_of_committee())


def _of_committee() -> Iterator[str]:
    return (name for name in columns(OfficeTerm, "committee") if name.startswith("committee__"))


def includes(held: str, needed: str) -> bool:
    """Whether a role that somebody holds covers the one that is needed."""
    return held in Role.at_least(needed)


class CommitteeQuerySet(ReviewedQuerySet):
    """Adjectives for committees."""

    def with_desk(self):
        """Those that have a desk."""
        return self.exclude(review__in=NO_DESK)

    def for_user(self, user, role: str = Role.VIEWER, on: datetime.date | None = None):
        """Those at whose desk the user has at least this role. The one door to every desk."""
        terms = terms_of(user, role, on).filter(committee=OuterRef("pk"))
        return self.with_desk().filter(Exists(terms))

    def without_coordinator(self, on: datetime.date | None = None):
        """Living ones with a desk that nobody coordinates on a day (today unless given)."""
        running = OfficeTerm.objects.current(on).filter(
            committee=OuterRef("pk"), office__role=Role.COORDINATOR
        )
        return self.with_desk().exclude(state="dissolved").filter(~Exists(running))

    def in_good_standing(self, on: datetime.date | None = None, association=None):
        """Members of an association (a national one unless named) that owe it nothing overdue on a
        day (today unless given)."""
        good = Affiliation.objects.of(association).in_good_standing(on)
        return self.filter(Exists(good.filter(committee=OuterRef("pk"))))

    def with_vote(self, on: datetime.date | None = None, association=None):
        """Those in good standing whose class votes: each has one vote."""
        good = Affiliation.objects.of(association).in_good_standing(on)
        voting = good.filter(kind=MembershipClass.VOTING)
        return self.filter(Exists(voting.filter(committee=OuterRef("pk"))))
