"""Asking both sides of every tie, once a year, whether it is alive.

Each side is asked through its committees' coordinators, or where it has none through the contact
that somebody gave us. A reader is asked again after 14 and 35 days while the side is silent; one
mail names all ties that a reader is asked about, each with its own link, and no reader gets two
mails within a week. Run it as often as you like, best once a day: it asks only what is due.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import Committee, CommitteeCity
from committees.recipients import Recipient, recipients_of
from relationships.models import Confirmation, Inquiry, SideContact, Tie, TieCommittee
from relationships.models.inquiry import REMINDERS
from relationships.models.tie import Side
from sistercities import links
from sistercities.bulk import batches
from sistercities.context import absolute
from sistercities.mail import letter
from sistercities.models import MailRefusal, OutgoingMail

PURPOSE = "confirm"
"""Of the links and of the mails; also the kind of mail that a reader may refuse."""
MOST_TIES = 6
"""Ties in one mail; a reader of more is asked about the others a week later."""
WEEK = datetime.timedelta(days=7)
FRESH = datetime.timedelta(days=300)
"""A side that answered so lately is not asked again, whatever the year."""
RECENT = datetime.timedelta(days=180)
"""An inquiry of last year that is so young goes on in place of a new one."""
TIES_AT_ONCE = 2000

Key = tuple[int, str]


@dataclass
class Question:
    """A reader to be asked about one side of a tie; `inquiry` where they were asked before."""

    tie: Tie
    side: str
    inquiry: Inquiry | None = None


@dataclass
class Outcome:
    """What one run did, or would do."""

    mails: int = 0
    questions: int = 0
    later: int = 0
    unreachable: list[Key] = field(default_factory=list)


def sides_of(
    ties: list[Tie], today: datetime.date, but_refused: str | None = PURPOSE
) -> dict[Key, list[Recipient]]:
    """Whom to ask for each side, in a fixed number of queries; [] where there is nobody.

    A side's committees are those of its city, but for committees of other single ties, and this
    tie's own one. Addresses that refused this kind of mail are left out.
    """
    homes = _committees_by_city(ties)
    committees = {one.pk: one for found in homes.values() for one, _only in found}
    readers = recipients_of(committees.values(), today)
    contacts: dict[Key, list[Recipient]] = defaultdict(list)
    for one in SideContact.objects.in_use().filter(tie__in=[tie.pk for tie in ties]):
        address = one.email.strip().lower()
        contacts[one.tie_id, one.side].append(Recipient(address, one.language, address))
    refusals = (
        MailRefusal.objects.filter(kind=but_refused) if but_refused else MailRefusal.objects.none()
    )
    refused = set(refusals.values_list("recipient", flat=True))
    sides = {}
    for tie in ties:
        for side, city in ((Side.A, tie.city_a_id), (Side.B, tie.city_b_id)):
            found: dict[str, Recipient] = {}
            for committee, only_tie in homes.get(city, ()):
                if only_tie in (None, tie.pk):
                    found |= {reader.address: reader for reader in readers[committee.pk]}
            if not found:
                found = {reader.address: reader for reader in contacts[tie.pk, side]}
            sides[tie.pk, side.value] = [
                reader
                for reader in found.values()
                if links.recipient_of(reader.address) not in refused
            ]
    return sides


def _committees_by_city(ties: list[Tie]) -> dict[int, list[tuple[Committee, int | None]]]:
    """The living committees of these cities, each with the single tie that it is for, if any."""
    cities = {pk for tie in ties for pk in (tie.city_a_id, tie.city_b_id)}
    only = dict(TieCommittee.objects.values_list("committee", "tie"))
    homes = defaultdict(list)
    served = (
        CommitteeCity.objects.filter(until=None, city__in=cities)
        .exclude(committee__review__in=Committee.Review.hidden())
        .exclude(committee__state=Committee.State.DISSOLVED)
        .select_related("committee")
        .order_by("committee__sort_name", "committee")
    )
    for one in served:
        homes[one.city_id].append((one.committee, only.get(one.committee_id)))
    return homes


def questions(
    year: int, today: datetime.date, outcome: Outcome
) -> dict[str, tuple[Recipient, list[Question]]]:
    """What is due, by the reader's address."""
    due: dict[str, tuple[Recipient, list[Question]]] = {}
    ties = Tie.objects.public().exclude(stage=Tie.Stage.ENDED)
    numbers = ties.order_by("pk").values_list("pk", flat=True)
    for batch in batches(numbers.iterator(5000), TIES_AT_ONCE):
        found = ties.filter(pk__in=batch).with_cities().order_by("sort_name", "pk")
        some = {tie.pk: tie for tie in found}
        answered = _answered(batch, year, today)
        asked = _asked(batch, year, today)
        for (tie, side), readers in sides_of(list(some.values()), today).items():
            if (tie, side) in answered:
                continue
            if not readers:
                outcome.unreachable.append((tie, side))
            for reader in readers:
                inquiry = asked.get((tie, side, reader.address))
                if inquiry is None or is_due(inquiry, today):
                    question = Question(some[tie], side, inquiry)
                    due.setdefault(reader.address, (reader, []))[1].append(question)
    return due


def is_due(inquiry: Inquiry, today: datetime.date) -> bool:
    """Whether its reader is to be reminded today."""
    if inquiry.answered_at or inquiry.times >= len(REMINDERS):
        return False
    days = datetime.timedelta(days=REMINDERS[inquiry.times])
    return today >= inquiry.first_on + days and today >= inquiry.last_on + WEEK


def _answered(ties: list[int], year: int, today: datetime.date) -> set[Key]:
    """The sides that answered for this year, or lately."""
    since = min(datetime.date(year, 1, 1), today - FRESH)
    found = Confirmation.objects.filter(tie__in=ties, answered_on__gte=since)
    return set(found.order_by().values_list("tie", "side").distinct())


def _asked(ties: list[int], year: int, today: datetime.date) -> dict[tuple, Inquiry]:
    """The inquiry that goes on for each side and reader: this year's, or a recent one."""
    found = Inquiry.objects.filter(Q(year=year) | Q(last_on__gt=today - RECENT), tie__in=ties)
    return {(one.tie_id, one.side, one.to): one for one in found.order_by("year", "pk")}


def send_campaign(
    year: int | None = None,
    *,
    today: datetime.date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Write what is due into the outbox; each reader in a transaction of their own."""
    today = today or timezone.localdate()
    outcome = Outcome()
    due = questions(year or today.year, today, outcome)
    resting = written_lately(today)
    for reader, asked in due.values():
        if reader.address in resting or reader.person_key in resting:
            outcome.later += 1
            continue
        if limit is not None and outcome.mails >= limit:
            outcome.later += 1
            continue
        asked = asked[:MOST_TIES]
        if dry_run or ask(reader, asked, year or today.year, today):
            outcome.mails += 1
            outcome.questions += len(asked)
            resting |= {reader.address, reader.person_key}
    return outcome


def written_lately(today: datetime.date) -> set[str]:
    """Addresses and persons whom we asked within a week, or whose last mail still waits."""
    since = timezone.make_aware(datetime.datetime.combine(today - WEEK, datetime.time.max))
    mails = OutgoingMail.objects.filter(purpose=PURPOSE)
    mails = mails.filter(Q(created_at__gt=since) | Q(state=OutgoingMail.State.WAITING))
    found = set(Inquiry.objects.filter(last_on__gt=today - WEEK).values_list("to", flat=True))
    for address, person in mails.values_list("to", "person_key"):
        found |= {address, person}
    return found


@transaction.atomic
def ask(reader: Recipient, asked: list[Question], year: int, today: datetime.date) -> bool:
    """One mail to one reader; False when another process was quicker."""
    lines = {"es": [], "en": []}
    for question in asked:
        inquiry = _noted(question, reader, year, today)
        if inquiry is None:
            continue
        for code, found in lines.items():
            found.append({"tie": question.tie, "link": confirm_address(inquiry, code)})
    if not lines["es"]:
        return False
    facts = {"own": reader.language, "reminder": asked[0].inquiry is not None}
    return reader.write(
        letter("confirm", reader.language, facts, {code: {"lines": lines[code]} for code in lines}),
        purpose=PURPOSE,
        about=f"campaign-{year}",
        period=today.isoformat(),
        unsubscribe=PURPOSE,
    )


def _noted(
    question: Question, reader: Recipient, year: int, today: datetime.date
) -> Inquiry | None:
    """The inquiry with this mail counted; None when it was counted by somebody else."""
    if question.inquiry is None:
        inquiry, created = Inquiry.objects.get_or_create(
            tie=question.tie,
            side=question.side,
            year=year,
            to=reader.address,
            defaults={"language": reader.language, "first_on": today, "last_on": today},
        )
        return inquiry if created else None
    one = question.inquiry
    counted = Inquiry.objects.filter(pk=one.pk, times=one.times, answered_at=None)
    return one if counted.update(times=one.times + 1, last_on=today) else None


def confirm_address(inquiry: Inquiry, language: str | None = None) -> str:
    """The page where this reader answers, under a link that holds for thirty days."""
    token = links.make(PURPOSE, str(inquiry.pk), inquiry.to)
    with override(language or inquiry.language):
        return absolute(reverse("public:confirm", args=[token]))


def silent_sides() -> Iterator[Inquiry]:
    """Asked three times, no answer: for the office to look into."""
    yield from Inquiry.objects.silent().select_related("tie__city_a", "tie__city_b")
