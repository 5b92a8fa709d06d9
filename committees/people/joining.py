"""Asking to join a committee, and answering."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from committees.models import Committee, JoinRequest, Membership, Person
from committees.news import tell_desk
from committees.people.memberships import CannotJoin, join, known_person
from sistercities import mail
from sistercities.context import absolute

VERSION = "2026-1"
"""Of the text below: a changed text needs a new number."""
PURPOSE = "join-answer"
REASON = "Asked to join"
MOST_WAITING = 500
"""A committee that answers nobody does not fill the disk."""


class AlreadyAnswered(Exception):
    """Somebody else answered this request in the meantime."""


def wording(committee: Committee) -> str:
    """What somebody agrees to who sends the form, in the language of the page."""
    return _(
        "%(committee)s may keep what I write here to answer me, for two years at most. It is shown "
        "to nobody but those who run the committee."
    ) % {"committee": committee.name}


def ask(committee: Committee, *, name: str, email: str, why: str) -> None:
    """Keep a request. Who asks twice, or is a member, is told the same as everybody."""
    waiting = JoinRequest.objects.for_committee(committee).waiting()
    if waiting.count() >= MOST_WAITING:
        return
    try:
        with transaction.atomic():
            JoinRequest.objects.create(
                committee=committee,
                name=name,
                email=mail.checked_address(email),
                why=why,
                language=(get_language() or "es")[:2],
                wording_version=VERSION,
            )
            tell_desk(committee)
    except IntegrityError:
        pass  # one that waits is enough


def approve(request: JoinRequest, *, by) -> Membership | None:
    """Make the person a member from today, and tell them; None when they were one already."""
    with transaction.atomic():
        request = _taken(request)
        committee = request.committee
        person = known_person(committee, request.name, request.email)
        if person is None:
            person = Person(name=request.name, email=request.email)
            person._change_reason = REASON
            person.save()
        try:
            membership = join(person, committee, since=timezone.localdate(), reason=REASON)
        except CannotJoin:
            membership = None
        request.person = person
        _answer(request, JoinRequest.Answer.APPROVED, by)
    return membership


def decline(request: JoinRequest, *, by, reason: str) -> None:
    """Say no with a reason, and tell them."""
    with transaction.atomic():
        request = _taken(request)
        request.reason = reason
        _answer(request, JoinRequest.Answer.DECLINED, by)


def _taken(request: JoinRequest) -> JoinRequest:
    """The request as it is now, for us alone."""
    found = JoinRequest.objects.select_for_update(of=("self",)).select_related("committee")
    request = found.get(pk=request.pk)
    if request.answer:
        raise AlreadyAnswered
    return request


def _answer(request: JoinRequest, answer: str, by) -> None:
    request.answer, request.answered_at, request.answered_by = answer, timezone.now(), by
    request.save()
    committee = request.committee
    links = {}
    for code in mail.LANGUAGES:
        with override(code):
            page = reverse("public:committee", args=[committee.slug])
            links[code] = {"link": absolute(page) if committee.is_public else ""}
    facts = {
        "committee": committee.name,
        "person": request.name,
        "approved": answer == JoinRequest.Answer.APPROVED,
        "reason": request.reason,
    }
    subject, text = mail.letter(PURPOSE, request.language, facts, links)
    mail.queue(
        purpose=PURPOSE,
        about=f"join-{request.pk}",
        to=request.email,
        language=request.language,
        subject=subject,
        text=text,
    )
