"""What is new at a committee's desk: one mail a day to each of its coordinators, who may refuse it.

Whatever happens calls `tell_desk(committee)`. That puts the mail of this day into the outbox, for
the next morning. What it says is asked when it goes out, so that it names all that happened on the
day, leaves out what was dealt with by then, and is not sent when nothing is left.

Each floor registers functions that look at one thing and yield sentences about one day:

    @register
    def people_who_want_to_join(committee, day):
        yield _("2 people want to join.")
"""

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from committees.models import Committee, JoinRequest
from committees.recipients import readers_at_desk
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending, has_own_rhythm, letter
from sistercities.models import OutgoingMail

PURPOSE = "desk-news"
"""Of the mails; also the kind that a reader may refuse."""
HOUR = datetime.time(7)
MOST_SENTENCES = 4

has_own_rhythm(PURPOSE)
Source = Callable[[Committee, datetime.date], Iterable[str]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Decorator: ask `source(committee, day)` for sentences."""
    _sources.append(source)
    return source


@transaction.atomic
def tell_desk(committee: Committee, now: datetime.datetime | None = None) -> int:
    """Something happened: see to it that this day's mail goes out; how many mails are new."""
    day = timezone.localdate(now or timezone.now())
    morning = datetime.datetime.combine(day + datetime.timedelta(days=1), HOUR)
    new = 0
    for reader in readers_at_desk(committee):
        new += reader.write(
            compose(committee, [], reader.language),
            purpose=PURPOSE,
            about=f"committee-{committee.pk}",
            period=day.isoformat(),
            not_before=timezone.make_aware(morning),
            unsubscribe=PURPOSE,
        )
    return new


def sentences(committee: Committee, day: datetime.date) -> list[str]:
    """What happened on a day and still matters, in the language of the moment."""
    found = [text for source in _sources for text in source(committee, day)]
    if len(found) <= MOST_SENTENCES:
        return found
    rest = len(found) - MOST_SENTENCES + 1
    more = ngettext("And %(number)s more.", "And %(number)s more.", rest)
    return [*found[: MOST_SENTENCES - 1], more % {"number": rest}]


def compose(committee: Committee, days: list[datetime.date], language: str) -> tuple[str, str]:
    """Subject and text about some days."""
    by_language = {}
    for code in LANGUAGES:
        with override(code):
            by_language[code] = {
                "lines": [text for day in days for text in sentences(committee, day)],
                "link": absolute(reverse("desk:home", args=[committee.slug])),
            }
    return letter("desk-news", language, {"committee": committee.name}, by_language)


@before_sending(PURPOSE)
def as_it_is_now(mail: OutgoingMail) -> tuple[str, str] | None:
    """To those who coordinate the committee at this moment, when there is something to say."""
    committee = Committee.objects.filter(pk=mail.about.removeprefix("committee-")).first()
    if committee is None or mail.to not in {one.address for one in readers_at_desk(committee)}:
        return None
    day = datetime.date.fromisoformat(mail.period)
    if not sentences(committee, day):
        return None
    return compose(committee, [day], mail.language)


def within(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last moment of a day here, for `__range`."""
    return tuple(
        timezone.make_aware(datetime.datetime.combine(day, moment))
        for moment in (datetime.time.min, datetime.time.max)
    )


@register
def people_who_want_to_join(committee: Committee, day: datetime.date) -> Iterable[str]:
    """How many asked, and wait for an answer; their names stand at the desk only."""
    requests = JoinRequest.objects.for_committee(committee).waiting()
    count = requests.filter(asked_at__range=within(day)).count()
    if count:
        yield ngettext(
            "%(number)s person wants to join and waits for an answer.",
            "%(number)s people want to join and wait for an answer.",
            count,
        ) % {"number": count}
