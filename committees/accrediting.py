"""Applications of cities to join the association: asked, accredited by the board, refused."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from committees.findable import refresh_committees
from committees.models import Affiliation, Application, City, Committee, CommitteeCity
from sistercities import mail
from sistercities.context import absolute

VERSION = "2026-1"
"""Of the text below: a changed text needs a new number."""
PURPOSE = "application-answer"
MOST_WAITING = 1000
"""Nobody fills the disk with applications."""
State = Application.State


class AlreadyDecided(Exception):
    """Somebody else decided in the meantime; says what."""


def wording() -> str:
    """What somebody agrees to who sends the form, in the language of the page."""
    return _(
        "The national office may keep what I write here to decide on it and to answer me, for two "
        "years at most. It is shown to nobody else."
    )


def ask(*, city: str, country: str, name: str, email: str, kind: str, why: str) -> None:
    """Keep an application. Who sends the same again is told the same as everybody."""
    if Application.objects.waiting().count() >= MOST_WAITING:
        return
    try:
        with transaction.atomic():
            Application.objects.create(
                city_name=city,
                country=country,
                name=name,
                email=mail.checked_address(email),
                kind=kind,
                why=why,
                language=(get_language() or "es")[:2],
                wording_version=VERSION,
            )
    except IntegrityError:
        pass  # one that waits is enough


@transaction.atomic
def accredit(
    application: Application,
    *,
    association: Committee,
    committee: Committee | None,
    city: City | None = None,
    name: str = "",
    kind: str,
    since: datetime.date,
    board_day: datetime.date,
    note: str,
    by,
) -> Affiliation:
    """Make the membership as the board decided, with the committee that is there already or a new
    one of `name` in `city`; and tell who asked. ValidationError says what stands against it."""
    application = _taken(application)
    reason = " · ".join(filter(None, ["Accredited by the board", note]))[:200]
    if committee is None:
        committee = _founded(application, city, name, by, reason)
    row = Affiliation(
        committee=committee,
        association=association,
        kind=kind,
        since=since,
        accredited_by=by,
        accredited_on=board_day,
        note=note,
    )
    row.full_clean()
    row._change_reason, row._history_user = reason, by
    row.save()
    application.affiliation, application.board_day = row, board_day
    application.board_note = note
    _decide(application, State.ACCREDITED, by)
    return row


@transaction.atomic
def refuse(
    application: Application, *, reason: str, by, board_day=None, note: str = ""
) -> Application:
    """Say no with a reason, and tell who asked."""
    application = _taken(application)
    application.reason, application.board_day, application.board_note = reason, board_day, note
    return _decide(application, State.REFUSED, by)


@transaction.atomic
def withdraw(application: Application, *, reason: str, by) -> Application:
    """Close it because who asked wants it no more. They know: nobody is told."""
    application = _taken(application)
    application.reason = reason
    return _decide(application, State.WITHDRAWN, by)


@transaction.atomic
def reopen(application: Application, *, reason: str, by) -> Application:
    """Take a refusal or a withdrawal back: it waits again. An accreditation stands; the membership
    ends on a day instead."""
    found = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if found.state not in (State.REFUSED, State.WITHDRAWN):
        raise AlreadyDecided(found.get_state_display())
    found.state, found.reason, found.decided_at, found.decided_by = State.SENT, "", None, None
    found.board_day, found.board_note = None, ""
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        text = _("The same city has sent another application that waits.")
        raise ValidationError(text) from None
    return found


def _founded(application: Application, city: City | None, name: str, by, reason: str) -> Committee:
    """A committee that is being founded; its page waits for review like any other."""
    if city is None:
        raise ValidationError({"city": _("Choose the city, so that the committee serves one.")})
    committee = Committee(
        name=name or _("Sister Cities Committee of %(city)s") % {"city": city.name},
        country=city.country,
        state=Committee.State.FORMING,
        review=Committee.Review.SUBMITTED,
    )
    committee.full_clean(exclude=["slug"])
    committee._change_reason, committee._history_user = reason, by
    committee.save()
    link = CommitteeCity(committee=committee, city=city)
    link._change_reason, link._history_user = reason, by
    link.save()
    refresh_committees([committee.pk])
    return committee


def _taken(application: Application) -> Application:
    """The application as it is now, for us alone."""
    found = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if found.state != State.SENT:
        raise AlreadyDecided(found.get_state_display())
    return found


def _decide(application: Application, state: str, by) -> Application:
    application.state, application.decided_at = state, timezone.now()
    application.decided_by = by
    application.save()
    if state != State.WITHDRAWN:
        _tell(application)
    return application


def _tell(application: Application) -> None:
    links = {}
    for code in mail.LANGUAGES:
        with override(code):
            links[code] = {"link": absolute(reverse("public:how-to-twin"))}
    facts = {
        "city": application.city_name,
        "person": application.name,
        "accredited": application.state == State.ACCREDITED,
        "reason": application.reason,
    }
    subject, text = mail.letter(PURPOSE, application.language, facts, links)
    mail.queue(
        purpose=PURPOSE,
        about=f"application-{application.pk}",
        period=application.decided_at.strftime("%Y-%m-%dT%H:%M:%S"),
        to=application.email,
        language=application.language,
        subject=subject,
        text=text,
    )
