"""Visitors write to a committee and it answers; neither sees the other's address.

Each message is told by a mail that holds a link, never the message itself. Coordinators read at
their desk. A committee without one is reached at its public address, or through the association
that it belongs to: their link opens the conversation without a login. Visitors answer by a link
as well.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import Committee, Message, Thread
from committees.recipients import Recipient, recipients_of
from sistercities import links
from sistercities.context import absolute
from sistercities.mail import letter, queue

VISITOR, COMMITTEE = "conversation", "conversation-answer"
"""Purposes of the links: who reads and writes behind them."""
LINK_DAYS = 180
LANGUAGES = ("es", "en")
HIGHEST = 5
"""Levels of associations above a committee that are asked to pass a message on."""


def readers_of(committee: Committee) -> list[Recipient]:
    """Who is told of a message; of the association above where the committee has nobody."""
    asked: Committee | None = committee
    for _level in range(HIGHEST):
        if asked is None:
            break
        if found := recipients_of([asked])[asked.pk]:
            return found
        asked = asked.parent
    return []


@transaction.atomic
def begin(committee: Committee, *, name: str, email: str, text: str, language: str) -> Thread:
    """A visitor's first message."""
    thread = Thread.objects.create(
        committee=committee, name=name, email=email.strip().lower(), language=language
    )
    visitor_writes(thread, text)
    return thread


@transaction.atomic
def visitor_writes(thread: Thread, text: str) -> Message:
    """Keep it and tell the committee."""
    message = Message.objects.create(thread=thread, by_visitor=True, text=text)
    for reader in readers_of(thread.committee):
        addresses = {code: _address_for(reader, thread, code) for code in LANGUAGES}
        _tell("message", message, reader.address, reader.language, addresses)
    return message


@transaction.atomic
def committee_answers(thread: Thread, text: str, *, by=None) -> Message:
    """Keep it and tell the visitor; `by` is the user at the desk."""
    message = Message.objects.create(thread=thread, by_visitor=False, author=by, text=text)
    addresses = {code: _open_address(VISITOR, thread, thread.email, code) for code in LANGUAGES}
    _tell("answer", message, thread.email, thread.language, addresses)
    return message


def close(thread: Thread) -> None:
    """No more answers are expected. Closing twice is closing once."""
    Thread.objects.filter(pk=thread.pk, closed_at=None).update(closed_at=timezone.now())


def conversation_of(token: str, now: datetime.datetime | None = None) -> tuple[Thread, bool]:
    """The conversation behind a link and whether a visitor holds it; LinkProblem when it does not
    work (any more)."""
    for purpose in (VISITOR, COMMITTEE):
        try:
            link = links.read(purpose, token, days=LINK_DAYS, now=now)
        except links.LinkProblem as problem:
            if problem.reason != links.Reason.WRONG:
                raise
            continue
        thread = _thread(link)
        if purpose == VISITOR:
            allowed = link.is_for(thread.email)
        else:
            allowed = any(link.is_for(one.address) for one in readers_of(thread.committee))
        if not allowed:
            raise links.LinkProblem(links.Reason.MOVED, link)
        return thread, purpose == VISITOR
    raise links.LinkProblem(links.Reason.WRONG)


def _thread(link: links.Link) -> Thread:
    number = int(link.about) if link.about.isdecimal() and len(link.about) < 18 else 0
    thread = Thread.objects.select_related("committee").filter(pk=number).first()
    if thread is None:
        raise links.LinkProblem(links.Reason.WRONG)
    return thread


def _tell(name: str, message: Message, to: str, language: str, addresses: dict) -> None:
    thread = message.thread
    facts = {"committee": thread.committee.name, "name": thread.name, "own": language}
    by_language = {code: {"link": link} for code, link in addresses.items()}
    subject, text = letter(f"message-{name}", language, facts, by_language)
    queue(
        purpose=name,
        about=f"message-{message.pk}",
        to=to,
        language=language,
        subject=subject,
        text=text,
    )


def _address_for(reader: Recipient, thread: Thread, language: str) -> str:
    """A coordinator reads at the desk; everybody else by an open link."""
    own = [one.address for one in recipients_of([thread.committee])[thread.committee_id]]
    if reader.address in own and reader.person_key != reader.address:
        with override(language):
            return absolute(reverse("desk:thread", args=[thread.committee.slug, thread.pk]))
    return _open_address(COMMITTEE, thread, reader.address, language)


def _open_address(purpose: str, thread: Thread, to: str, language: str) -> str:
    token = links.make(purpose, str(thread.pk), to)
    with override(language):
        return absolute(reverse("public:conversation", args=[token]))
