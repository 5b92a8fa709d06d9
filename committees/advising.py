"""A committee asks the national office, the office answers: each act once, in one transaction.

Whoever writes says which message they read last. Two who write at once: the first is kept, the
second reads what the first one wrote before sending (`SomebodyWrote`). The desk is told of an
answer by a mail that holds a link, never the answer itself; the office reads its queue.
"""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from committees.models import AdviceMessage, AdviceRequest, Committee, Guide
from committees.models.advice import ANSWER_DAYS, PURPOSE, working_days_after
from committees.recipients import Recipient, readers_at_desk
from committees.rights import role_of
from sistercities.context import absolute
from sistercities.editing.attachments import let_see
from sistercities.mail import LANGUAGES, letter
from sistercities.models import Attachment, User
from sistercities.models.base import WrongState

State = AdviceRequest.State
HELPED = "It helped."
"""Why a desk closes; in the history only."""


class SomebodyWrote(Exception):
    """Somebody wrote since this message was read; the sentence says who."""


@transaction.atomic
def ask(
    committee: Committee,
    *,
    by: User,
    topic: str,
    subject: str,
    text: str,
    language: str,
    file: Attachment | None = None,
) -> AdviceRequest:
    """A new question of a committee."""
    now = timezone.now()
    request = AdviceRequest(
        committee=committee,
        asked_by=by,
        topic=topic,
        subject=subject,
        language=language,
        asked_at=now,
        waits_since=now,
        due_on=working_days_after(timezone.localdate(now), ANSWER_DAYS),
    )
    _save(request, by, "")
    _say(request, text, by=by, by_desk=True, file=file)
    return request


@transaction.atomic
def desk_writes(
    request: AdviceRequest, text: str, *, by: User, seen: int, file: Attachment | None = None
) -> AdviceMessage:
    """One more message of the desk: the office is asked again, also about what was closed."""
    request = _locked(request, seen)
    if request.state != State.OPEN:
        _open(request)
    request.waits_since = timezone.now()
    message = _say(request, text, by=by, by_desk=True, file=file)
    _save(request, by, "")
    return message


@transaction.atomic
def office_answers(
    request: AdviceRequest,
    text: str,
    *,
    by: User,
    seen: int,
    guides: Iterable[Guide] = (),
    file: Attachment | None = None,
) -> AdviceMessage:
    """Keep the answer and tell the desk. Whoever answers first what nobody has taken, takes it.
    WrongState for what is closed."""
    request = _locked(request, seen)
    if request.is_closed:
        raise WrongState(_("This was closed in the meantime. Open it again to answer."))
    message = _say(request, text, by=by, by_desk=False, file=file)
    message.guides.set(guides)
    request.state, request.waits_since = State.ANSWERED, None
    request.owner = request.owner or by
    _save(request, by, "")
    _tell("advice-answer", request, f"advice-message-{message.pk}")
    return message


@transaction.atomic
def take(request: AdviceRequest, *, by: User) -> None:
    """Somebody of the office will answer; WrongState when a colleague said so first."""
    request = _locked(request)
    if request.owner_id not in (None, by.pk):
        raise WrongState(_("%(name)s has taken it already.") % {"name": request.owner})
    if request.owner_id is None:
        request.owner = by
        _save(request, by, "")


@transaction.atomic
def close(request: AdviceRequest, *, by: User, reason: str, is_office: bool) -> None:
    """Nobody waits any more. Closing twice is closing once; the desk is told when the office did
    it."""
    request = _locked(request)
    if request.is_closed:
        return
    now = timezone.now()
    request.state, request.waits_since = State.CLOSED, None
    request.closed_at, request.closed_by = now, by
    request.closed_because = reason if is_office else ""
    _save(request, by, reason)
    if is_office:
        _tell("advice-closed", request, f"advice-{request.pk}-{now:%Y%m%d%H%M%S}")


@transaction.atomic
def reopen(request: AdviceRequest, *, by: User, reason: str) -> None:
    """It waits for the office again; WrongState when it is open."""
    request = _locked(request)
    if request.state == State.OPEN:
        raise WrongState(_("It is open: it waits for an answer."))
    _open(request)
    _save(request, by, reason)


def readers_of(request: AdviceRequest) -> list[Recipient]:
    """Who is told at the desk: who asked, in the language of the question, or else the
    coordinators of today."""
    asker = request.asked_by
    if asker.is_active and role_of(asker, request.committee):
        address = asker.email.strip().lower()
        return [Recipient(address, request.language, address)]
    return readers_at_desk(request.committee)


def may_see_file(attachment: Attachment, user: User) -> bool:
    """Files of advice: for the desk that asked, and for whom of the office advice is."""
    request = AdviceRequest.objects.filter(messages__file=attachment).first()
    if request is None:
        return False
    at_the_office = user.is_staff and user.has_perm("committees.view_advicerequest")
    at_the_desk = Committee.objects.for_user(user).filter(pk=request.committee_id)
    return at_the_office or at_the_desk.exists()


let_see(PURPOSE, may_see_file)


def _locked(request: AdviceRequest, seen: int | None = None) -> AdviceRequest:
    """The request as it is now; whoever else acts on it waits for us."""
    rows = AdviceRequest.objects.select_for_update(of=("self",))
    current = rows.select_related("committee", "asked_by", "owner").get(pk=request.pk)
    if seen is not None:
        newer = current.messages.filter(pk__gt=seen).select_related("author").last()
        if newer is not None:
            raise SomebodyWrote(
                _("%(name)s wrote while you were writing. Read it above, then send yours.")
                % {"name": newer.author or newer.speaker}
            )
    return current


def _open(request: AdviceRequest) -> None:
    now = timezone.now()
    request.state, request.waits_since = State.OPEN, now
    request.closed_at, request.closed_by, request.closed_because = None, None, ""
    request.due_on = working_days_after(timezone.localdate(now), ANSWER_DAYS)


def _say(
    request: AdviceRequest, text: str, *, by: User, by_desk: bool, file: Attachment | None
) -> AdviceMessage:
    if file is not None:
        file.keep()
    return AdviceMessage.objects.create(
        request=request, text=text, author=by, by_desk=by_desk, file=file
    )


def _save(request: AdviceRequest, by: User, reason: str) -> None:
    request._history_user, request._change_reason = by, reason or None
    request.save()


def _tell(name: str, request: AdviceRequest, about: str) -> None:
    by_language = {}
    for code in LANGUAGES:
        with override(code):
            page = reverse("desk:advice-request", args=[request.committee.slug, request.pk])
            by_language[code] = {"link": absolute(page)}
    facts = {
        "subject": request.subject,
        "committee": request.committee.name,
        "reason": request.closed_because,
    }
    for reader in readers_of(request):
        text = letter(name, reader.language, facts, by_language)
        reader.write(text, purpose=name, about=about)
