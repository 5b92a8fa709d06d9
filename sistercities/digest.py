"""The week's mail to those who work at the office: what waits, as far as they may see it.

One mail a week in place of one for every event. It is written once for each ISO week and person,
by their wish never, and says what waits at the moment when it goes out.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sistercities.context import absolute
from sistercities.mail import LANGUAGES, before_sending, has_own_rhythm, letter, queue
from sistercities.models import OutgoingMail, User
from sistercities.templatetags.ui import long_date

if TYPE_CHECKING:
    from sistercities.admin.queues import Queue, Waiting

PURPOSE = "digest"
"""Of the mails; also the kind that a reader may refuse."""
LANGUAGE = LANGUAGES[0]

has_own_rhythm(PURPOSE)


def send_digest(now: datetime.datetime | None = None) -> int:
    """Put the mails of this week into the outbox; how many are new. Run it as often as you like."""
    week = week_of(now or timezone.now())
    told = OutgoingMail.objects.filter(purpose=PURPOSE, period=week)
    told = set(told.values_list("about", flat=True))
    counted: dict[str, Waiting] = {}
    new = 0
    for user in staff():
        lines = waiting_for(user, counted) if about(user) not in told else []
        if not lines:
            continue
        subject, text = compose(lines)
        mail = queue(
            purpose=PURPOSE,
            about=about(user),
            period=week,
            to=user.email,
            language=LANGUAGE,
            subject=subject,
            text=text,
            unsubscribe=PURPOSE,
        )
        new += mail is not None
    return new


def staff() -> Iterable[User]:
    """Those who may log in and work at the office."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def about(user: User) -> str:
    """Whose digest it is, whatever the address."""
    return f"user-{user.pk}"


def week_of(moment: datetime.datetime) -> str:
    """The ISO week here: "2026-W47"."""
    year, week, _day = timezone.localdate(moment).isocalendar()
    return f"{year}-W{week:02}"


def waiting_for(user: User, counted: "dict[str, Waiting]") -> "list[Waiting]":
    """The queues that somebody may see and in which something waits. `counted` keeps what was
    asked for others: each queue is counted once."""
    from sistercities.admin.queues import seen_by  # there once the admin has found all queues

    lines = [counted.get(one.key) or _count(one, counted) for one in seen_by(user)]
    return [line for line in lines if line.count]


def _count(one: "Queue", counted: "dict[str, Waiting]") -> "Waiting":
    counted[one.key] = one.waiting()
    return counted[one.key]


def compose(lines: "list[Waiting]") -> tuple[str, str]:
    """Subject and text."""
    by_language = {}
    for code in LANGUAGES:
        with override(code):
            by_language[code] = {
                "lines": [
                    {
                        "title": str(line.queue.title),
                        "count": line.count,
                        "oldest": long_date(line.oldest) if line.oldest else "",
                        "link": absolute(line.queue.url()),
                    }
                    for line in lines
                ],
                "link": absolute(reverse("admin:index")),
                "total": sum(line.count for line in lines),
            }
    return letter(PURPOSE, LANGUAGE, {}, by_language)


@before_sending(PURPOSE)
def as_it_is_now(mail: OutgoingMail) -> tuple[str, str] | None:
    """To somebody who still works at the office under this address, while something waits."""
    user = staff().filter(pk=mail.about.removeprefix("user-"), email__iexact=mail.to).first()
    lines = waiting_for(user, {}) if user else []
    return compose(lines) if lines else None
